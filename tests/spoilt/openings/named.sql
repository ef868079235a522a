-- Only the page of an opening opens the record.
-- red: row_security_opens_that_row_to_that_member_and_nothing_besides
select spoil.in_function('current_opening()',
    'if named is null then return null; end if;',
    'if named is null then
    named := (select o.id from emergency_opening o where o.agency_id = current_agency() and o.for_id = current_membership() and o.ended_at is null order by o.starts_at desc limit 1); end if;');
