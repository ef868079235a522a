-- Who reads a statement is noted.
-- red: the_same_words_read_twice_in_a_day_are_noted_once
select spoil.in_function('note_viewed(uuid[],uuid[],timestamptz)',
    's.kind in (''statement'', ''loop'')',
    's.kind in (''loop'')');
