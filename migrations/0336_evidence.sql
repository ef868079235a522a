-- Files that show that a promise is done. Whoever reads the promise can open them; they are attached by whoever stands on its side, as
-- long as the other side has not given its word.
create table evidence (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    commitment_id uuid not null,
    file_id uuid not null,
    added_by uuid not null,
    added_at timestamptz not null,
    primary key (agency_id, id),
    unique (agency_id, file_id),
    foreign key (agency_id, commitment_id) references commitment (agency_id, id),
    foreign key (agency_id, file_id) references file (agency_id, id),
    foreign key (agency_id, added_by) references membership (agency_id, id)
);
create index evidence_of on evidence (agency_id, commitment_id);
select keep_within_agency('evidence', 'select, insert, delete');
select keep_with_subject('evidence', 'commitment_id');

create function evidence_may_be(one evidence) returns boolean language plpgsql stable as $$
declare
    c commitment;
begin
    select o.* into c from commitment o where o.agency_id = one.agency_id and o.id = one.commitment_id;
    return one.added_by = current_membership()
        and exists (select 1 from file f where f.agency_id = one.agency_id and f.id = one.file_id and f.owner_id = current_membership())
        and c.state in ('open', 'returned', 'reported') and case
        when c.side = 'agency' then current_hat() in ('director', 'staff')
        when c.promiser_partner_id is not null then speaks_for(c.promiser_partner_id)
        else c.promised_by = current_membership() end;
end $$;
create policy attached_insert on evidence as restrictive for insert to app_login with check (evidence_may_be(evidence));
create policy attached_delete on evidence as restrictive for delete to app_login using (evidence_may_be(evidence));

-- A file is read by whoever reads the promise that it shows.
drop policy audience_select on file;
create policy audience_select on file as restrictive for select to app_login using (shared or owner_id = (select current_membership())
    or exists (select 1 from evidence e where e.agency_id = file.agency_id and e.file_id = file.id));

do $$
declare
    was text := pg_get_functiondef('destroy_around(uuid, uuid, timestamptz)'::regprocedure);
    becomes text := replace(was, '    insert into destroyed (', '    with gone as (delete from evidence where agency_id = agency and commitment_id = record returning file_id)
        delete from file f using gone where f.agency_id = agency and f.id = gone.file_id;
    insert into destroyed (');
begin
    if becomes = was then
        raise exception 'destroy_around does not say what it destroyed';
    end if;
    execute becomes;
end $$;
