-- A body that is a guest is that body.
-- red: another_bodys_people_are_guests_until_a_day_and_their_steward_may_take_them_out
select spoil.in_policy('protocol_reader', 'audience',
    '(guest_body_id = ( SELECT current_body() AS current_body))',
    '(guest_body_id IS NOT NULL)');
