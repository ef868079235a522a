-- Whoever wants nobody to enter for them is obeyed at once.
-- red: whoever_wants_nobody_to_enter_for_them_is_obeyed_at_once
select spoil.in_function('may_act_for(uuid)', 'not exists (select 1 from not_acted_for f where f.agency_id = m.agency_id and f.membership_id = m.id)', 'true');
