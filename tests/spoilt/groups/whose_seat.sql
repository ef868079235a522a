-- A seat takes those whose it is.
-- red: a_seat_takes_those_whose_it_is
drop policy seat_takes_insert on seat_term;
