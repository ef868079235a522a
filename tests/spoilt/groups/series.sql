-- A meeting stays in its series.
-- red: the_database_keeps_series_and_what_a_comment_is_about_past_every_page
drop policy in_series_update on meeting;
