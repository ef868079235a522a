-- Own people who are not named are not in a protocol of named ones.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('protocol', 'audience',
    'own_people = ''all''::text',
    'true');
