-- Nobody reads an answer about trust.
-- red: no_hat_of_the_site_reads_an_answer_or_who_else_answered_or_writes_a_sum
select spoil.without_policies('trust_answer', 'audience');
