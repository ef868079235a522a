-- A body with a steward names its own people.
-- red: a_body_with_a_steward_names_its_own_people_and_the_agency_does_not
select spoil.in_function('representative_may_be(uuid,uuid)',
    'and not body_has_steward(body)',
    '');
