-- Whoever tells somebody something does not say in which letter it comes.
-- red: nobody_reads_or_makes_anothers_choice
drop policy no_letter_yet on notice;
