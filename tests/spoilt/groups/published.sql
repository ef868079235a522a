-- An agenda is published in time, or not at all.
-- red: the_database_keeps_the_law_and_the_minutes_past_every_page
drop policy published_update on meeting;
