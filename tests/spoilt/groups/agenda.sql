-- An agenda is added to by those who belong to the meeting, in their own name.
-- red: the_database_keeps_the_law_and_the_minutes_past_every_page
drop policy added_insert on agenda_item;
