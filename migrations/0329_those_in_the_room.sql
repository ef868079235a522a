-- What others said in a session is read by its speakers only where whoever said it agreed to “those in the room”: members by name, as
-- before; whoever has no sign-in by their own link.
alter table statement add column for_room boolean not null default false;
create table room_reader (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    speaker_id uuid not null,
    primary key (agency_id, subject_id, speaker_id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, speaker_id) references speaker (agency_id, id)
);
create index room_reader_of on room_reader (agency_id, speaker_id);
select keep_within_agency('room_reader', 'select', true);
grant insert, delete on room_reader to app_keeper;
-- It opens a record to one link and says nothing to anybody else; it must not ask `subject`, whose policy asks it.
select keep_to_audience('room_reader', '(speaker_id = (select current_link()) and (select current_hat()) = ''link'')');

do $$
declare
    was text := (select pg_get_expr(p.polqual, p.polrelid) from pg_policy p where p.polrelid = 'subject'::regclass and p.polname = 'audience_select');
begin
    execute format('alter policy audience_select on subject using ((%s) or ((select current_hat()) = ''link'' and exists (select 1 from room_reader r '
        'where r.agency_id = subject.agency_id and r.subject_id = subject.id and r.speaker_id = (select current_link()))))', was);
end $$;
