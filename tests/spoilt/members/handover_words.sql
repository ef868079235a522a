-- Each side of a hand-over letter has its own words.
-- red: row_security_keeps_each_sides_words_and_the_order_of_reading
drop policy may_be_update on handover_letter;
