-- A table that held a copy of words which were taken back is called back, and no file of it waits.
-- red: whatever_came_before_words_taken_back_are_nowhere_and_what_left_is_called_back
select spoil.in_function('erase_copies(text[],uuid,timestamptz)',
    'perform call_back_tables(listed_on, of_comment, spot.place, moment);',
    '');
