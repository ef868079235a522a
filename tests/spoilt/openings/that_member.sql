-- An opening opens for one member.
-- red: row_security_opens_that_row_to_that_member_and_nothing_besides
select spoil.in_function('current_opening()',
    'o.for_id = current_membership()',
    'true');
