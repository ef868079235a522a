-- Nobody puts what they were told into another's letter.
-- red: nobody_reads_or_makes_anothers_choice
drop policy own_letter on notice;
