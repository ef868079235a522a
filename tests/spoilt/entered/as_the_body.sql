-- Nobody speaks for a body by entering for one of its people.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
select spoil.in_function('comment_is_entered(comment)', 'not new.as_body', 'true');
