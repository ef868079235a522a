-- A mandate that has not begun or is over speaks for nobody and binds nobody, in the database as on every page: whatever asked who may
-- speak for a body, or bind it, asks for the day as well.

-- The agency's own day, at the moment of the transaction.
create function current_day() returns date language sql stable as $$
    select (current_moment() at time zone a.zone)::date from agency a where a.id = current_agency()
$$;
-- From its first day to its last, both among them. A steward's place has no days: it ends when the body says so.
create function mandate_holds(m membership, day date) returns boolean language sql immutable as $$
    select day is not null and coalesce(m.mandate_from <= day, true) and coalesce(m.mandate_until >= day, true)
$$;
create function speaks_on(m membership, day date) returns boolean language sql immutable as $$
    select m.state = 'active' and m.partner_id is not null and (m.steward or (m.speaks and mandate_holds(m, day)))
$$;
create function binds_on(m membership, day date) returns boolean language sql immutable as $$
    select m.state = 'active' and m.partner_id is not null and (m.steward or (m.binds and mandate_holds(m, day)))
$$;

create or replace function speaks_for_body(today date) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and speaks_on(m, today))
$$;
create or replace function binds_body(today date) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and binds_on(m, today))
$$;
create or replace function speaks_for(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and speaks_on(m, current_day()) and standing_of(m.partner_id) = standing_of(body));
end $$;
create or replace function binds_for(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and binds_on(m, current_day()) and standing_of(m.partner_id) = standing_of(body));
end $$;
create or replace function body_has_voice(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
        where m.agency_id = current_agency() and speaks_on(m, current_day()) and coalesce(p.merged_into, p.id) = standing_of(body));
end $$;
-- Narrowing: any steward; while none serves, whoever speaks for the body under a mandate that holds.
create or replace function may_narrow(body uuid) returns boolean language plpgsql stable as $$
begin
    return serves_as_steward(body) or (
        not exists (select 1 from membership o where o.agency_id = current_agency() and o.partner_id = body and o.steward and o.state = 'active')
        and exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and m.partner_id = body
            and speaks_on(m, current_day())));
end $$;

-- What the pages ask of a mandate, the database asks as well: a body's agreement, its rating and its position are given by somebody who
-- speaks for it on that day.
drop policy own_word_insert on agreement;
drop policy own_word_update on agreement;
create policy own_word_insert on agreement as restrictive for insert to app_login
    with check (membership_id = (select current_membership()) and (partner_id is null or speaks_for(partner_id)));
create policy own_word_update on agreement as restrictive for update to app_login using (membership_id = (select current_membership()))
    with check (membership_id = (select current_membership()) and (partner_id is null or speaks_for(partner_id)));

create policy own_side on rating as restrictive for insert to app_login
    with check (rated_by = (select current_membership())
        and case side when 'partner' then speaks_for(partner_id) else (select current_hat()) in ('director', 'staff') end);

create function as_body_may_be(new comment) returns boolean language plpgsql stable as $$
begin
    return not new.as_body
        or exists (select 1 from comment c where c.agency_id = new.agency_id and c.id = new.id and c.as_body)
        or (new.author_id = current_membership() and speaks_for(current_body()));
end $$;
create policy as_body_insert on comment as restrictive for insert to app_login with check (as_body_may_be(comment));
create policy as_body_update on comment as restrictive for update to app_login using (true) with check (as_body_may_be(comment));

-- The agency gives a seat and ends a term; who sits for a body is the word of somebody who speaks for it, and one of its own people.
-- Nobody is named to a term that is over.
create or replace function term_may_be(new seat_term) returns boolean language plpgsql stable as $$
declare
    old seat_term;
    staff boolean := current_hat() in ('director', 'staff');
begin
    select t.* into old from seat_term t where t.agency_id = new.agency_id and t.id = new.id;
    if old.id is null then
        return staff and new.named_by is null and case
            when new.partner_id is not null then new.membership_id is null
            else exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id and m.state = 'active'
                and m.partner_id is null) end;
    end if;
    if old.ended_on is not null then
        return false;
    end if;
    if staff then
        return to_jsonb(new) - 'ended_on' = to_jsonb(old) - 'ended_on' and new.ended_on is not null;
    end if;
    return old.partner_id is not null and speaks_for(old.partner_id) and coalesce(old.until_on >= current_day(), true)
        and to_jsonb(new) - array['membership_id', 'mandate', 'named_by', 'named_at']
            = to_jsonb(old) - array['membership_id', 'mandate', 'named_by', 'named_at']
        and new.named_by = current_membership()
        and exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id and m.state = 'active'
            and m.partner_id is not null and standing_of(m.partner_id) = standing_of(old.partner_id));
end $$;
