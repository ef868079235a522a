-- Before a session is announced those who are to be invited are asked which of a few times and places would suit them.
create table session_time (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    starts_at timestamptz not null,
    place text not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    unique (agency_id, session_id, starts_at, place),
    foreign key (agency_id, session_id) references listening_session (agency_id, id)
);
select keep_within_agency('session_time', 'select, insert, delete', true);
grant update (place) on session_time to app_keeper;
select keep_to_audience('session_time', '(case when (select current_hat()) = ''link'' then is_asked_by_link(session_id) else keeps_invitees(session_id) end)');
-- They are put down and taken back by those who see who is invited, while the session is planned.
create function times_are_open(of_session uuid) returns boolean language sql stable as $$
    select exists (select 1 from listening_session l where l.agency_id = current_agency() and l.id = of_session and l.state = 'planned')
$$;
create policy asked_insert on session_time as restrictive for insert to app_login
    with check ((select current_hat()) <> 'link' and keeps_invitees(session_id) and times_are_open(session_id));
create policy asked_delete on session_time as restrictive for delete to app_login
    using ((select current_hat()) <> 'link' and times_are_open(session_id));

-- Which would suit whom: read and written by whoever reads that invitation, so by themselves and those who facilitate.
create table session_time_word (
    agency_id uuid not null default current_agency() references agency (id),
    time_id uuid not null,
    invitee_id uuid not null,
    primary key (agency_id, time_id, invitee_id),
    foreign key (agency_id, time_id) references session_time (agency_id, id) on delete cascade,
    foreign key (agency_id, invitee_id) references session_invitee (agency_id, id) on delete cascade
);
create index time_word_of_invitee on session_time_word (agency_id, invitee_id);
select keep_within_agency('session_time_word', 'select, insert, delete', true);
select keep_to_audience('session_time_word',
    '(exists (select 1 from session_invitee i where i.agency_id = session_time_word.agency_id and i.id = session_time_word.invitee_id))');
create policy own_insert on session_time_word as restrictive for insert to app_login
    with check (exists (select 1 from session_invitee i join session_time t on t.agency_id = i.agency_id and t.session_id = i.session_id
        where i.agency_id = session_time_word.agency_id and i.id = session_time_word.invitee_id and t.id = session_time_word.time_id
          and times_are_open(i.session_id)));
