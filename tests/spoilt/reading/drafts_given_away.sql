-- Nobody makes a draft of theirs somebody else’s.
-- red: nobody_else_sees_a_draft_not_even_in_the_database
drop policy stays_own on draft;
