-- Nobody comments on what is coming under the law.
-- red: the_database_keeps_the_law_and_the_minutes_past_every_page
drop policy not_on_coming_items on comment;
