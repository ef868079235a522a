-- People who are invited to a session one by one: by letter, or with a link that is handed to them. Who they are, whether they come and
-- what they need is for those who facilitate and whoever planned it; nobody else learns that somebody was asked.

-- How often time, place or calling-off was told anew: the number in the calendar file.
alter table listening_session add column sequence integer not null default 0;
alter table listening_session add column told_at timestamptz;

create table session_invitee (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    -- A member, or somebody without a sign-in.
    membership_id uuid,
    name text not null,
    email text not null default '',
    language text not null,
    -- They allowed that a letter names the agency.
    may_name_agency boolean not null default false,
    -- Since when they are asked, and about which number of the plan first.
    asked_at timestamptz,
    asked_about integer,
    -- Since when they are asked which time and place would suit them, and when they said it.
    times_asked_at timestamptz,
    times_at timestamptz,
    answer text check (answer in ('coming', 'not_coming')),
    needs text not null default '',
    answered_at timestamptz,
    answered_about integer,
    -- Who wrote it down for them, where they said it otherwise.
    answered_by uuid,
    made_by uuid not null,
    created_at timestamptz not null,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, answered_by) references membership (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id),
    check ((answer is null) = (answered_at is null)),
    check (answer is not null or needs = '')
);
create unique index invitee_once on session_invitee (agency_id, session_id, email) where email <> '';
create unique index invitee_member_once on session_invitee (agency_id, session_id, membership_id) where membership_id is not null;
create index invitee_of_member on session_invitee (agency_id, membership_id) where membership_id is not null;
select keep_within_agency('session_invitee', 'select, insert, update, delete', true);

-- Whether whoever asks sees who is invited: those who facilitate, the co-host's among them, and whoever of the agency planned it.
create function keeps_invitees(of_session uuid) returns boolean language sql stable as $$
    select exists (select 1 from session_duty d where d.agency_id = current_agency() and d.session_id = of_session
            and d.duty = 'facilitator' and d.membership_id = current_membership())
        or current_hat() in ('director', 'staff') and exists (select 1 from listening_session l where l.agency_id = current_agency()
            and l.id = of_session and l.created_by = current_membership())
$$;
select keep_to_audience('session_invitee', '(case when (select current_hat()) = ''link'' then id = (select current_link()) '
    'else coalesce(membership_id = (select current_membership()), false) or keeps_invitees(session_id) end)');

-- Who is invited is put down by those who see it; whoever is invited gives their own answer, while the session is announced and ahead.
create function invitee_may_be(new session_invitee) returns boolean language plpgsql stable as $$
declare
    old session_invitee;
    own text[] := array['answer', 'needs', 'answered_at', 'answered_about', 'answered_by', 'times_at', 'version'];
begin
    select i.* into old from session_invitee i where i.agency_id = new.agency_id and i.id = new.id;
    if old.id is null then
        return current_hat() <> 'link' and new.answer is null and new.made_by = current_membership() and keeps_invitees(new.session_id);
    end if;
    if current_hat() <> 'link' and keeps_invitees(old.session_id) then
        return new.session_id = old.session_id and new.membership_id is not distinct from old.membership_id;
    end if;
    return to_jsonb(new) - own = to_jsonb(old) - own and new.answered_by is null
        and (current_hat() = 'link' or old.membership_id = current_membership());
end $$;
create policy may_be_insert on session_invitee as restrictive for insert to app_login with check (invitee_may_be(session_invitee));
create policy may_be_update on session_invitee as restrictive for update to app_login using (true) with check (invitee_may_be(session_invitee));
create policy may_be_delete on session_invitee as restrictive for delete to app_login
    using ((select current_hat()) <> 'link' and keeps_invitees(session_id));

-- A link for one of them: it shows that one invitation, and is made when its letter is sent.
alter table return_link add column invitee_id uuid;
alter table return_link add foreign key (agency_id, invitee_id) references session_invitee (agency_id, id) on delete cascade;
create index return_link_of_invitee on return_link (agency_id, invitee_id) where invitee_id is not null;
alter table return_link drop constraint return_link_purpose_check;
alter table return_link add constraint return_link_purpose_check check (purpose in ('confirm', 'withdraw', 'loop', 'trust', 'reply'));
alter table return_link add constraint return_link_of_one check ((purpose = 'reply') = (invitee_id is not null));
drop policy for_a_speaker on return_link;
create policy for_a_speaker on return_link as restrictive for insert to app_login
    with check (made_by = (select current_membership()) and case purpose
        when 'reply' then speaker_id is null and exists (select 1 from session_invitee i
            where i.agency_id = return_link.agency_id and i.id = return_link.invitee_id and i.session_id = return_link.subject_id
              and keeps_invitees(i.session_id))
        when 'trust' then speaker_id is null and (select current_hat()) in ('director', 'staff') and exists (select 1 from trust_round r
            where r.agency_id = return_link.agency_id and r.session_id = return_link.subject_id and r.state = 'open')
        else exists (select 1 from speaker sp
            where sp.agency_id = return_link.agency_id and sp.id = return_link.speaker_id and sp.session_id = return_link.subject_id and sp.membership_id is null) end);
create policy link_made on return_link for update to app_system using (invitee_id is not null and spent_at is null) with check (invitee_id is not null);
grant update (token_hash) on return_link to app_system;

-- Its bearer sees of the session when and where it is, and nothing that hangs on it.
create function is_asked_by_link(session uuid) returns boolean language sql stable as $$
    select exists (select 1 from session_invitee i where i.agency_id = current_agency() and i.session_id = session and i.id = current_link())
$$;
alter policy not_for_links on listening_session
    using (case when (select current_hat()) = 'link' then is_asked_by_link(id) else (select sees_agency()) end);
alter policy subject_of_id_select on listening_session
    using (case when (select current_hat()) = 'link' then is_asked_by_link(id)
        else coalesce((select true from subject s where s.agency_id = listening_session.agency_id and s.id = listening_session.id), false) end);

-- What became of the letter is for those who see whom it went to. The keeper puts letters in the queue for all of them at once, and
-- never a second one while the first still waits.
create policy of_invitee on letter for select to app_login using (
    for_agency = (select current_agency())
    and exists (select from session_invitee i where i.agency_id = letter.for_agency and i.id = letter.about));
create policy of_invitees on letter for insert to app_keeper with check (for_agency = (select current_agency()) and kind = 'session_invitee');
grant insert on letter to app_keeper;
grant select (for_agency, kind, about, sent_at, failed_at) on letter to app_keeper;
