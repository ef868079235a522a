-- The same words read twice in a day are noted once.
-- red: the_same_words_read_twice_in_a_day_are_noted_once
select spoil.in_function('note_viewed(uuid[],uuid[],timestamptz)',
    'r.at >= begins and r.at <= moment',
    'r.at > moment');
