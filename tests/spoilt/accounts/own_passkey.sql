-- What an account signs in with is its own (passkey).
-- red: nobody_sees_what_another_account_signs_in_with
alter policy own on passkey using (true);
