-- Nobody lets themselves in, a director is made by a director, and a body's first steward comes in with two halves: the link,
-- which only the receiver of the body's act has, and a code, which only the one who wrote it down has.
create table steward_code (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    made_by uuid not null,
    code_hash bytea not null,
    tries integer not null default 0,
    made_at timestamptz not null,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
select keep_within_agency('steward_code', 'select, insert, update');
select keep_to_audience('steward_code', '(made_by = (select current_membership()) or membership_id = (select current_membership()))');

create function wrote_down_act_of(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from steward_act a where a.agency_id = current_agency() and a.membership_id = member
        and a.recorded_by = current_membership());
end $$;
-- Made by the one who wrote the act down; tried by the one who comes in, who can only count up.
create function steward_code_may_be(new steward_code) returns boolean language plpgsql stable as $$
declare
    old steward_code;
begin
    select c.* into old from steward_code c where c.agency_id = new.agency_id and c.membership_id = new.membership_id;
    if new.membership_id = current_membership() then
        return old.made_by = new.made_by and old.code_hash = new.code_hash and new.tries > old.tries;
    end if;
    return new.made_by = current_membership() and new.tries = 0 and wrote_down_act_of(new.membership_id);
end $$;
create policy made on steward_code as restrictive for insert to app_login with check (steward_code_may_be(steward_code));
create policy made_anew on steward_code as restrictive for update to app_login using (true) with check (steward_code_may_be(steward_code));

-- The code that was typed with the form, as the transaction carries it.
create function code_fits(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from steward_code c where c.agency_id = current_agency() and c.membership_id = member and c.tries <= 5
        and c.code_hash = sha256(convert_to(member::text || ':' || coalesce(current_setting('app.code', true), ''), 'UTF8')));
end $$;

-- A director who is suspended still counts: suspending somebody must never open the way to replacing them.
create function has_director() returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.role = 'director'
        and m.state in ('accepted', 'active', 'suspended'));
end $$;

-- This account invited that member, or made their link, under whatever hat.
create function was_invited_by(member uuid, account uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m join membership i on i.agency_id = m.agency_id and i.id = m.invited_by
            where m.agency_id = current_agency() and m.id = member and i.account_id = account)
        or exists (select 1 from invitation v join membership i on i.agency_id = v.agency_id and i.id = v.made_by
            where v.agency_id = current_agency() and v.membership_id = member and i.account_id = account);
end $$;

-- Where the agency has a director, the second of the two is one, and was not let in by the first.
create or replace function receives_for_another(receiver uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership r where r.agency_id = current_agency() and r.id = receiver and r.id <> current_membership()
        and r.role in ('director', 'staff', 'administrator') and r.state = 'active' and r.account_id is distinct from current_account()
        and (not has_director() or (r.role = 'director' and not was_invited_by(r.id, current_account()))));
end $$;

-- The link is the receiver's half alone.
create or replace function is_first_steward_of_mine(member uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from steward_act a where a.agency_id = current_agency() and a.membership_id = member
        and a.confirmed_at is not null and a.received_by = current_membership());
end $$;

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
            return new.state = 'invited' and case new.role
                when 'partner' then new.lived_experience and hat in ('administrator', 'staff', 'director')
                when 'director' then hat = 'director' or (hat = 'administrator' and not has_director())
                else hat = 'administrator' end;
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
    if new.id = me and same_person and same_standing and old.state = 'active' and new.state = 'ended' then
        return true;
    end if;
    if new.id = me and same_person and same_standing and old.state = 'invited' and new.state = 'active' and new.account_id is not null then
        -- Not by one's own invitation onto the agency's side, nor as a person without a body.
        if new.partner_id is null and was_invited_by(new.id, new.account_id) then
            return false;
        end if;
        -- An invitation from before a director served makes no second one beside them.
        if new.role = 'director' and has_director() and new.invited_by is not null and not exists (select 1 from membership i
            where i.agency_id = new.agency_id and i.id = new.invited_by and i.role = 'director') then
            return false;
        end if;
        if is_first_steward(new.id) and (has_steward(new.partner_id) or not code_fits(new.id)) then
            return false;
        end if;
        return not (new.steward and exists (select 1 from membership o where o.agency_id = new.agency_id
            and o.account_id = new.account_id and o.role <> 'partner' and o.state <> 'ended'));
    end if;
    if new.state <> old.state and (new.state in ('proposed', 'accepted') or (new.state = 'invited' and old.state <> 'proposed')
        or (old.state in ('proposed', 'invited') and new.state not in ('invited', 'ended'))) then
        return false;
    end if;
    if new.partner_id is null then
        if hat = 'director' then
            -- Opens the landscape to staff; makes somebody of the agency's side a director, or a director something else.
            return new.id <> me and new.name = old.name and same_standing and new.state = old.state
                and ((new.role = 'staff' and old.role = 'staff')
                    or ('director' in (old.role, new.role) and 'partner' not in (old.role, new.role) and not new.sees_landscape));
        end if;
        return hat = 'administrator' and same_standing and (new.role = 'partner') = (old.role = 'partner')
            and (new.role = old.role or (old.role <> 'director' and (new.role <> 'director' or not has_director())))
            and not (old.role = 'director' and old.state <> 'invited' and new.state = 'ended')
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
    if m.lived_experience or m.role = 'director' then
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
    'and (select current_membership()) = a.received_by))');
