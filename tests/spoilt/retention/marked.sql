-- Nobody writes down that a record was destroyed.
-- red: nobody_decides_on_their_own_proposal
drop policy keepers_insert on destroyed;
