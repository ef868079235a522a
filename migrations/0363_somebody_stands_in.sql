-- Somebody of the agency is away from one day to another, and somebody else stands in who said yes to it. It is a duty lent like the
-- others, by whoever is away; it begins and ends by itself, and opens nothing: reminders go to the other, what waits stands on their first
-- page, and the answers that a director would review are theirs to review.
alter table delegation add column from_on date;
-- The yes of whoever stands in.
alter table delegation add column taken_at timestamptz;
alter table delegation add column begin_told_at timestamptz;
alter table delegation drop constraint delegation_duty_check;
alter table delegation add constraint delegation_duty_check check (duty in ('answers', 'landscape', 'outreach', 'absence'));
alter table delegation add constraint absence_has_days
    check (case when duty = 'absence' then from_on is not null and from_on <= until else from_on is null and taken_at is null end);
alter table delegation add constraint lent_to_another check (lent_by <> lent_to);
grant update (taken_at) on delegation to app_login;
grant update (begin_told_at) on delegation to app_keeper;
create index absence_of on delegation (agency_id, lent_by, until) where duty = 'absence' and ended_at is null;

-- What is lent is lent by a director, from herself; that they are away says everybody of the agency's directors and staff, of themselves
-- alone. Whoever was asked says yes for themselves. It is ended by either of the two, and what a director lent by any director.
create function delegation_may_be(new delegation) returns boolean language plpgsql stable as $$
declare
    old delegation;
    me uuid := current_membership();
begin
    select d.* into old from delegation d where d.agency_id = new.agency_id and d.id = new.id;
    if old.id is null then
        return new.lent_by = me and new.taken_at is null and new.ended_at is null and case
            when new.duty = 'absence' then current_hat() in ('director', 'staff')
                and exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.lent_to and m.state = 'active'
                    and m.role in ('director', 'staff'))
            else current_hat() = 'director' end;
    end if;
    if old.ended_at is not null then
        return false;
    end if;
    if new.taken_at is distinct from old.taken_at then
        return old.taken_at is null and old.lent_to = me and current_hat() in ('director', 'staff') and new.ended_at is null;
    end if;
    return current_hat() = 'director' and old.duty <> 'absence'
        or old.duty = 'absence' and current_hat() in ('director', 'staff') and me in (old.lent_by, old.lent_to);
end $$;
drop policy lent_insert on delegation;
drop policy lent_update on delegation;
create policy lent_insert on delegation as restrictive for insert to app_login with check (delegation_may_be(delegation));
create policy lent_update on delegation as restrictive for update to app_login using (true) with check (delegation_may_be(delegation));

-- Whether somebody stands in on this day: both are there, and the yes was given.
create function stands_in(d delegation, day date) returns boolean language sql stable as $$
    select d.duty = 'absence' and d.taken_at is not null and d.ended_at is null and day between d.from_on and d.until
        and (select count(*) from membership m where m.agency_id = d.agency_id and m.id in (d.lent_by, d.lent_to) and m.state = 'active'
            and m.role in ('director', 'staff')) = 2
$$;
-- For whom the asker stands in.
create function stood_in_for(day date) returns setof uuid language sql stable as $$
    select d.lent_by from delegation d
    where d.agency_id = current_agency() and d.lent_to = current_membership() and current_hat() in ('director', 'staff') and stands_in(d, day)
$$;
-- Who stands in for somebody.
create function deputy_of(member uuid, day date) returns uuid language sql stable as $$
    select d.lent_to from delegation d
    where d.agency_id = current_agency() and d.lent_by = member and d.duty = 'absence' and stands_in(d, day)
    order by d.from_on desc, d.id limit 1
$$;
-- Who is told instead of somebody of what is read by this audience: nobody who may not read it.
create function told_instead(member uuid, audience text, day date) returns uuid language sql stable as $$
    select m.id from membership m where m.agency_id = current_agency() and m.id = deputy_of(member, day)
        and (audience in ('agency', 'partnership', 'public') or (audience = 'leadership' and m.role = 'director'))
$$;
-- One at a time for each of them.
create function absence_turn(member uuid) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('absence ' || member::text, 0))
$$;
-- The answers that wait for a director are reviewed by her, by whom she lent that to, and by whoever stands in for one.
create function reviews_answers(day date) returns boolean language sql stable as $$
    select exists (select 1 from delegation d where d.agency_id = current_agency() and d.duty = 'answers' and d.lent_to = current_membership()
            and d.ended_at is null and d.until >= day)
        or exists (select 1 from membership m where m.agency_id = current_agency() and m.role = 'director' and m.id in (select stood_in_for(day)))
$$;
