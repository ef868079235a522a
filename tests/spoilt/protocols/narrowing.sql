-- While a steward serves, nobody else of the body narrows.
-- red: where_no_steward_serves_whoever_speaks_for_the_body_narrows_and_nobody_widens
select spoil.in_function('may_narrow(uuid)',
    'not exists (select 1 from membership o where o.agency_id = current_agency() and o.partner_id = body and o.steward and o.state = ''active'')',
    'true');
