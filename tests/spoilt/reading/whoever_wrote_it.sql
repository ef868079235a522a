-- What its author keeps is read by its author.
-- red: row_security_lets_in_exactly_those_whom_the_model_lets_in
select spoil.in_policy('subject', 'audience',
    'author_id = ( SELECT current_membership() AS current_membership)',
    'author_id IS NOT NULL');
