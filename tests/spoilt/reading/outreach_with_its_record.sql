-- An outreach entry is read with its record and not otherwise.
-- red: what_hangs_on_a_record_is_read_with_it_and_not_otherwise
select spoil.without_policies('outreach', 'subject_of_id');
