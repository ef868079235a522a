-- The four roles of Common Table, and who may enter its database.
--
-- Not a migration: roles belong to the whole server. The program runs this by itself on its own
-- private cluster. On a server of yours, make an empty database, connect to it as a superuser
-- (or as the administrator your host gave you) and run this file; it may be run again at any time:
--
--     create database common_table;
--     \c common_table
--     \i migrations/roles.sql
--     \password common_table_owner
--     \password app_login
--
-- common_table_owner  owns the database and its tables; runs migrations and nothing else.
-- app_login           the site signs in as this role; every row policy applies to it.
-- app_keeper          nobody signs in as it; app_login may step into it for a named duty
--                     (it is under tenancy, but not under audience policies).
-- app_system          nobody signs in as it; app_login may step into it to look up sessions and jobs.
--
-- app_login and the owner are NOINHERIT: a policy for a role also applies to whoever inherits it,
-- so the wider roles must be put on on purpose (set local role) and never come along unasked.

do $$
declare
    name text;
    boss boolean := (select rolsuper from pg_roles where rolname = current_user);
begin
    foreach name in array array['common_table_owner', 'app_login', 'app_keeper', 'app_system'] loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I noinherit', name);
        end if;
        -- Only a superuser may take these away; anyone else is told by the program's own check.
        if boss and exists (select from pg_roles where rolname = name
                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)) then
            execute format('alter role %I nosuperuser nobypassrls nocreaterole nocreatedb noreplication', name);
        end if;
        if exists (select from pg_roles where rolname = name and rolinherit) then
            execute format('alter role %I noinherit', name);
        end if;
        if exists (select from pg_roles where rolname = name
                and rolcanlogin <> (name in ('common_table_owner', 'app_login'))) then
            execute format('alter role %I %s', name,
                case when name in ('common_table_owner', 'app_login') then 'login' else 'nologin' end);
        end if;
    end loop;
end $$;

-- The owner is a member of the other roles so that a migration may hand a function to app_system
-- and so that the program may act as the site does while it writes the first agency.
do $$
declare
    pair text[];
    grantable text := case when current_setting('server_version_num')::int >= 160000
        then ' with inherit false, set true' else '' end;
begin
    foreach pair slice 1 in array array[
        ['app_keeper', 'app_login'], ['app_system', 'app_login'],
        ['app_login', 'common_table_owner'], ['app_keeper', 'common_table_owner'],
        ['app_system', 'common_table_owner']]
    loop
        if grantable <> '' or not exists (
            select from pg_auth_members
            where roleid = pair[1]::regrole and member = pair[2]::regrole)
        then
            execute format('grant %I to %I%s', pair[1], pair[2], grantable);
        end if;
    end loop;
end $$;

-- From here on: the database this file is run in.
do $$
declare
    here text := current_database();
    -- From version 16, being a member and being allowed to step into a role are two things.
    step text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
    if exists (select from pg_database where datname = here and not datistemplate and here <> 'postgres') then
        -- Whoever gives something away must be able to act as the new owner.
        if not pg_has_role(current_user, 'common_table_owner', step) then
            execute format('grant common_table_owner to %I', current_user);
        end if;
        execute format('revoke all on database %I from public', here);
        execute format('grant connect on database %I to app_login', here);
        if exists (select from pg_database where datname = here
                and datdba <> 'common_table_owner'::regrole) then
            execute format('alter database %I owner to common_table_owner', here);
        end if;
    end if;
end $$;

do $$
begin
    if (select nspowner from pg_namespace where nspname = 'public') <> 'common_table_owner'::regrole then
        alter schema public owner to common_table_owner;
    end if;
end $$;
revoke create on schema public from public;
grant usage on schema public to app_login, app_keeper, app_system;
