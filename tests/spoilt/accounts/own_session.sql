-- A sign-in is its own account’s.
-- red: nobody_sees_what_another_account_signs_in_with
alter policy own on session using (true);
