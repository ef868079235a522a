-- What an account signs in with is its own (recovery_code).
-- red: nobody_sees_what_another_account_signs_in_with
alter policy own on recovery_code using (true);
