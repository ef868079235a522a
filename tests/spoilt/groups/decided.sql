-- Confirmed minutes take no more decisions.
-- red: the_database_keeps_the_law_and_the_minutes_past_every_page
drop policy decided_insert on meeting_decision;
