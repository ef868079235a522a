-- Nobody begins a letter to another.
-- red: nobody_reads_or_makes_anothers_choice
drop policy own_insert on notice_letter;
