-- A notice is its reader’s alone.
-- red: nobody_reads_or_marks_what_another_was_told
select spoil.without_policies('notice', 'audience');
