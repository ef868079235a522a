-- An opening opens nothing before it begins.
-- red: row_security_opens_that_row_to_that_member_and_nothing_besides
select spoil.in_function('current_opening()',
    'o.starts_at <= current_moment()',
    'true');
