-- Nobody sets another's quiet hours.
-- red: nobody_reads_or_makes_anothers_choice
drop policy own_insert on notice_hours;
