-- Since when somebody has the role, or stewards the body: what they were before does not count where two people vouch for a third. Null: as
-- long as they are here.
alter table membership add column role_since timestamptz;

-- Who gives a role, or makes a steward, notes that it begins now; it stays as it was otherwise, and is never put back.
create function role_is_noted(new membership) returns boolean language plpgsql stable as $$
declare
    old membership;
begin
    select m.* into old from membership m where m.agency_id = new.agency_id and m.id = new.id;
    if new.role <> old.role or new.steward and not old.steward then
        return coalesce(new.role_since >= current_moment() - interval '1 second', false);
    end if;
    return new.role_since is not distinct from old.role_since;
end $$;
create policy role_noted on membership as restrictive for update to app_login using (true) with check (role_is_noted(membership));

-- As in 0290, and a role that was given lately makes a newcomer of somebody who was here before.
create or replace function lost_factors_may_be_confirmed(member uuid, asker uuid, asked timestamptz) returns boolean language sql stable as $$
    select are_two_persons(asker, current_membership()) and are_two_persons(member, current_membership()) and are_two_persons(member, asker)
        and exists (select from membership m join membership me on me.agency_id = m.agency_id and me.id = current_membership()
                join membership one on one.agency_id = m.agency_id and one.id = asker
            where m.agency_id = current_agency() and m.id = member and m.state = 'active' and me.state = 'active'
                and greatest(me.created_at, me.role_since) <= asked - interval '7 days'
                and greatest(one.created_at, one.role_since) <= asked - interval '7 days'
                and not came_in_through(me.id, one.account_id) and not came_in_through(one.id, me.account_id)
                and case when m.partner_id is null then current_hat() in ('director', 'administrator')
                    else me.steward and me.partner_id = m.partner_id end)
$$;
