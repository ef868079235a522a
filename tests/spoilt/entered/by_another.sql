-- The mark names whoever enters.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
select spoil.in_function('loop_is_entered(loop)', 'new.entered_by = current_membership()', 'true');
