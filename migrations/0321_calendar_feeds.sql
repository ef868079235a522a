-- A private calendar: a secret address at which somebody's own calendar finds what they may see here, without a sign-in. One for each
-- membership; only its hash is kept, and making it anew ends the one before. It ends with the membership.
create table calendar_feed (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    token_hash bytea not null,
    made_at timestamptz not null,
    primary key (agency_id, membership_id),
    unique (agency_id, token_hash),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('calendar_feed', 'select, insert, update, delete');
select keep_to_audience('calendar_feed', '(membership_id = (select current_membership()))');
create policy own_insert on calendar_feed as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_update on calendar_feed as restrictive for update to app_login using (true) with check (membership_id = (select current_membership()));
create policy look_up on calendar_feed for select to app_system using (true);
grant select on calendar_feed to app_system;
