-- Nobody approves what they asked for themselves.
-- red: what_lets_more_people_read_waits_for_a_second_steward
select spoil.in_function('protocol_request_may_be(protocol_request)',
    'old.asked_by <> me and not exists (select 1 from membership a, membership b where a.agency_id = new.agency_id and a.id = old.asked_by and b.agency_id = new.agency_id and b.id = me and a.account_id = b.account_id)',
    'true');
