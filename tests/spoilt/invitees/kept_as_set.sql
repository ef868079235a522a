-- Who is invited is kept as long as the agency has set.
-- red: how_long_it_is_known_who_was_invited_is_set_within_bounds_and_never_longer_than_was_told
select spoil.in_function('invitee_may_be(session_invitee)',
    'and new.kept_days = invitees_days()',
    '');
