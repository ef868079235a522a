-- Nobody begins a time for another to enter in.
-- red: only_the_agencys_staff_and_their_own_people_enter_and_for_a_parent_only_whom_she_lets_know
select spoil.in_function('acting_may_be(acting)', 'new.helper_id = current_membership()', 'true');
