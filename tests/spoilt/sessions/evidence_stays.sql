-- What shows that a promise is done is taken off by whoever attached it.
-- red: a_file_is_taken_off_by_whoever_attached_it_until_the_other_side_gave_its_word
drop policy attached_delete on evidence;
