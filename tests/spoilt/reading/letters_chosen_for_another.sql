-- Nobody chooses letters for another.
-- red: nobody_reads_or_makes_anothers_choice
drop policy own_insert on notice_pace;
