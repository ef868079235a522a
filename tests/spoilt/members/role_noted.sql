-- Nobody gives a role as if it were an old one.
-- red: a_role_that_was_given_lately_makes_a_newcomer_of_whoever_asks_or_confirms
drop policy role_noted on membership;
