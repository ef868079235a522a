-- A letter is passed on by the partner’s word, and nobody brings it for a partner that has a voice here.
-- red: row_security_keeps_each_sides_words_and_the_order_of_reading
drop policy may_be_update on handover;
