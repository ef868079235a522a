-- What binds a body is said by those who may bind it. What the agency was told of a partner's promise waits for the partner's
-- own word, and is no promise until then.
alter table commitment drop constraint commitment_state_check;
alter table commitment add constraint commitment_state_check
    check (state in ('told', 'open', 'reported', 'confirmed', 'returned', 'released'));

-- Whoever asks may bind the body they belong to on this day: its steward, or under a mandate to bind that holds.
create function binds_body(today date) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and m.partner_id is not null
        and (m.steward or (m.binds and coalesce(m.mandate_from <= today, true) and coalesce(m.mandate_until >= today, true))))
$$;
create function binds_for(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.state = 'active' and (m.steward or m.binds) and m.partner_id is not null and standing_of(m.partner_id) = standing_of(body));
end $$;
-- What was written down as told waits for whoever asks: it is their own promise, or that of a body which they may bind.
create function wants_my_promise(c commitment, today date) returns boolean language sql stable as $$
    select c.state = 'told' and case when c.promiser_partner_id is null then c.promised_by = current_membership()
        else c.promiser_partner_id = current_body() and binds_body(today) end
$$;

create function commitment_may_be(new commitment) returns boolean language plpgsql stable as $$
declare
    old commitment;
    hat text := current_hat();
    ours boolean;
begin
    select c.* into old from commitment c where c.agency_id = new.agency_id and c.id = new.id;
    if new.side = 'agency' then
        return old.id is not null and old.side = 'agency' or old.id is null and hat in ('director', 'staff') and new.state = 'open';
    end if;
    ours := case when new.promiser_partner_id is not null then binds_for(new.promiser_partner_id)
        when old.id is null then new.promised_by = current_membership() else old.promised_by = current_membership() end;
    if old.id is null then
        return (new.state = 'told' and hat in ('director', 'staff')) or (new.state = 'open' and coalesce(ours, false));
    end if;
    if new.side <> old.side or new.promiser_partner_id is distinct from old.promiser_partner_id
        or (new.promised_by is distinct from old.promised_by and new.promised_by is distinct from current_membership()) then
        return false;
    end if;
    if old.state = 'told' then
        return coalesce(ours, false) or (new.state = 'told' and hat in ('director', 'staff'));
    end if;
    if new.state = 'told' or ((new.what, new.due_on) <> (old.what, old.due_on) and not coalesce(ours, false)) then
        return false;
    end if;
    return new.state <> 'reported' or old.state = 'reported' or case when new.promiser_partner_id is null
        then old.promised_by = current_membership() else speaks_for(new.promiser_partner_id) end;
end $$;
create policy promised_insert on commitment as restrictive for insert to app_login with check (commitment_may_be(commitment));
create policy promised_update on commitment as restrictive for update to app_login using (true) with check (commitment_may_be(commitment));

-- The co-host's word on a session is that of somebody who speaks for it, under their own name.
create function cohost_word_may_be(new listening_session) returns boolean language plpgsql stable as $$
declare
    old listening_session;
begin
    select l.* into old from listening_session l where l.agency_id = new.agency_id and l.id = new.id;
    return ((new.cohost_agreed_at is not distinct from old.cohost_agreed_at and new.cohost_agreed_by is not distinct from old.cohost_agreed_by)
            or (new.cohost_agreed_at is null and new.cohost_agreed_by is null)
            or (new.cohost_agreed_by = current_membership() and speaks_for(new.cohost_id)))
        and ((new.cohost_closes_at is not distinct from old.cohost_closes_at and new.cohost_closes_by is not distinct from old.cohost_closes_by)
            or (new.cohost_closes_at is null and new.cohost_closes_by is null)
            or (new.cohost_closes_by = current_membership() and speaks_for(new.cohost_id)));
end $$;
create policy cohosts_word on listening_session as restrictive for update to app_login using (true) with check (cohost_word_may_be(listening_session));
