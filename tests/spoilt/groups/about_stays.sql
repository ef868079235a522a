-- What a comment is about is said when it is written.
-- red: the_database_keeps_series_and_what_a_comment_is_about_past_every_page
drop policy on_its_part_update on comment;
