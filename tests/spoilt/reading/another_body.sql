-- What is for a body is for that body.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('subject', 'audience',
    'body_id = ( SELECT current_body() AS current_body)',
    'body_id IS NOT NULL');
