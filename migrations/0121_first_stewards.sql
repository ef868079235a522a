-- A body's recorded act takes two people of the agency: one records it, another confirms that it came. Until then there is no
-- link. Only these two may make the link again.
alter table steward_act add column recorded_by uuid;
alter table steward_act add column confirmed_at timestamptz;
alter table steward_act add column email text not null default '';
alter table steward_act add foreign key (agency_id, recorded_by) references membership (agency_id, id);
grant update (confirmed_at) on steward_act to app_login;
-- A body's act: its own people, and those at the agency who receive such acts.
select keep_to_audience('steward_act', '(partner_id = (select current_body()) or membership_id = (select current_membership()) '
    'or (select current_hat()) in (''director'', ''staff'', ''administrator''))');

-- One of the two, after the other's word.
create function is_first_steward_of_mine(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from steward_act a where a.agency_id = current_agency() and a.membership_id = member
        and a.confirmed_at is not null and current_membership() in (a.recorded_by, a.received_by));
end $$;

-- Two different people, not one under two hats.
create or replace function steward_act_may_be(body uuid, member uuid) returns boolean language plpgsql stable as $$
begin
    return current_hat() in ('administrator', 'staff') and not has_steward(body)
        and exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.partner_id = body
            and m.state = 'proposed' and m.invited_by = current_membership());
end $$;
create function receives_for_another(receiver uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership r where r.agency_id = current_agency() and r.id = receiver and r.id <> current_membership()
        and r.role in ('director', 'staff', 'administrator') and r.state = 'active' and r.account_id is distinct from current_account());
end $$;
create policy by_two on steward_act as restrictive for insert to app_login
    with check (recorded_by = (select current_membership()) and confirmed_at is null and receives_for_another(received_by));
create policy confirmed on steward_act as restrictive for update to app_login
    using (received_by = (select current_membership()) and recorded_by <> (select current_membership()) and confirmed_at is null)
    with check (received_by = (select current_membership()));

create or replace function membership_may_be(new membership) returns boolean language plpgsql stable as $$
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
            return new.state = 'invited' and ((hat = 'administrator' and (new.role <> 'partner' or new.lived_experience))
                or (hat in ('staff', 'director') and new.role = 'partner' and new.lived_experience));
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
    if hat = 'administrator' and same_standing and ((old.state = 'proposed' and new.state = 'ended')
            or (old.state = 'active' and new.suspended_by = 'agency')
            or (old.suspended_by = 'agency' and new.state = 'active')) then
        return true;
    end if;
    if hat not in ('administrator', 'staff', 'director') or old.state not in ('proposed', 'invited') or new.speaks or new.binds
        or new.mandate <> '' or not is_first_steward(new.id) or has_steward(new.partner_id) then
        return false;
    end if;
    -- The body's first steward, by its recorded act and the word of the one who received it; or making room for another act.
    return new.state = 'ended' or (new.state = 'invited' and new.steward and is_first_steward_of_mine(new.id));
end $$;

create or replace function invitation_may_be(member uuid, address text, maker uuid) returns boolean language plpgsql stable as $$
declare
    m membership;
begin
    select o.* into m from membership o where o.agency_id = current_agency() and o.id = member and o.state = 'invited';
    if m.id is null or maker is distinct from current_membership() then
        return false;
    end if;
    if m.partner_id is not null then
        return serves_as_steward(m.partner_id)
            or (current_hat() in ('administrator', 'staff', 'director') and m.steward and is_first_steward_of_mine(m.id)
                and not has_steward(m.partner_id)
                and exists (select 1 from steward_act a where a.agency_id = current_agency() and a.membership_id = m.id and a.email = address));
    end if;
    if m.lived_experience then
        return m.invited_by = current_membership() and current_hat() in ('administrator', 'staff', 'director');
    end if;
    return current_hat() = 'administrator';
end $$;

drop policy audience_select on invitation;
drop policy audience_update on invitation;
drop policy audience_delete on invitation;
select keep_to_audience('invitation', '(made_by = (select current_membership()) or membership_id = (select current_membership()) '
    'or exists (select 1 from membership m where m.agency_id = invitation.agency_id and m.id = invitation.membership_id '
    'and ((m.partner_id is not null and m.partner_id = (select current_body())) '
    'or ((select current_hat()) = ''administrator'' and m.partner_id is null and not m.lived_experience))) '
    'or exists (select 1 from steward_act a where a.agency_id = invitation.agency_id and a.membership_id = invitation.membership_id '
    'and (select current_membership()) in (a.recorded_by, a.received_by)))');

-- Lived experience is known first to the facilitators a person works with, whom the invitation names; never to an administrator.
create function may_come_to_know(member uuid, reader uuid) returns boolean language plpgsql stable as $$
begin
    return invited_by_me(member) and exists (select 1 from membership r where r.agency_id = current_agency() and r.id = reader
        and r.role in ('director', 'staff') and r.state = 'active');
end $$;
drop policy own_insert on identity_reader;
create policy own_insert on identity_reader as restrictive for insert to app_login
    with check (membership_id = (select current_membership()) or may_come_to_know(membership_id, reader_id));
