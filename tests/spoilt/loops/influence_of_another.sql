-- Whether it was kept is said by those who were asked.
-- red: nobody_reads_what_a_person_said_who_speaks_for_themselves
drop policy own_update on influence_word;
