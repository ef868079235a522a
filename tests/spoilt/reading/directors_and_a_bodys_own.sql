-- What is for a body is not for the directors.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('subject', 'audience',
    'ARRAY[''leadership''::text, ''agency''::text]',
    'ARRAY[''body''::text, ''leadership''::text, ''agency''::text]');
