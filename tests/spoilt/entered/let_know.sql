-- For somebody with lived experience only whom they let know who they are.
-- red: only_the_agencys_staff_and_their_own_people_enter_and_for_a_parent_only_whom_she_lets_know
select spoil.in_function('may_act_for(uuid)', 'not m.lived_experience', 'true');
