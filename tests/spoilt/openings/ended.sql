-- An opening that was ended opens nothing.
-- red: row_security_opens_that_row_to_that_member_and_nothing_besides
select spoil.in_function('current_opening()',
    'o.ended_at is null',
    'true');
