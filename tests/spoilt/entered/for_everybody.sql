-- Wider than the partnership it is made by its own person alone.
-- red: the_database_takes_nothing_in_anothers_name_but_what_is_entered_in_a_time_that_runs
select spoil.in_function('comment_is_entered(comment)', 'new.audience in (''body'', ''leadership'', ''agency'', ''partnership'')', 'true');
