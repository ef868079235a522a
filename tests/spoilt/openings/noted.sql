-- Reading in an opening is noted.
-- red: the_stewards_of_the_body_are_told_the_same_minute_and_see_when_it_was_read
select spoil.in_function('note_opened(timestamptz)',
    'o.id is not null',
    'false');
