-- An opening is told to the stewards of that body.
-- red: the_stewards_of_the_body_are_told_the_same_minute_and_see_when_it_was_read
select spoil.in_policy('emergency_opening', 'audience',
    '((author_id = ( SELECT current_membership() AS current_membership)) OR (speaker_id = ( SELECT current_link() AS current_link)) OR ((body_id = ( SELECT current_body() AS current_body)) AND serves_as_steward(body_id)))',
    'true');
