-- The quarter’s question about trust is open once, however many ask it at one moment. Where two are open the first goes on; the others
-- end like rounds in which too few answered.
alter table trust_round no force row level security;
alter table trust_answer no force row level security;
with more as (
    select r.agency_id, r.id from trust_round r
    where r.session_id is null and r.state = 'open'
      and exists (select 1 from trust_round o where o.agency_id = r.agency_id and o.session_id is null and o.state = 'open'
          and (o.created_at, o.id) < (r.created_at, r.id))),
    gone as (delete from trust_answer a using more where a.agency_id = more.agency_id and a.round_id = more.id)
update trust_round r set state = 'withheld' from more where r.agency_id = more.agency_id and r.id = more.id;
alter table trust_round force row level security;
alter table trust_answer force row level security;
create unique index trust_round_of_quarter on trust_round (agency_id) where session_id is null and state = 'open';

-- Holds in force whose second person may not see what they keep: who set one and whether it waits for somebody, and nothing of why and on
-- what. `one`: that hold alone; `seen`: those that the asker sees are left out. In one statement beside those, so that the list of holds
-- waits for the database no longer than another list.
-- It sees what the keeper sees: tenancy, and no audience.
create function unseen_holds(one uuid, seen uuid[])
returns table (
    id uuid, set_by text, set_at timestamptz, to_confirm boolean, end_by text, end_at timestamptz, end_by_another boolean,
    end_by_director boolean, version integer)
language sql stable security definer set search_path = pg_catalog, public as $$
    select h.id, m.name, h.set_at, h.confirmed_by is null and is_another(h.set_by), e.name, h.end_at, is_another(h.end_by),
           coalesce(e.role = 'director', false), h.version
    from public.legal_hold h
    join public.membership m on m.agency_id = h.agency_id and m.id = h.set_by
    left join public.membership e on e.agency_id = h.agency_id and e.id = h.end_by and still_answers(h.end_by)
    where h.agency_id = current_agency() and current_hat() in ('director', 'administrator')
      and (one is null or h.id = one) and h.id <> all (seen) and h.subject_id is not null and h.lifted_at is null
    order by e.id is null, h.confirmed_by is not null, h.set_at desc, h.id desc limit 200
$$;
revoke all on function unseen_holds(uuid, uuid[]) from public;
grant execute on function unseen_holds(uuid, uuid[]) to app_login;
