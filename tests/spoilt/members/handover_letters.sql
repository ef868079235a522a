-- A hand-over letter has its readers, and nobody else.
-- red: nobody_else_reads_a_letter
select spoil.without_policies('handover_letter', 'audience');
