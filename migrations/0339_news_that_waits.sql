create index notice_unread on notice (agency_id, membership_id) where read_at is null;

-- As in 0289, and how much of what they were told here waits unread, at most a hundred: the number stands on every page and asks nothing
-- more of the database.
grant create on schema public to app_system;
set local role app_system;
drop function look_up_session(bytea, text, timestamptz);
create function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    proved_by text, second_factor boolean, proved_at timestamptz, vouched_by uuid,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text, sign_in_rule text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint, must_choose boolean, suspended boolean,
    way_ended boolean, unread bigint)
language plpgsql stable security definer rows 1 as $$
#variable_conflict use_column
declare
    -- The agency's day; the membership chosen for this sign-in; how many are open here; the one that is looked at, and the one worn.
    day pg_catalog.date;
    chosen pg_catalog.uuid;
    here pg_catalog.int4 := 0;
    one record;
    worn record;
    holds pg_catalog.bool;
begin
    select s.id, s.last_seen_at, s.proved_by, s.second_factor, coalesce(s.proved_at, s.created_at), s.vouched_by, a.id, a.name, a.is_demo
    into session_id, last_seen_at, proved_by, second_factor, proved_at, vouched_by, account_id, account_name, account_demo
    from public.session s join public.account a on a.id = s.account_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment and a.closed_at is null;
    if not found then
        return;
    end if;

    select g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           case when g.sign_in_rule_from > (moment at time zone g.zone)::pg_catalog.date then g.sign_in_rule_before else g.sign_in_rule end,
           (moment at time zone g.zone)::pg_catalog.date, h.membership_id, o.ended_at is not null
    into agency_id, agency_name, agency_demo, zone, accent, logo_file_id, contact, hotline, public_records, sign_in_rule, day, chosen, way_ended
    from public.agency g
    left join public.session_hat h on h.agency_id = g.id and h.session_id = look_up_session.session_id
    left join public.own_sign_in o on o.agency_id = g.id and o.session_id = look_up_session.session_id
    where g.slug = look_up_session.slug;

    hats := 0;
    suspended := false;
    way_ended := coalesce(way_ended, false);
    for one in
        select m.agency_id, m.id, m.name, m.role, m.partner_id, m.lived_experience, m.state, m.steward, m.speaks, m.binds,
               m.sees_landscape, m.mandate_from, m.mandate_until
        from public.membership m where m.account_id = look_up_session.account_id and m.state in ('active', 'suspended')
    loop
        -- A sign-in for which an agency's provider vouches knows of that agency's own side alone: that the same person has a role elsewhere,
        -- or speaks there from lived experience, is theirs to say, and not to be found out by whoever runs the provider.
        continue when proved_by = 'sso' and (one.role = 'partner' or one.agency_id <> vouched_by);
        if one.state = 'active' then
            hats := hats + 1;
        end if;
        if one.agency_id = look_up_session.agency_id then
            -- A role on the partners' side stays open: no administrator ends that.
            continue when way_ended and one.role <> 'partner';
            if one.state = 'suspended' then
                suspended := true;
            else
                here := here + 1;
                if chosen is null or one.id = chosen then
                    worn := one;
                    membership_id := one.id;
                end if;
            end if;
        end if;
    end loop;

    -- The hat that was chosen, or the only one here.
    if membership_id is null or (chosen is null and here > 1) then
        membership_id := null;
        must_choose := here > 0;
        return next;
        return;
    end if;
    must_choose := false;
    suspended := false;
    member_name := worn.name;
    role := worn.role;
    body_id := worn.partner_id;
    lived_experience := worn.lived_experience;
    steward := worn.steward;
    holds := coalesce(worn.mandate_from <= day, true) and coalesce(worn.mandate_until >= day, true);
    speaks := worn.speaks and holds;
    binds := worn.binds and holds;
    if body_id is not null then
        select p.name, p.kind into body_name, body_kind
        from public.partner p where p.agency_id = look_up_session.agency_id and p.id = look_up_session.body_id;
    end if;
    landscape := worn.sees_landscape or worn.role = 'director';
    if not landscape then
        perform from public.delegation d
        where d.agency_id = look_up_session.agency_id and d.lent_to = look_up_session.membership_id and d.duty = 'landscape'
              and d.ended_at is null and d.until >= day;
        landscape := found;
    end if;
    select count(*) into unread
    from (select from public.notice n
          where n.agency_id = look_up_session.agency_id and n.membership_id = look_up_session.membership_id and n.read_at is null
          limit 100) waiting;
    return next;
end $$;
revoke all on function look_up_session(bytea, text, timestamptz) from public;
grant execute on function look_up_session(bytea, text, timestamptz) to app_login;
-- The compiler's check of the query that uses it asks as the owner of the tables.
grant execute on function look_up_session(bytea, text, timestamptz) to session_user;
reset role;
revoke create on schema public from app_system;
