-- What came of a session, as the agency tells it to those who spoke there: one record at a time, in the agency's own words. Only what the
-- whole partnership reads can be told, and a question only once it is answered; what is closed later is told to nobody any more.
create table session_answer (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    subject_id uuid not null,
    words text not null check (char_length(words) between 1 and 1500),
    language text not null check (language ~ '^[a-z]{2,3}$'),
    -- A promise to those who spoke: they are asked whether it was kept.
    asks boolean not null,
    by_id uuid not null,
    told_at timestamptz not null,
    -- How many of them say so: who says what is read by nobody.
    said_kept integer not null default 0,
    said_missing integer not null default 0,
    primary key (agency_id, id),
    unique (agency_id, session_id, subject_id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index session_answer_of on session_answer (agency_id, subject_id);
select keep_within_agency('session_answer', 'select, insert, delete');
grant update on session_answer to app_keeper;
select keep_to_audience('session_answer', '((select current_hat()) in (''director'', ''staff''))');
select keep_with_subject('session_answer', 'session_id');
select keep_with_subject('session_answer', 'subject_id');

-- What may be told of: nothing narrower than the partnership, nothing under a body's protocol, no promise of a partner, and no question
-- that was entered for somebody who has not said that it is theirs.
create function may_be_told(record uuid) returns boolean language sql stable as $$
    select exists (select 1 from subject s
        where s.agency_id = current_agency() and s.id = record and s.audience in ('partnership', 'public') and s.protocols is null and s.withdrawn_at is null
          and case s.kind
              when 'theme' then exists (select 1 from theme t where t.agency_id = s.agency_id and t.id = s.id and t.merged_into is null)
              when 'commitment' then exists (select 1 from commitment c where c.agency_id = s.agency_id and c.id = s.id and c.side = 'agency')
              when 'loop' then exists (select 1 from loop o where o.agency_id = s.agency_id and o.id = s.id and o.state in ('answered', 'closed', 'left')
                  and (o.acting_id is null or o.confirmed_at is not null))
              else s.kind in ('barrier', 'goal', 'plan') end)
$$;
create function answer_may_be(new session_answer) returns boolean language sql stable as $$
    select new.by_id = current_membership() and (new.said_kept, new.said_missing) = (0, 0) and may_be_told(new.subject_id)
        and (not new.asks or exists (select 1 from commitment c where c.agency_id = new.agency_id and c.id = new.subject_id))
        and exists (select 1 from listening_session l where l.agency_id = new.agency_id and l.id = new.session_id
            and l.state in ('held', 'with_speakers', 'confirmed', 'closed'))
$$;
create policy may_be_insert on session_answer as restrictive for insert to app_login
    with check ((select current_hat()) in ('director', 'staff') and answer_may_be(session_answer));

-- What a speaker says of a promise that was made to those who spoke.
create table answer_word (
    agency_id uuid not null default current_agency() references agency (id),
    answer_id uuid not null,
    speaker_id uuid not null,
    kept boolean not null,
    at timestamptz not null,
    primary key (agency_id, answer_id, speaker_id),
    foreign key (agency_id, answer_id) references session_answer (agency_id, id) on delete cascade,
    foreign key (agency_id, speaker_id) references speaker (agency_id, id)
);
create index answer_word_of on answer_word (agency_id, speaker_id);
select keep_within_agency('answer_word', 'select', true);
grant insert, update, delete on answer_word to app_keeper;
select keep_to_audience('answer_word', '((select current_hat()) = ''link'' and speaker_id = (select current_link()))');

-- What one speaker is told about one statement of theirs: where it led there, or the session did, by way of nothing that is closed to the
-- partnership. For the keeper: a link sees none of these records.
create function answers_to(speaker uuid, said uuid)
returns table (id uuid, kind text, title text, state text, answer text, due_on date, words text, language text, told_at timestamptz, asks boolean, kept boolean)
language sql stable as $$
    with recursive mine as (
        select st.id, st.session_id from statement st
        where st.agency_id = current_agency() and st.id = said and st.speaker_id = speaker and st.state in ('confirmed', 'corrected') and st.words is not null
    ), forth (id, depth) as (
        (select m.id, 0 from mine m union select m.session_id, 0 from mine m)
        union
        select e.from_id, f.depth + 1 from forth f
        join edge e on e.agency_id = current_agency() and e.to_id = f.id
            and e.kind in ('source', 'evidence', 'addresses', 'step_of', 'raised_from', 'promised_in')
        where f.depth < 6 and may_be_told(e.from_id)
    )
    select a.id, s.kind, case when s.kind = 'loop' then '' else s.title end,
        coalesce(case s.kind
            when 'barrier' then (select r.state from barrier r where r.agency_id = s.agency_id and r.id = s.id)
            when 'goal' then (select r.state from goal r where r.agency_id = s.agency_id and r.id = s.id)
            when 'plan' then (select r.state from plan r where r.agency_id = s.agency_id and r.id = s.id)
            when 'commitment' then c.state end, ''),
        o.answer, c.due_on, a.words, a.language, a.told_at, a.asks,
        (select w.kept from answer_word w where w.agency_id = a.agency_id and w.answer_id = a.id and w.speaker_id = speaker)
    from mine m
    join session_answer a on a.agency_id = current_agency() and a.session_id = m.session_id
    join subject s on s.agency_id = a.agency_id and s.id = a.subject_id
    left join commitment c on c.agency_id = a.agency_id and c.id = a.subject_id
    left join loop o on o.agency_id = a.agency_id and o.id = a.subject_id
    where exists (select 1 from forth f where f.id = a.subject_id) and may_be_told(a.subject_id)
    order by a.told_at, a.id
$$;
