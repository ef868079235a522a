-- Minutes are confirmed by the other side, and stay.
-- red: the_database_keeps_the_law_and_the_minutes_past_every_page
drop policy may_be_update on meeting;
