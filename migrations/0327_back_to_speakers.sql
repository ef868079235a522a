-- Back to the speakers: until when each of them is asked for their word, who tried to reach them and how that went, and words that they
-- add themselves, which nobody wrote down for them.
alter table speaker add column asked_until date;
grant update (asked_until) on speaker to app_login;
alter table statement alter column written_by drop not null;

create table reach_try (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    speaker_id uuid not null,
    way text not null check (way in ('telephone', 'text', 'email', 'letter', 'through', 'in_person')),
    outcome text not null check (outcome in ('reached', 'not_reached', 'message', 'sent', 'in_peace')),
    by_id uuid not null,
    at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, speaker_id) references speaker (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index reach_try_of on reach_try (agency_id, speaker_id, at);
create index reach_try_in on reach_try (agency_id, session_id);
select keep_within_agency('reach_try', 'select, insert');
grant update, delete on reach_try to app_keeper;
-- Those on duty, who alone see the card.
select keep_to_audience('reach_try', '((select current_hat()) not in (''analyst'', ''administrator'') and exists (select 1 from session_duty d '
    'where d.agency_id = reach_try.agency_id and d.session_id = reach_try.session_id and d.membership_id = (select current_membership())))');

-- A try goes the way that the card says: by that channel alone, no message where none may be left, and not again once somebody asked
-- to be left in peace.
create function try_may_be(new reach_try) returns boolean language sql stable as $$
    select new.by_id = current_membership()
        and exists (select 1 from speaker s
            join session_duty d on d.agency_id = s.agency_id and d.session_id = s.session_id and d.membership_id = current_membership()
            where s.agency_id = new.agency_id and s.id = new.speaker_id and s.session_id = new.session_id
              and s.reach_how = new.way and (new.outcome <> 'message' or s.may_leave_message))
        and not exists (select 1 from reach_try t
            where t.agency_id = new.agency_id and t.speaker_id = new.speaker_id and t.outcome = 'in_peace')
$$;
create policy may_be_insert on reach_try as restrictive for insert to app_login
    with check ((select current_hat()) not in ('analyst', 'administrator', 'link', 'nobody') and try_may_be(reach_try));

-- An export that becomes ready and a withdrawal wait for each other: each sees what the other did, whichever comes first. Withdrawals do
-- not wait among themselves.
create function exports_wait() returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('exports ' || current_agency(), 0))
$$;
create function words_wait() returns void language sql as $$
    select pg_advisory_xact_lock_shared(hashtextextended('exports ' || current_agency(), 0))
$$;

-- With a session that the retention schedule lets go, who tried to reach whom goes too.
do $$
declare
    was text := pg_get_functiondef('destroy_around(uuid, uuid, timestamptz)'::regprocedure);
    place text := '    update speaker set name = ''''';
begin
    if position(place in was) = 0 then
        raise exception 'destroy_around is not as 0297 made it';
    end if;
    execute replace(was, place, '    delete from reach_try where agency_id = agency and session_id = record;' || chr(10) || place);
end $$;
