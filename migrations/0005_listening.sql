-- Listening sessions, the people who spoke, their statements, themes.
create table series (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    community text not null default '',
    cohost_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, cohost_id) references partner (agency_id, id)
);
select keep_within_agency('series');

-- A session is a subject: audience agency while planned (body = co-host), partnership once announced.
create table listening_session (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    series_id uuid,
    title text not null,
    topic text not null default '',
    community text not null default '',
    cohost_id uuid,
    starts_at timestamptz not null,
    minutes integer not null default 120 check (minutes between 15 and 1440),
    zone text not null,
    place text not null default '',
    languages text[] not null default '{}',
    food text not null default '',
    child_care text not null default '',
    travel text not null default '',
    interpreter text not null default '',
    pay text not null default '',
    support_person text not null default '',
    stop_rule text not null default '',
    checkin_on date,
    checkin_done_at timestamptz,
    recording text not null check (recording in ('notes', 'summary', 'none')),
    for_minors boolean not null default false,
    invitation text not null default '',
    state text not null check (state in ('planned', 'announced', 'held', 'with_speakers', 'confirmed', 'closed', 'cancelled')),
    notice_read_at timestamptz,
    notice_read_by uuid,
    stopped_at timestamptz,
    held_at timestamptz,
    closed_at timestamptz,
    closed_word text not null default '',
    cancelled_because text not null default '',
    summary text not null default '',
    summary_agreed_with text not null default '',
    summary_agreed_at timestamptz,
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, series_id) references series (agency_id, id),
    foreign key (agency_id, cohost_id) references partner (agency_id, id),
    foreign key (agency_id, created_by) references membership (agency_id, id)
);
create index listening_session_by_day on listening_session (agency_id, starts_at desc, id);
select keep_within_agency('listening_session');
select keep_with_subject('listening_session');

create table session_duty (
    agency_id uuid not null default current_agency() references agency (id),
    session_id uuid not null,
    membership_id uuid not null,
    duty text not null check (duty in ('facilitator', 'note_taker')),
    primary key (agency_id, session_id, membership_id, duty),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('session_duty');
select keep_with_subject('session_duty', 'session_id');

create table session_invited (
    agency_id uuid not null default current_agency() references agency (id),
    session_id uuid not null,
    partner_id uuid not null,
    primary key (agency_id, session_id, partner_id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
select keep_within_agency('session_invited');
select keep_with_subject('session_invited', 'session_id');

-- How many came, by constituency; never who.
create table attendance (
    agency_id uuid not null default current_agency() references agency (id),
    session_id uuid not null,
    constituency text not null check (constituency in ('agency', 'tribes', 'community_partners', 'lived_experience', 'other')),
    number integer not null check (number between 0 and 100000),
    primary key (agency_id, session_id, constituency),
    foreign key (agency_id, session_id) references listening_session (agency_id, id)
);
select keep_within_agency('attendance');
select keep_with_subject('attendance', 'session_id');

-- What the agency acknowledged in the room: who said it, to whom.
create table acknowledgement (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    what text not null,
    said_by text not null,
    said_to text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id)
);
select keep_within_agency('acknowledgement');
select keep_with_subject('acknowledgement', 'session_id');

-- A speaker in one session and the consent card they filled in. Read only by that session's facilitators and note-takers,
-- and by the speaker. `label` is how they are shown ("a grandmother, Cedar Valley").
create table speaker (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    name text not null default '',
    label text not null,
    community text not null default '',
    card text not null check (card in ('without_name', 'with_name', 'do_not_write')),
    card_how text not null check (card_how in ('paper', 'qr', 'aloud')),
    partner_id uuid,
    membership_id uuid,
    minor boolean not null default false,
    minor_consent text not null default '',
    reach_how text not null default '' check (reach_how in ('', 'telephone', 'text', 'email', 'letter', 'through')),
    reach_at text not null default '',
    reach_hours text not null default '',
    reach_through text not null default '',
    may_leave_message boolean not null default false,
    may_name_agency boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create index speaker_of_session on speaker (agency_id, session_id);
create index speaker_of_member on speaker (agency_id, membership_id);
select keep_within_agency('speaker');
select keep_to_audience('speaker', '(membership_id = (select current_membership()) or exists (select 1 from session_duty d '
    'where d.agency_id = speaker.agency_id and d.session_id = speaker.session_id and d.membership_id = (select current_membership())))');

-- What was heard. A subject: while a draft its audience is author (the speaker) and its readers are named; afterwards its own.
-- `shown_as` is the attribution as everybody sees it. Consent per use; `consent_version` counts every change of it.
create table statement (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    session_id uuid not null,
    speaker_id uuid,
    body_id uuid,
    words text,
    folded text,
    language text not null default 'en',
    attribution text not null check (attribution in ('named', 'role', 'community', 'anonymous')),
    shown_as text not null default '',
    sensitivity text not null default '',
    wanted_audience text not null check (wanted_audience in ('author', 'body', 'leadership', 'agency', 'partnership', 'public')),
    may_keep boolean not null default false,
    may_quote boolean not null default false,
    may_name boolean not null default false,
    may_export boolean not null default false,
    may_publish boolean not null default false,
    may_research boolean not null default false,
    consent_version integer not null default 1,
    state text not null check (state in ('draft', 'with_speaker', 'confirmed', 'corrected', 'struck', 'withdrawn')),
    written_by uuid not null,
    confirmed_how text check (confirmed_how in ('read_back', 'member', 'link', 'telephone', 'paper', 'through')),
    confirmed_at timestamptz,
    witness text not null default '',
    owner_id uuid,
    next_step text not null default '',
    next_on date,
    version integer not null default 1,
    created_at timestamptz not null,
    withdrawn_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, session_id) references listening_session (agency_id, id),
    foreign key (agency_id, speaker_id) references speaker (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, written_by) references membership (agency_id, id),
    foreign key (agency_id, owner_id) references membership (agency_id, id),
    check (words is not null or state in ('struck', 'withdrawn'))
);
create index statement_of_session on statement (agency_id, session_id, created_at);
create index statement_by_time on statement (agency_id, created_at desc, id);
select keep_within_agency('statement', 'select, insert, update', true);
select keep_with_subject('statement');
-- An analyst's use is the export: without that consent the words do not exist for them.
select keep_to_audience('statement', '((select current_hat()) <> ''analyst'' or may_export)', 'use');

-- Every change of consent, by whom and how.
create table consent_change (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    statement_id uuid not null,
    version integer not null,
    uses text[] not null,
    audience text not null,
    how text not null,
    by_id uuid,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, statement_id) references statement (agency_id, id)
);
select keep_within_agency('consent_change', 'select, insert', true);
select keep_with_subject('consent_change', 'statement_id');

-- A link sent to one person about one record: stored hashed, spent by the answer and not by opening it.
create table return_link (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    token_hash bytea not null,
    subject_id uuid not null,
    purpose text not null check (purpose in ('confirm', 'withdraw', 'loop')),
    made_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    spent_at timestamptz,
    primary key (agency_id, id),
    unique (agency_id, token_hash),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
create index return_link_by_token on return_link (token_hash);
create index return_link_of on return_link (agency_id, subject_id);
select keep_within_agency('return_link', 'select, insert, update', true);
select keep_with_subject('return_link', 'subject_id');
create policy look_up on return_link for select to app_system using (true);
grant select on return_link to app_system;

create table theme (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    description text not null default '',
    from_field boolean not null default false,
    version integer not null default 1,
    created_by uuid,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id)
);
select keep_within_agency('theme');
select keep_with_subject('theme');
