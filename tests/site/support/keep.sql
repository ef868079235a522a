-- A second copy of every table, and how each is put back: rows that were added or changed go, and those that are missing then come.
create schema kept;
create table kept.touched (relid oid not null);
create table kept.way (relid oid primary key, away text not null, back text not null);

-- One row for each statement that touched a table. No key: two transactions that touch the same table must not wait for each other.
create function kept.touch() returns trigger language plpgsql security definer as $$
begin
    insert into kept.touched values (tg_relid);
    return null;
end $$;

do $$
declare
    one record;
begin
    for one in
        select c.oid, c.relname,
               (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
               (select string_agg(format('t.%1$I = k.%1$I', a.attname), ' and ') from pg_index i
                join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary) as same
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    loop
        execute format('create table kept.%1$I as table public.%1$I', one.relname);
        insert into kept.way values (one.oid,
            format('delete from public.%1$I where ctid in (select t.ctid from public.%1$I t left join kept.%1$I k on %2$s '
                   'where row(t.*) is distinct from row(k.*))', one.relname, one.same),
            format('insert into public.%1$I (%2$s) overriding system value select %2$s from kept.%1$I k where not exists (select from public.%1$I t where %3$s)',
                   one.relname, one.columns, one.same));
        execute format('create trigger touched after insert or update or delete or truncate on public.%I '
                       'for each statement execute function kept.touch()', one.relname);
        execute format('alter table public.%I enable always trigger touched', one.relname);
    end loop;
end $$;

-- Whether somebody of the test before is still at work; whoever came by a connection of their own is sent away.
create function kept.in_use() returns boolean language sql as $$
    select coalesce(bool_or(case when application_name = 'lent' then state <> 'idle' else pg_terminate_backend(pid) end), false)
    from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
$$;

-- Without triggers and checks between tables: whatever order the rows come in, in the end all stand as they stood.
create function kept.restore() returns void language plpgsql as $$
declare
    one kept.way;
begin
    set local session_replication_role = replica;
    for one in select w.* from kept.way w where w.relid in (select relid from kept.touched) loop
        execute one.away;
        execute one.back;
    end loop;
    delete from kept.touched;
    discard temp;
end $$;
