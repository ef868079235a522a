-- Nobody but its author widens a comment.
-- red: nobody_but_its_author_widens_what_somebody_contributed
drop policy may_be_update on comment;
