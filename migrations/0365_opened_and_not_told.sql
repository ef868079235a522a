-- What was said of the partnership itself can be opened in an emergency like any other words, and a letter says nothing of what its
-- reader may not see any more.

alter table emergency_opening drop constraint emergency_opening_kind_check;
alter table emergency_opening add constraint emergency_opening_kind_check check (kind in ('statement', 'loop', 'obstacle', 'comment'));
-- As in 0267: exactly that record, and nothing that hangs on it.
do $$
declare
    kept record;
begin
    for kept in
        select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid) as rule
        from pg_policy p join pg_class c on c.oid = p.polrelid
        where not p.polpermissive and p.polcmd = 'r' and c.relnamespace = 'public'::regnamespace
          and (c.relname = 'obstacle' or c.relname = 'subject' and p.polname = 'no_obstacles_select')
    loop
        execute format('alter policy %I on %I using (%s or id = (select opened_record()))', kept.polname, kept.relname, kept.rule);
    end loop;
end $$;

-- Of which record a notice is: its letter may go days after it was told, and is written as its reader sees by then.
alter table notice add column record_id uuid;
alter table notice add foreign key (agency_id, record_id) references subject (agency_id, id);
create index notice_of_record on notice (agency_id, record_id) where record_id is not null;
