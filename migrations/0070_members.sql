-- Members: a body admits its own people. What an administrator may make of a membership stands here as well as in the code,
-- so that no transaction of the agency's side can become a body's steward, give a mandate or replace one of its people.
alter table membership drop constraint membership_state_check;
alter table membership add constraint membership_state_check
    check (state in ('proposed', 'invited', 'accepted', 'active', 'suspended', 'ended'));
-- Who typed the person in, and which side of the table suspended them: only that side takes them up again.
alter table membership add column invited_by uuid;
alter table membership add column suspended_by text check (suspended_by in ('agency', 'body'));
alter table membership add check ((state = 'suspended') = (suspended_by is not null));
alter table membership add foreign key (agency_id, invited_by) references membership (agency_id, id);
alter table member_identity add column version integer not null default 1;
alter table audit add column member_id uuid;
alter table audit add foreign key (agency_id, member_id) references membership (agency_id, id);

-- Nobody is ever deleted; only the site itself makes members.
revoke delete on membership from app_login, app_keeper;
revoke insert on membership from app_keeper;
revoke update, delete on invitation from app_login, app_keeper;
grant update (accepted_at, expires_at) on invitation to app_login;
revoke update, delete on delegation from app_login, app_keeper;
grant update (ended_at) on delegation to app_login;
revoke update on agency from app_login;
grant update (name, zone, accent, logo_file_id, contact, hotline, public_records, reporting_notice, minors_rule, scale, assess_at,
    acknowledge_days, answer_days, working_days, director_reviews, card_table, version) on agency to app_login;
create policy settings on agency as restrictive for update to app_login using ((select current_hat()) = 'administrator');

-- The functions below are plpgsql on purpose: they ask in a query of their own, which sees the rows as they were before
-- the statement, so that what is written can be compared with what was there.
create function serves_as_steward(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.partner_id = body and m.steward and m.state = 'active');
end $$;
-- A steward who is suspended still counts: suspending somebody must never open the way to replacing them.
create function has_steward(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency()
        and m.partner_id = body and m.steward and m.state in ('accepted', 'active', 'suspended'));
end $$;
create function is_first_steward(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from steward_act a where a.agency_id = current_agency() and a.membership_id = member);
end $$;

create function membership_may_be(new membership) returns boolean language plpgsql stable as $$
declare
    old membership;
    me uuid := current_membership();
    hat text := current_hat();
    same_person boolean;
    same_standing boolean;
begin
    select m.* into old from membership m where m.agency_id = new.agency_id and m.id = new.id;
    if old.id is null then
        if new.account_id is not null or new.steward or new.speaks or new.binds or new.sees_landscape or new.mandate <> ''
            or new.invited_by is distinct from me then
            return false;
        end if;
        if new.partner_id is null then
            return hat = 'administrator' and new.state = 'invited' and (new.role <> 'partner' or new.lived_experience);
        end if;
        return (hat in ('administrator', 'staff') and new.state = 'proposed')
            or (new.state = 'invited' and serves_as_steward(new.partner_id));
    end if;
    if old.state = 'ended' or new.partner_id is distinct from old.partner_id or new.lived_experience <> old.lived_experience
        or new.invited_by is distinct from old.invited_by or new.created_at <> old.created_at then
        return false;
    end if;
    -- Only the person themselves takes an invitation up, once.
    if new.account_id is distinct from old.account_id
        and not (old.account_id is null and new.account_id = current_account() and new.id = me and old.state = 'invited') then
        return false;
    end if;
    same_person := new.name = old.name and new.role = old.role and new.sees_landscape = old.sees_landscape;
    same_standing := (new.steward, new.speaks, new.binds, new.mandate) = (old.steward, old.speaks, old.binds, old.mandate)
        and new.mandate_from is not distinct from old.mandate_from and new.mandate_until is not distinct from old.mandate_until;
    if new.id = me and same_person and same_standing
        and ((old.state = 'invited' and new.state = 'active' and new.account_id is not null and not (new.steward and exists (
                select 1 from membership o where o.agency_id = new.agency_id and o.account_id = new.account_id and o.role <> 'partner'
                and o.state <> 'ended'))) or (old.state = 'active' and new.state = 'ended')) then
        return true;
    end if;
    if new.state <> old.state and (new.state in ('proposed', 'accepted') or (new.state = 'invited' and old.state <> 'proposed')
        or (old.state in ('proposed', 'invited') and new.state not in ('invited', 'ended'))) then
        return false;
    end if;
    if new.partner_id is null then
        if hat = 'director' then
            return new.role = 'staff' and new.name = old.name and new.role = old.role and same_standing and new.state = old.state;
        end if;
        return hat = 'administrator' and same_standing and (new.role = 'partner') = (old.role = 'partner')
            and (new.sees_landscape = old.sees_landscape or not new.sees_landscape) and (new.name = old.name or not new.lived_experience);
    end if;
    if not same_person and not (new.role = old.role and serves_as_steward(old.partner_id)) then
        return false;
    end if;
    if serves_as_steward(old.partner_id) then
        return new.sees_landscape = old.sees_landscape
            and not (old.suspended_by is not distinct from 'agency' and new.state not in ('suspended', 'ended'))
            and (new.suspended_by is null or new.suspended_by = coalesce(old.suspended_by, 'body'));
    end if;
    if hat = 'administrator' and same_standing then
        return (old.state = 'proposed' and new.state = 'ended')
            or (old.state = 'active' and new.suspended_by = 'agency')
            or (old.suspended_by = 'agency' and new.state = 'active');
    end if;
    -- The body's first steward, by its recorded act.
    return hat in ('administrator', 'staff') and old.state in ('proposed', 'invited') and new.state in ('invited', 'ended')
        and not new.speaks and not new.binds and new.mandate = '' and (new.steward or new.state = 'ended')
        and is_first_steward(new.id) and not has_steward(new.partner_id);
end $$;
create policy standing_insert on membership as restrictive for insert to app_login with check (membership_may_be(membership));
create policy standing_update on membership as restrictive for update to app_login using (true) with check (membership_may_be(membership));

-- An act is recorded only while no steward serves, for somebody of that body who has not come in yet.
create function steward_act_may_be(body uuid, member uuid) returns boolean language plpgsql stable as $$
begin
    return current_hat() in ('administrator', 'staff') and not has_steward(body)
        and exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.partner_id = body
            and m.state = 'proposed' and m.invited_by = current_membership());
end $$;
create policy recorded on steward_act as restrictive for insert to app_login with check (steward_act_may_be(partner_id, membership_id));

-- A link into the agency is made by its administrators, into a body by its stewards, for a first steward by whoever may record
-- the act and only to the address first given, for a person with lived experience by the one who invited them.
create function invitation_may_be(member uuid, address text, maker uuid) returns boolean language plpgsql stable as $$
declare
    m membership;
begin
    select o.* into m from membership o where o.agency_id = current_agency() and o.id = member and o.state = 'invited';
    if m.id is null or maker is distinct from current_membership() then
        return false;
    end if;
    if m.partner_id is not null then
        return serves_as_steward(m.partner_id)
            or (current_hat() in ('administrator', 'staff') and m.steward and is_first_steward(m.id) and not has_steward(m.partner_id)
                and not exists (select 1 from invitation i where i.agency_id = current_agency() and i.membership_id = m.id and i.email <> address));
    end if;
    return current_hat() = 'administrator' and (not m.lived_experience or m.invited_by = current_membership());
end $$;
create policy made on invitation as restrictive for insert to app_login with check (invitation_may_be(membership_id, email, made_by));
select keep_to_audience('invitation', '(made_by = (select current_membership()) or membership_id = (select current_membership()) '
    'or exists (select 1 from membership m where m.agency_id = invitation.agency_id and m.id = invitation.membership_id '
    'and ((m.partner_id is not null and m.partner_id = (select current_body())) '
    'or ((select current_hat()) = ''administrator'' and m.partner_id is null and not m.lived_experience) '
    'or ((select current_hat()) in (''administrator'', ''staff'') and exists (select 1 from steward_act a where a.agency_id = m.agency_id and a.membership_id = m.id)))))');

-- Who knows that somebody speaks from lived experience: themselves, whom they chose, and at first the one who invited them.
create function invited_by_me(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member
        and m.state = 'invited' and m.account_id is null and m.invited_by = current_membership());
end $$;
create policy own_insert on member_identity as restrictive for insert to app_login
    with check (membership_id = (select current_membership()) or invited_by_me(membership_id));
create policy own_update on member_identity as restrictive for update to app_login using (membership_id = (select current_membership()));
revoke delete on member_identity from app_login;
select keep_to_audience('identity_reader', '(membership_id = (select current_membership()) or reader_id = (select current_membership()))');
create policy own_insert on identity_reader as restrictive for insert to app_login
    with check (membership_id = (select current_membership()) or (reader_id = (select current_membership()) and invited_by_me(membership_id)));

-- Duties are lent by directors, from themselves.
create policy lent_insert on delegation as restrictive for insert to app_login
    with check ((select current_hat()) = 'director' and lent_by = (select current_membership()));
create policy lent_update on delegation as restrictive for update to app_login using ((select current_hat()) = 'director');

-- A mandate holds from its first day to its last, whatever anybody forgot to take away.
grant create on schema public to app_system;
set local role app_system;
create or replace function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
    select s.id, a.id, a.name, a.is_demo, s.last_seen_at,
           g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           m.id, m.name, m.role, m.partner_id, p.name, p.kind, m.lived_experience,
           m.steward, m.speaks and m.holds, m.binds and m.holds, m.sees_landscape or m.role = 'director' or exists (
               select 1 from delegation d where d.agency_id = g.id and d.lent_to = m.id and d.duty = 'landscape'
               and d.ended_at is null and d.until >= moment::date),
           (select count(*) from membership o where o.account_id = a.id and o.state = 'active')
    from session s
    join account a on a.id = s.account_id and a.closed_at is null
    left join agency g on g.slug = look_up_session.slug
    left join lateral (
        select mm.*, coalesce(mm.mandate_from <= moment::date, true) and coalesce(mm.mandate_until >= moment::date, true) as holds
        from membership mm
        left join session_hat h on h.agency_id = mm.agency_id and h.session_id = s.id
        where mm.agency_id = g.id and mm.account_id = a.id and mm.state = 'active'
        order by (h.membership_id is not distinct from mm.id) desc, mm.created_at, mm.id
        limit 1) m on true
    left join partner p on p.agency_id = g.id and p.id = m.partner_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment;
end $$;
reset role;
revoke create on schema public from app_system;
