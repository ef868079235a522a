-- The hats of a person are looked for once: those of this agency and the number of all come from the same few rows. And the way
-- goes by the indexes, however few rows the planner believes to be there: it is the same with ten agencies and with a thousand.
grant create on schema public to app_system;
set local role app_system;
create or replace function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint, must_choose boolean, suspended boolean)
language plpgsql stable security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
begin
    return query
    select s.id, a.id, a.name, a.is_demo, s.last_seen_at,
           g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           m.id, m.name, m.role, m.partner_id, p.name, p.kind, m.lived_experience,
           m.steward, m.speaks and m.holds, m.binds and m.holds, m.sees_landscape or m.role = 'director' or exists (
               select 1 from delegation d where d.agency_id = g.id and d.lent_to = m.id and d.duty = 'landscape'
               and d.ended_at is null and d.until >= (moment at time zone g.zone)::date),
           coalesce(mine.number, 0),
           m.id is null and coalesce(mine.here, 0) > 0,
           m.id is null and exists (
               select 1 from membership o where o.agency_id = g.id and o.account_id = a.id and o.state = 'suspended')
    from session s
    join account a on a.id = s.account_id and a.closed_at is null
    left join agency g on g.slug = look_up_session.slug
    left join session_hat h on h.agency_id = g.id and h.session_id = s.id
    -- The hat that was chosen, or the only one here; first in order, so that one row tells of all.
    left join lateral (
        select mm.*, count(*) over () as number, count(*) filter (where mm.agency_id = g.id) over () as here,
               coalesce(mm.mandate_from <= (moment at time zone g.zone)::date, true) and coalesce(mm.mandate_until >= (moment at time zone g.zone)::date, true) as holds
        from membership mm
        where mm.account_id = a.id and mm.state = 'active'
        order by (mm.agency_id = g.id) desc nulls last, (mm.id = h.membership_id) desc nulls last, mm.created_at, mm.id
        limit 1) mine on true
    left join lateral (
        select mine.* where mine.agency_id = g.id and (mine.id = h.membership_id or (h.membership_id is null and mine.here = 1))) m on true
    left join partner p on p.agency_id = g.id and p.id = m.partner_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment;
end $$;
reset role;
revoke create on schema public from app_system;
