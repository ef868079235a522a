-- Where all protocols hold, one is not enough.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_function('passes_protocols(uuid,smallint)',
    'wanted <=',
    '1 <=');
