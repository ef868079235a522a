-- Nobody but its author widens what somebody contributed.
-- red: nobody_but_its_author_widens_what_somebody_contributed
drop policy may_be_update on subject;
