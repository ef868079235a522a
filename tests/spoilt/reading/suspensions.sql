-- Why somebody was suspended is read by those whom it concerns.
-- red: whoever_is_suspended_their_stewards_directors_and_administrators_read_why_and_nobody_else
select spoil.without_policies('suspension', 'audience');
