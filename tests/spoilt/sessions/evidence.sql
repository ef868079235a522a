-- A file that shows that a promise is done is read by whoever reads the promise.
-- red: a_file_that_shows_it_is_opened_by_whoever_reads_the_promise_and_nobody_else
select spoil.without_policies('evidence', 'subject_of_commitment_id');
