-- Which letters about news somebody wants: of each topic at once, with the others of the day or the week, or none; and at which hours of
-- their own day none comes. It is their own, and asked under their own standing when a letter is due.
create table notice_pace (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    topic text not null check (topic in ('answers', 'promises', 'words', 'people', 'meetings', 'keeping', 'other')),
    pace text not null check (pace in ('at_once', 'daily', 'weekly', 'never')),
    primary key (agency_id, membership_id, topic),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('notice_pace', 'select, insert');
grant update (pace) on notice_pace to app_login;
grant update (topic, pace) on notice_pace to app_keeper;
select keep_to_audience('notice_pace', '(membership_id = (select current_membership()))');
create policy own_insert on notice_pace as restrictive for insert to app_login with check (membership_id = (select current_membership()));

create table notice_hours (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    zone text not null check (zone ~ '^[A-Za-z_]+/[A-Za-z_]+$'),
    -- Full hours of the clock; both or neither.
    quiet_from smallint check (quiet_from between 0 and 23),
    quiet_until smallint check (quiet_until between 0 and 23),
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    check ((quiet_from is null) = (quiet_until is null)),
    check (quiet_from <> quiet_until)
);
select keep_within_agency('notice_hours', 'select, insert');
grant update (zone, quiet_from, quiet_until) on notice_hours to app_login, app_keeper;
select keep_to_audience('notice_hours', '(membership_id = (select current_membership()))');
create policy own_insert on notice_hours as restrictive for insert to app_login with check (membership_id = (select current_membership()));

-- A letter that says together what was told meanwhile. Until it is due, more is put into it; from the moment it is written it is closed,
-- and what is told afterwards goes into another.
create table notice_letter (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    membership_id uuid not null,
    due_at timestamptz not null,
    closed_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create unique index notice_letter_open on notice_letter (agency_id, membership_id, due_at) where closed_at is null;
select keep_within_agency('notice_letter', 'select, insert');
grant update (due_at, closed_at) on notice_letter to app_login;
select keep_to_audience('notice_letter', '(membership_id = (select current_membership()))');
create policy own_insert on notice_letter as restrictive for insert to app_login with check (membership_id = (select current_membership()));
-- Whose it is, where the worker writes it.
create policy look_up on notice_letter for select to app_system using (true);
grant select (agency_id, id, membership_id) on notice_letter to app_system;

-- Each notice is in one such letter at most.
alter table notice add column letter_id uuid;
alter table notice add foreign key (agency_id, letter_id) references notice_letter (agency_id, id);
create index notice_in_letter on notice (agency_id, letter_id) where letter_id is not null;
-- Nobody puts anything into another's letter: the key itself does not ask whose it is.
create policy own_letter on notice as restrictive for update to app_login using (true)
    with check (letter_id is null or exists (select 1 from notice_letter l where l.agency_id = notice.agency_id and l.id = notice.letter_id));
create policy no_letter_yet on notice as restrictive for insert to app_login with check (letter_id is null);
