-- The agency gives a body its seat, and nobody in it.
-- red: the_database_lets_nobody_but_a_body_say_who_sits_for_it
drop policy term_insert on seat_term;
