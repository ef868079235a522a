-- Lost second factors, hardened. What two people say takes nothing away at once: it waits for three days, in which the person may stop
-- it, and for the word of every other place in which they serve (src/accounts/factors/store/lost.rs). Who confirms came in by others
-- than who asked, however long ago.

-- Somebody of this account let that member in, or whoever let them in, and so on, within the agency's own side or one body. A body's
-- first steward came in by the body's own act, so the line ends there.
create function came_in_through(member uuid, account uuid) returns boolean language sql stable as $$
    with recursive line (id, body) as (
        select m.id, m.partner_id from membership m where m.agency_id = current_agency() and m.id = member
        union
        select up.id, up.partner_id from line
        join membership m on m.agency_id = current_agency() and m.id = line.id
        join membership up on up.agency_id = m.agency_id and up.partner_id is not distinct from line.body
            and (up.id = m.invited_by
                or exists (select from invitation v where v.agency_id = m.agency_id and v.membership_id = m.id and v.made_by = up.id)))
    select exists (select from line join membership m on m.agency_id = current_agency() and m.id = line.id
        where line.id <> member and m.account_id = account)
$$;

-- Nobody invites a second self: neither to say yes nor to ask. Both were here a week before it was asked, and neither let the other in.
create or replace function lost_factors_may_be_confirmed(member uuid, asker uuid, asked timestamptz) returns boolean language sql stable as $$
    select are_two_persons(asker, current_membership()) and are_two_persons(member, current_membership()) and are_two_persons(member, asker)
        and exists (select from membership m join membership me on me.agency_id = m.agency_id and me.id = current_membership()
                join membership one on one.agency_id = m.agency_id and one.id = asker
            where m.agency_id = current_agency() and m.id = member and m.state = 'active' and me.state = 'active'
                and me.created_at <= asked - interval '7 days' and one.created_at <= asked - interval '7 days'
                and not came_in_through(me.id, one.account_id) and not came_in_through(one.id, me.account_id)
                and case when m.partner_id is null then current_hat() in ('director', 'administrator')
                    else me.steward and me.partner_id = m.partner_id end)
$$;

-- What was asked is confirmed once, by a second person, and ended once; it does not change otherwise. What was confirmed may still be
-- ended, while it waits.
create function lost_factors_may_be(new lost_factors) returns boolean language plpgsql stable as $$
declare
    old lost_factors;
begin
    select l.* into old from lost_factors l where l.agency_id = new.agency_id and l.id = new.id;
    if old.id is null or old.ended_at is not null then
        return false;
    end if;
    if old.confirmed_at is null and new.confirmed_at is not null then
        return new.ended_at is null and new.confirmed_by = current_membership()
            and lost_factors_may_be_confirmed(old.membership_id, old.asked_by, old.asked_at);
    end if;
    return new.ended_at is not null and new.confirmed_by is not distinct from old.confirmed_by
        and new.confirmed_at is not distinct from old.confirmed_at;
end $$;
drop policy confirmed on lost_factors;
create policy confirmed on lost_factors as restrictive for update to app_login using (ended_at is null) with check (lost_factors_may_be(lost_factors));

-- Whether every place has confirmed is asked outside any agency: none learns of another.
create policy look_up on lost_factors for select to app_system using (true);
grant select on lost_factors to app_system;
