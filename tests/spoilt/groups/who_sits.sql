-- Who sits for a body is the body’s word.
-- red: the_database_lets_nobody_but_a_body_say_who_sits_for_it
drop policy term_update on seat_term;
