-- Whoever writes an act down did not receive it.
-- red: no_one_person_of_the_county_makes_a_tribes_first_steward
select spoil.in_policy('steward_act', 'by_two',
    'receives_for_another(received_by)',
    'true');
