-- That a letter to somebody waits is theirs alone to see.
-- red: nobody_reads_or_makes_anothers_choice
select spoil.without_policies('notice_letter', 'audience');
