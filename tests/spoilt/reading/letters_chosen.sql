-- Which letters somebody wants is theirs alone to see and to change.
-- red: nobody_reads_or_makes_anothers_choice
select spoil.without_policies('notice_pace', 'audience');
