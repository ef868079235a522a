-- A file that somebody sent is scanned where the operator names a scanner; one that the site made itself is not. Whatever was there
-- before counts as sent, but for exports and the copies of bodies.
alter table file
    add column made_here boolean not null default false,
    add column scanned_at timestamptz,
    -- What it held is erased; the row stays for whatever refers to it.
    add column quarantined_at timestamptz;
alter table file no force row level security;
alter table export no force row level security;
alter table body_copy no force row level security;
update file f set made_here = true
    where exists (select 1 from export e where e.agency_id = f.agency_id and e.file_id = f.id)
       or exists (select 1 from body_copy c where c.agency_id = f.agency_id and c.file_id = f.id);
alter table file force row level security;
alter table export force row level security;
alter table body_copy force row level security;

-- What was found harmful: never what it held.
create table quarantine (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    size bigint not null,
    sha256 bytea not null,
    -- How the scanner calls it.
    found text not null,
    sent_by uuid not null,
    found_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, sent_by) references membership (agency_id, id)
);
create index quarantine_by_time on quarantine (agency_id, found_at desc, id);
select keep_within_agency('quarantine', 'select, insert');
-- Of what a partner sent in, that partner alone: what a body's people do with their files is not the administrator's affair.
select keep_to_audience('quarantine', $$(sent_by = (select current_membership()) or ((select current_hat()) = 'administrator'
    and exists (select 1 from membership m where m.agency_id = quarantine.agency_id and m.id = quarantine.sent_by and m.role <> 'partner')))$$);
create policy own_insert on quarantine as restrictive for insert to app_login with check (sent_by = (select current_membership()));
grant update (name, found) on quarantine to app_keeper;
