-- Without the mark a question is its raiser's own.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
drop policy entered_insert on loop;
