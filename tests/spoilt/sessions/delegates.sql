-- Nobody is made a delegate who did not say yes.
-- red: the_database_makes_nobody_a_delegate_who_did_not_say_yes
drop policy delegate_update on commitment;
