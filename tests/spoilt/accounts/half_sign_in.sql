-- Half a sign-in ends after ten minutes.
-- red: a_half_of_a_sign_in_is_short_lived_and_its_tries_are_few
select spoil.always('half_sign_in', 'expires_at', 'new.made_at + interval ''1 day''');
