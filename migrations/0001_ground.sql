-- The ground every other migration stands on: who is asking (settings of the transaction) and the two fences,
-- tenancy (keep_within_agency) and audience (keep_to_audience). Forward only; applied files never change.

-- Settings are set with `set local`; after a transaction they are the empty string, hence nullif.
create function current_agency() returns uuid language sql stable
    as $$ select nullif(current_setting('app.agency', true), '')::uuid $$;
create function current_membership() returns uuid language sql stable
    as $$ select nullif(current_setting('app.membership', true), '')::uuid $$;
create function current_account() returns uuid language sql stable
    as $$ select nullif(current_setting('app.account', true), '')::uuid $$;
create function current_body() returns uuid language sql stable
    as $$ select nullif(current_setting('app.body', true), '')::uuid $$;
-- The record that the bearer of a link may reach, and nothing else.
create function current_link() returns uuid language sql stable
    as $$ select nullif(current_setting('app.link', true), '')::uuid $$;
-- director, staff, analyst, administrator, partner or link; 'nobody' outside a tenant.
create function current_hat() returns text language sql stable
    as $$ select coalesce(nullif(current_setting('app.hat', true), ''), 'nobody') $$;
create function sees_landscape() returns boolean language sql stable
    as $$ select coalesce(nullif(current_setting('app.landscape', true), ''), 'off') = 'on' $$;

-- Tenancy: one permissive policy, forced on the owner too. A link's bearer reaches nothing unless a table says so.
create function keep_within_agency(kept regclass, grants text default 'select, insert, update, delete', to_links boolean default false)
returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', kept);
    execute format('alter table %s force row level security', kept);
    execute format('create policy tenancy on %s using (agency_id = (select current_agency())) '
        'with check (agency_id = (select current_agency()))', kept);
    if not to_links then
        execute format('create policy not_for_links on %s as restrictive to app_login '
            'using ((select current_hat()) <> ''link'')', kept);
    end if;
    execute format('grant %s on %s to app_login, app_keeper', grants, kept);
end $$;

-- Audience: restrictive, for the site's role only. `rule` is an SQL condition on the row. Writing a row that one may not
-- read afterwards is allowed (insert), changing or deleting one that one may not read is not.
create function keep_to_audience(kept regclass, rule text, named text default 'audience')
returns void language plpgsql as $$
begin
    execute format('create policy %s_select on %s as restrictive for select to app_login using (%s)', named, kept, rule);
    execute format('create policy %s_update on %s as restrictive for update to app_login using (%s) with check (true)', named, kept, rule);
    execute format('create policy %s_delete on %s as restrictive for delete to app_login using (%s)', named, kept, rule);
end $$;

-- The words of access.md, from narrow to wide, as one condition over a row's own columns.
create function audience_rule(audience text, body_id text, author_id text) returns text language sql immutable as $$
    select format(
        '((%1$s in (''partnership'', ''public'') and (select current_hat()) not in (''link'', ''nobody''))'
        ' or %3$s = (select current_membership())'
        ' or (%1$s in (''body'', ''leadership'', ''agency'') and %2$s = (select current_body()))'
        ' or (%1$s in (''leadership'', ''agency'') and (select current_hat()) = ''director'')'
        ' or (%1$s = ''agency'' and (select current_hat()) in (''staff'', ''analyst'')))',
        audience, body_id, author_id)
$$;
