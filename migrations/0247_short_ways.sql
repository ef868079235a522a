-- What every page pays for, made cheaper, and nothing in it is seen by anybody who did not see it before.

-- That a link's bearer reaches no table but those for links was asked as a comparison of texts, once for every row that is
-- looked at. It is a yes or no that is found out once for a statement.
create function sees_agency() returns boolean language sql stable as $$ select current_hat() <> 'link' $$;

create or replace function keep_within_agency(kept regclass, grants text default 'select, insert, update, delete', to_links boolean default false)
returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', kept);
    execute format('alter table %s force row level security', kept);
    execute format('create policy tenancy on %s using (agency_id = (select current_agency())) '
        'with check (agency_id = (select current_agency()))', kept);
    if not to_links then
        execute format('create policy not_for_links on %s as restrictive to app_login using ((select sees_agency()))', kept);
    end if;
    execute format('grant %s on %s to app_login, app_keeper', grants, kept);
end $$;

do $$
declare
    kept regclass;
begin
    for kept in select polrelid::regclass from pg_policy where polname = 'not_for_links' loop
        execute format('alter policy not_for_links on %s using ((select sees_agency()))', kept);
    end loop;
end $$;

-- The look-up of a sign-in asks in steps: what a person does not have is not looked for, and no step is wider than it needs
-- to be. What it answers is as before. It changes no setting for itself, which costs more than any of its steps: every table
-- and type is named by its schema, so that nobody's search_path leads it elsewhere, and that plans go by the indexes is a
-- setting of the site's connections (src/platform/pool.rs).
grant create on schema public to app_system;
set local role app_system;
create or replace function look_up_session(token bytea, slug text, moment timestamptz)
returns table (
    session_id uuid, account_id uuid, account_name text, account_demo boolean, last_seen_at timestamptz,
    agency_id uuid, agency_name text, agency_demo boolean, zone text, accent text, logo_file_id uuid,
    contact text, hotline text, public_records text,
    membership_id uuid, member_name text, role text, body_id uuid, body_name text, body_kind text, lived_experience boolean,
    steward boolean, speaks boolean, binds boolean, landscape boolean, hats bigint, must_choose boolean, suspended boolean)
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
    select s.id, s.last_seen_at, a.id, a.name, a.is_demo
    into session_id, last_seen_at, account_id, account_name, account_demo
    from public.session s join public.account a on a.id = s.account_id
    where s.token_hash = token and s.ended_at is null and s.expires_at > moment and a.closed_at is null;
    if not found then
        return;
    end if;

    select g.id, g.name, g.is_demo, g.zone, g.accent, g.logo_file_id, g.contact, g.hotline, g.public_records,
           (moment at time zone g.zone)::pg_catalog.date, h.membership_id
    into agency_id, agency_name, agency_demo, zone, accent, logo_file_id, contact, hotline, public_records, day, chosen
    from public.agency g left join public.session_hat h on h.agency_id = g.id and h.session_id = look_up_session.session_id
    where g.slug = look_up_session.slug;

    hats := 0;
    suspended := false;
    for one in
        select m.agency_id, m.id, m.name, m.role, m.partner_id, m.lived_experience, m.state, m.steward, m.speaks, m.binds,
               m.sees_landscape, m.mandate_from, m.mandate_until
        from public.membership m where m.account_id = look_up_session.account_id and m.state in ('active', 'suspended')
    loop
        if one.state = 'active' then
            hats := hats + 1;
        end if;
        if one.agency_id = look_up_session.agency_id then
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
    return next;
end $$;
reset role;
revoke create on schema public from app_system;
