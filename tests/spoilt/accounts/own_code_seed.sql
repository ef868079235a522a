-- What an account signs in with is its own (code_seed).
-- red: nobody_sees_what_another_account_signs_in_with
alter policy own on code_seed using (true);
