-- What an account signs in with is its own (half_sign_in).
-- red: nobody_sees_what_another_account_signs_in_with
alter policy own on half_sign_in using (true);
