-- Somebody whose own membership is suspended is told so, and not that there is nothing at the address.
grant create on schema public to app_system;
set local role app_system;
drop function look_up_session(bytea, text, timestamptz);
create function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint, must_choose boolean, suspended boolean)
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
    return query
    select s.id, a.id, a.name, a.is_demo, s.last_seen_at,
           g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           m.id, m.name, m.role, m.partner_id, p.name, p.kind, m.lived_experience,
           m.steward, m.speaks and m.holds, m.binds and m.holds, m.sees_landscape or m.role = 'director' or exists (
               select 1 from delegation d where d.agency_id = g.id and d.lent_to = m.id and d.duty = 'landscape'
               and d.ended_at is null and d.until >= (moment at time zone g.zone)::date),
           (select count(*) from membership o where o.account_id = a.id and o.state = 'active'),
           m.id is null and exists (
               select 1 from membership o where o.agency_id = g.id and o.account_id = a.id and o.state = 'active'),
           m.id is null and exists (
               select 1 from membership o where o.agency_id = g.id and o.account_id = a.id and o.state = 'suspended')
    from session s
    join account a on a.id = s.account_id and a.closed_at is null
    left join agency g on g.slug = look_up_session.slug
    left join session_hat h on h.agency_id = g.id and h.session_id = s.id
    left join lateral (
        select mm.*, coalesce(mm.mandate_from <= (moment at time zone g.zone)::date, true) and coalesce(mm.mandate_until >= (moment at time zone g.zone)::date, true) as holds,
               count(*) over () as offered
        from membership mm
        where mm.agency_id = g.id and mm.account_id = a.id and mm.state = 'active'
        order by (mm.id = h.membership_id) desc nulls last, mm.created_at, mm.id
        limit 1) m on m.id = h.membership_id or (h.membership_id is null and m.offered = 1)
    left join partner p on p.agency_id = g.id and p.id = m.partner_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment;
end $$;
revoke all on function look_up_session(bytea, text, timestamptz) from public;
grant execute on function look_up_session(bytea, text, timestamptz) to app_login;
-- The compiler's check of the query that uses it asks as the owner of the tables.
grant execute on function look_up_session(bytea, text, timestamptz) to session_user;
reset role;
revoke create on schema public from app_system;
