-- Nobody gives another’s word on a goal.
-- red: staff_do_not_put_a_goal_in_force_by_a_second_hat_of_theirs
drop policy own_word_insert on agreement;
