-- That there is a hold on what somebody may not see is told to those who answer for holds alone.
-- red: only_those_who_answer_for_holds_are_told_of_one_that_they_may_not_see
select spoil.in_function('unseen_holds(uuid,uuid[])',
    'and current_hat() in (''director'', ''administrator'')',
    '');
