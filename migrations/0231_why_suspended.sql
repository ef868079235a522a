-- Whoever suspends somebody says why: to them, to their body's stewards, to directors and administrators, and to nobody else.
alter table membership add column suspended_at timestamptz;
create table suspension (
    agency_id uuid not null references agency (id),
    membership_id uuid not null,
    why text not null,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('suspension', 'select, insert, delete');
grant update (why) on suspension to app_keeper;
select keep_to_audience('suspension', 'membership_id = (select current_membership()) or (select current_hat()) in (''director'', ''administrator'') '
    'or exists (select 1 from membership m where m.agency_id = suspension.agency_id and m.id = suspension.membership_id and is_steward_of(m.partner_id))');
-- Said by whoever suspends, gone with the suspension.
create policy decided_insert on suspension as restrictive for insert to app_login
    with check (exists (select 1 from membership m where m.agency_id = suspension.agency_id and m.id = suspension.membership_id
        and m.state = 'suspended' and ((select current_hat()) = 'administrator' or is_steward_of(m.partner_id))));
create policy decided_delete on suspension as restrictive for delete to app_login
    using (exists (select 1 from membership m where m.agency_id = suspension.agency_id and m.id = suspension.membership_id
        and ((select current_hat()) = 'administrator' or is_steward_of(m.partner_id))));
