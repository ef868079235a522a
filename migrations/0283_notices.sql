-- What a person should hear of: a sentence of the house and where it leads, for one member, on their first page until they have read
-- it, and by letter. It says nothing of what a record says.
create table notice (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    membership_id uuid not null,
    kind text not null check (kind ~ '^[a-z_]{1,40}$'),
    said text not null check (char_length(said) between 1 and 500),
    path text not null check (path like '/%'),
    made_at timestamptz not null,
    read_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create index notice_of_member on notice (agency_id, membership_id, made_at desc);
select keep_within_agency('notice', 'select, insert, update');
select keep_to_audience('notice', '(membership_id = (select current_membership()))');
-- A letter is written from it.
create policy look_up on notice for select to app_system using (true);
grant select on notice to app_system;
