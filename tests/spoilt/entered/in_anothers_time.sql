-- Only whoever began it enters in it. Nobody else sees that time either: both are broken here.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
select spoil.in_function('acts_for(uuid,uuid,text)', 't.helper_id = current_membership()', 'true');
drop policy audience_select on acting;
