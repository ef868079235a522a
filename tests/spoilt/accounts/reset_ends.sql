-- A way to a new password ends after an hour.
-- red: a_way_to_a_new_password_ends_after_an_hour_and_only_the_latest_letter_leads_there
select spoil.always('password_reset', 'expires_at', 'new.made_at + interval ''1 year''');
