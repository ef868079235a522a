-- Nobody asks for themselves.
-- red: one_person_under_two_hats_is_one_person
select spoil.in_policy('lost_factors', 'asked',
    'are_two_persons(membership_id, asked_by)',
    'true');
