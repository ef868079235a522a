-- An entry that leads to a guest’s is no guest: a merge lets nobody in.
-- red: a_body_that_is_joined_to_a_guest_comes_under_nothing_until_the_stewards_let_it_in
select spoil.in_policy('protocol_reader', 'audience',
    'guest_body_id = ( SELECT current_body() AS current_body)',
    'guest_body_id = ( SELECT standing_body() AS standing_body)');
