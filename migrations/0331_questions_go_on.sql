-- A question that is late by so many days is handed to the director, once; none: never by itself.
alter table agency add column escalate_days smallint default 5 check (escalate_days between 1 and 180);
grant update (escalate_days) on agency to app_login;
alter table loop add column escalated_at timestamptz;
create index loop_late on loop (agency_id, answer_by) where state in ('raised', 'acknowledged') and escalated_at is null;

-- How many people raised what one answer was given to, as it was then.
alter table loop add column together smallint check (together >= 1);

-- Answered, and nobody is left who could give the word: neither closed nor waiting.
alter table loop drop constraint loop_state_check;
alter table loop add constraint loop_state_check check (state in ('raised', 'acknowledged', 'review', 'answered', 'closed', 'left', 'withdrawn'));
alter table loop add check (state <> 'left' or (answer is not null and closed_at is not null));
-- Nobody at the site says so of a question: it is so, or it is not.
create policy left_by_itself on loop as restrictive for update to app_login using (true) with check (state <> 'left');
create policy left_by_itself_insert on loop as restrictive for insert to app_login with check (state <> 'left');

-- What was answered, the latest first: for each partner, and for the whole agency.
create index loop_answered on loop (agency_id, answered_at desc, id) where state in ('answered', 'closed', 'left');
create index loop_answered_of on loop (agency_id, raised_for_partner_id, answered_at desc) where state in ('answered', 'closed', 'left');

-- What ended because nobody was left is kept as long as what was closed.
create or replace function closed_records(of_kind text, before date, zone text) returns table (id uuid, closed_on date) language sql stable as $$
    select s.id, c.closed_on
    from subject s
    cross join lateral (select case s.kind
        when 'statement' then (select (coalesce(l.closed_at, l.starts_at) at time zone zone)::date
            from statement t join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
            where t.agency_id = s.agency_id and t.id = s.id and t.words is not null and l.state in ('closed', 'cancelled'))
        when 'loop' then (select (l.closed_at at time zone zone)::date from loop l
            where l.agency_id = s.agency_id and l.id = s.id and l.state in ('closed', 'left') and l.words is not null)
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
