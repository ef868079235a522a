-- A question of somebody without an account has no raiser here. Whom it is about is theirs to say in a few words, and opens nothing.
alter table loop alter column raised_by drop not null;
alter table loop add column about text not null default '';
alter table loop add check (raised_by is not null or (raised_for_partner_id is null and heir_id is null and comment_id is null and promise_id is null));
alter table happening alter column by_id drop not null;
create index loop_by_code on loop (agency_id, created_at) where raised_by is null;

-- Whoever holds its code reaches it and what happened to it, and nothing else.
drop policy not_for_links on loop;
create policy not_for_links on loop as restrictive to app_login
    using ((select current_hat()) <> 'link' or (raised_by is null and id = (select current_link())));
drop policy not_for_links on happening;
create policy not_for_links on happening as restrictive to app_login
    using ((select current_hat()) <> 'link' or subject_id = (select current_link()));
-- Their clocks are counted as everybody's are.
drop policy not_for_links on closed_day;

create function asks_by_code(question uuid) returns boolean language sql stable as $$
    select (select current_hat()) = 'link' and question = (select current_link())
$$;

-- Nobody at the agency asks in the place of somebody unknown, closes what they asked, or writes in their history as if they were they.
create policy asked_at_the_door on loop as restrictive for insert to app_login
    with check (raised_by is not null or asks_by_code(id));
create policy closed_by_its_code on loop as restrictive for update to app_login using (true)
    with check (raised_by is not null or state <> 'closed' or asks_by_code(id));
create policy said_by_its_code on happening as restrictive for insert to app_login
    with check (by_id is not null or asks_by_code(subject_id));

-- Nobody decides for them who reads it: what has no author is the agency's own, but for a question.
create or replace function subject_may_be(new subject) returns boolean language plpgsql stable as $$
declare
    old subject;
    me uuid := current_membership();
begin
    select s.* into old from subject s where s.agency_id = new.agency_id and s.id = new.id;
    if old.id is null then
        if new.kind = 'loop' and new.author_id is null then
            return asks_by_code(new.id) and new.body_id is null and new.audience in ('leadership', 'agency');
        end if;
        return case when new.kind = 'statement' then new.audience = 'author'
            else new.author_id is null or new.author_id is not distinct from me or new.audience = 'author' end;
    end if;
    if new.kind <> old.kind or new.created_at <> old.created_at or new.author_id is distinct from old.author_id
        or new.withdrawn_at is distinct from old.withdrawn_at or (new.for_analysts and not old.for_analysts)
        or new.analysts_until is distinct from old.analysts_until then
        return false;
    end if;
    if new.audience = old.audience and new.body_id is not distinct from old.body_id then
        return true;
    end if;
    if old.kind = 'statement' or (old.kind = 'loop' and old.author_id is null) then
        return false;
    end if;
    if old.author_id is null then
        return current_hat() in ('director', 'staff');
    end if;
    return new.body_id is not distinct from old.body_id and (old.author_id = me or is_steward_of(old.body_id)
        or exists (select 1 from loop l where l.agency_id = old.agency_id and l.id = old.id and l.heir_id = me));
end $$;

-- A code may be lost, and nobody else can close: what was answered to somebody without an account counts as over from its answer on.
create or replace function closed_records(of_kind text, before date, zone text) returns table (id uuid, closed_on date) language sql stable as $$
    select s.id, c.closed_on
    from subject s
    cross join lateral (select case s.kind
        when 'statement' then (select (coalesce(l.closed_at, l.starts_at) at time zone zone)::date
            from statement t join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
            where t.agency_id = s.agency_id and t.id = s.id and t.words is not null and l.state in ('closed', 'cancelled'))
        when 'loop' then (select (coalesce(l.closed_at, l.answered_at) at time zone zone)::date from loop l
            where l.agency_id = s.agency_id and l.id = s.id and l.words is not null
              and (l.state in ('closed', 'left') or (l.state = 'answered' and l.raised_by is null)))
        when 'session' then (select (coalesce(l.closed_at, l.starts_at) at time zone zone)::date from listening_session l
            where l.agency_id = s.agency_id and l.id = s.id and l.state in ('closed', 'cancelled'))
        when 'outreach' then (select greatest(o.held_on, (o.done_at at time zone zone)::date) from outreach o
            where o.agency_id = s.agency_id and o.id = s.id and (o.next_on is null or o.done_at is not null))
        when 'commitment' then (select coalesce((m.confirmed_at at time zone zone)::date, greatest(m.due_on,
                (select (max(h.created_at) at time zone zone)::date from happening h where h.agency_id = m.agency_id and h.subject_id = m.id))) from commitment m
            where m.agency_id = s.agency_id and m.id = s.id and m.state in ('confirmed', 'released')) end as closed_on) c
    where s.agency_id = current_agency() and s.kind = of_kind and c.closed_on < before and s.withdrawn_at is null
      -- What its author keeps to themselves is nobody else's to let go.
      and s.audience <> 'author'
      and not exists (select 1 from destroyed d where d.agency_id = s.agency_id and d.subject_id = s.id)
$$;
