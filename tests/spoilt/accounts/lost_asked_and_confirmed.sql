-- Whoever asked does not confirm.
-- red: one_person_under_two_hats_is_one_person
select spoil.in_function('lost_factors_may_be_confirmed(uuid,uuid,timestamptz)',
    'are_two_persons(asker, current_membership()) and',
    '');
