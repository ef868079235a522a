-- What is for the leadership is not for staff and analysts.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('subject', 'audience',
    'audience = ''agency''::text',
    'audience = ANY (ARRAY[''leadership''::text, ''agency''::text])');
