-- Whether anybody may ask an agency something without an account. It is off until a director turns it on.
create table asking (
    agency_id uuid not null default current_agency() references agency (id),
    open boolean not null,
    set_by uuid not null,
    set_at timestamptz not null,
    version integer not null default 1,
    primary key (agency_id),
    foreign key (agency_id, set_by) references membership (agency_id, id)
);
select keep_within_agency('asking', 'select, insert, update');
select keep_to_audience('asking', '((select current_hat()) in (''director'', ''administrator''))');
create policy set_insert on asking as restrictive for insert to app_login
    with check ((select current_hat()) = 'director' and set_by = (select current_membership()));
create policy set_update on asking as restrictive for update to app_login using (true)
    with check ((select current_hat()) = 'director' and set_by = (select current_membership()));
create policy look_up on asking for select to app_system using (true);
grant select on asking to app_system;

-- The way back to what somebody asked: what is kept of their code is its hash. Nobody of the agency sees that, and nothing here
-- says when or from where they came.
create table return_code (
    agency_id uuid not null default current_agency() references agency (id),
    loop_id uuid not null,
    code_hash bytea not null,
    primary key (agency_id, loop_id),
    unique (agency_id, code_hash),
    foreign key (agency_id, loop_id) references loop (agency_id, id)
);
create index return_code_by_hash on return_code (code_hash);
select keep_within_agency('return_code', 'select, insert', true);
select keep_to_audience('return_code', '(loop_id = (select current_link()))');
create policy own_insert on return_code as restrictive for insert to app_login
    with check ((select current_hat()) = 'link' and loop_id = (select current_link()));
create policy look_up on return_code for select to app_system using (true);
grant select on return_code to app_system;

-- A director's one setting stands among the changes like every other.
drop policy own_insert on settings_change;
create policy own_insert on settings_change as restrictive for insert to app_login
    with check (by_id = (select current_membership())
        and ((select current_hat()) = 'administrator' or ((select current_hat()) = 'director' and field = 'asking without an account')));
