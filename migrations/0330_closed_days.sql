-- Days on which an agency is closed: a clock that counts working days leaves them out. None is assumed.
create table closed_day (
    agency_id uuid not null default current_agency() references agency (id),
    day date not null,
    name text not null,
    set_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, day),
    foreign key (agency_id, set_by) references membership (agency_id, id)
);
select keep_within_agency('closed_day', 'select, insert, delete');
grant update (name) on closed_day to app_keeper;
create policy set_insert on closed_day as restrictive for insert to app_login
    with check ((select current_hat()) = 'administrator' and set_by = (select current_membership()));
create policy set_delete on closed_day as restrictive for delete to app_login using ((select current_hat()) = 'administrator');
