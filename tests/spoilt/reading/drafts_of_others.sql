-- Nobody writes a draft for somebody else.
-- red: nobody_else_sees_a_draft_not_even_in_the_database
drop policy own on draft;
