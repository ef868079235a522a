-- On the partners' side only somebody of the member's own body enters for them.
-- red: only_the_agencys_staff_and_their_own_people_enter_and_for_a_parent_only_whom_she_lets_know
select spoil.in_function('may_act_for(uuid)', 'm.partner_id = current_body()', 'true');
