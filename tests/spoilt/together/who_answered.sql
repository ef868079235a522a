-- Who answered about trust is seen by themselves alone.
-- red: no_hat_of_the_site_reads_an_answer_or_who_else_answered_or_writes_a_sum
select spoil.without_policies('trust_asked', 'audience');
