-- The day on which each membership was last used in this agency: for those who keep the members, to find what nobody uses. What the
-- same person does in other agencies is not told here. That a person with lived experience was here is told to themselves alone.
create table member_seen (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    seen_on date not null,
    -- They came in with two factors that day.
    two_factors boolean not null default false,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('member_seen', 'select, insert, update');
select keep_to_audience('member_seen', $$(membership_id = (select current_membership())
    or exists (select 1 from membership m where m.agency_id = member_seen.agency_id and m.id = member_seen.membership_id and not m.lived_experience
        and ((select current_hat()) in ('director', 'administrator')
            or (m.partner_id = (select current_body()) and (select is_steward_of((select current_body())))))))$$);
create policy own_insert on member_seen as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_update on member_seen as restrictive for update to app_login using (membership_id = (select current_membership()));

-- What is known from before: the last change that somebody made here.
alter table member_seen no force row level security;
alter table audit no force row level security;
alter table agency no force row level security;
alter table membership no force row level security;
insert into member_seen (agency_id, membership_id, seen_on)
select a.agency_id, a.actor_id, max((a.at at time zone g.zone)::date)
from audit a join agency g on g.id = a.agency_id join membership m on m.agency_id = a.agency_id and m.id = a.actor_id
group by 1, 2;
alter table member_seen force row level security;
alter table audit force row level security;
alter table agency force row level security;
alter table membership force row level security;

-- What was set before and after, as those who answer for it read it. The agency's own words, never anybody's contribution.
create table settings_change (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    at timestamptz not null,
    by_id uuid not null,
    field text not null,
    was text not null,
    becomes text not null,
    primary key (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index settings_change_by_time on settings_change (agency_id, at desc, id);
select keep_within_agency('settings_change', 'select, insert');
grant update (field, was, becomes) on settings_change to app_keeper;
select keep_to_audience('settings_change', '((select current_hat()) in (''director'', ''administrator''))');
create policy own_insert on settings_change as restrictive for insert to app_login
    with check (by_id = (select current_membership()) and (select current_hat()) = 'administrator');

-- Lists of people to invite: read by administrators, and forgotten when they are brought in or dropped, but for who was invited by it.
create table people_list (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    file_name text not null,
    notes jsonb not null default '[]',
    state text not null check (state in ('checked', 'done', 'dropped')),
    row_count integer not null,
    made_by uuid not null,
    created_at timestamptz not null,
    done_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
create index people_list_by_time on people_list (agency_id, created_at desc, id);
select keep_within_agency('people_list', 'select, insert, update');
select keep_to_audience('people_list', '((select current_hat()) = ''administrator'')');
create policy own_insert on people_list as restrictive for insert to app_login
    with check (made_by = (select current_membership()) and (select current_hat()) = 'administrator');
create table people_row (
    agency_id uuid not null default current_agency() references agency (id),
    list_id uuid not null,
    number integer not null,
    name text not null,
    email text not null,
    role text not null,
    partner_id uuid,
    outcome text not null check (outcome in ('invite', 'propose', 'there', 'refused')),
    reason text not null,
    membership_id uuid,
    primary key (agency_id, list_id, number),
    foreign key (agency_id, list_id) references people_list (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('people_row');
select keep_to_audience('people_row', '(exists (select 1 from people_list l where l.agency_id = people_row.agency_id and l.id = people_row.list_id))');
create policy list_insert on people_row as restrictive for insert to app_login
    with check (exists (select 1 from people_list l where l.agency_id = people_row.agency_id and l.id = people_row.list_id));
