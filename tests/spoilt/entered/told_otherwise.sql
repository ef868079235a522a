-- How it was told is as it was agreed.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
select spoil.in_function('acts_for(uuid,uuid,text)', 't.told_how = coalesce(how, t.told_how)', 'true');
