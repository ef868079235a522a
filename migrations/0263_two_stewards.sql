-- The second word is spared to nobody by stopping the one who would say it. A steward whom another steward suspended, ended or took the
-- stewardship from counts for thirty days more, as long as a request waits; whoever leaves by their own will does not.
alter table membership add column stopped_as_steward_at timestamptz;
create or replace function stewards_of(body uuid) returns bigint language plpgsql stable as $$
begin
    return (select count(*) from membership m where m.agency_id = current_agency() and m.partner_id = body
        and ((m.steward and (m.state = 'active' or (m.state = 'suspended' and m.suspended_by = 'agency')))
            or m.stopped_as_steward_at > current_moment() - interval '30 days'));
end $$;
-- The first word of a request is a steward's: of one who serves still, or whom the agency stopped.
create function asked_as_steward(member uuid, body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.partner_id = body and m.steward
        and (m.state = 'active' or (m.state = 'suspended' and m.suspended_by = 'agency')));
end $$;
create policy first_word on protocol_request as restrictive for update to app_login
    using (true) with check (state <> 'approved' or asked_as_steward(asked_by, body_id));
