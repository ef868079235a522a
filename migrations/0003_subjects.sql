-- What every record has in common: a row in `subject` that says what it is and who may read it. Comments, loops, evidence,
-- audit entries and exports refer to it; what hangs on a subject is visible when the subject is, and its own audience allows it.
create table subject (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null,
    title text not null,
    path text not null,
    audience text not null check (audience in ('author', 'body', 'leadership', 'agency', 'partnership', 'public')),
    body_id uuid,
    author_id uuid,
    version integer not null default 1,
    withdrawn_at timestamptz,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, author_id) references membership (agency_id, id)
);
create index subject_by_kind on subject (agency_id, kind, created_at desc);
create index subject_of_body on subject (agency_id, body_id);

-- Named readers beyond the audience: the facilitators and the note-taker of a draft.
create table subject_reader (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    membership_id uuid not null,
    primary key (agency_id, subject_id, membership_id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('subject_reader');
select keep_within_agency('subject', 'select, insert, update', true);
select keep_to_audience('subject', '(id = (select current_link()) or ' || audience_rule('audience', 'body_id', 'author_id')
    || ' or exists (select 1 from subject_reader r where r.agency_id = subject.agency_id and r.subject_id = subject.id '
    'and r.membership_id = (select current_membership())))');

-- A table whose rows are the records themselves: visible when their subject is.
create function keep_with_subject(kept regclass, id_column text default 'id')
returns void language plpgsql as $$
begin
    perform keep_to_audience(kept, format('(exists (select 1 from subject s where s.agency_id = %1$s.agency_id and s.id = %1$s.%2$s))',
        kept, id_column), 'subject_of_' || id_column);
end $$;

-- The chain: one row joins two subjects. kind says how `from` rests on, serves or comes from `to`.
create table edge (
    agency_id uuid not null default current_agency() references agency (id),
    from_id uuid not null,
    to_id uuid not null,
    kind text not null check (kind in ('source', 'evidence', 'addresses', 'serves', 'step_of', 'raised_from', 'answered_by', 'promised_in', 'heard_in')),
    by_id uuid not null,
    note text not null default '',
    created_at timestamptz not null,
    primary key (agency_id, from_id, to_id, kind, by_id),
    foreign key (agency_id, from_id) references subject (agency_id, id),
    foreign key (agency_id, to_id) references subject (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index edge_back on edge (agency_id, to_id, kind);
select keep_within_agency('edge');
select keep_with_subject('edge', 'from_id');
select keep_with_subject('edge', 'to_id');

-- Former versions of a record's text, by field.
create table revision (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    version integer not null,
    fields jsonb not null,
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, subject_id, version),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
select keep_within_agency('revision', 'select, insert');
select keep_with_subject('revision', 'subject_id');
grant update (fields) on revision to app_keeper;

-- Who changed what: names and lengths of fields, never contributed words. Append only.
create table audit (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    at timestamptz not null,
    actor_id uuid,
    actor_name text not null,
    action text not null,
    subject_id uuid,
    kind text not null,
    fields jsonb not null default '{}',
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
create index audit_of_subject on audit (agency_id, subject_id, at);
select keep_within_agency('audit', 'select, insert', true);
select keep_to_audience('audit', '((subject_id is null and (select current_hat()) in (''director'', ''administrator'')) or actor_id = (select current_membership()) '
    'or exists (select 1 from subject s where s.agency_id = audit.agency_id and s.id = audit.subject_id))');

-- Who read or took partner-owned words. Append only.
create table reading (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    at timestamptz not null,
    membership_id uuid not null,
    subject_id uuid not null,
    how text not null check (how in ('viewed', 'exported', 'downloaded')),
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create index reading_of_subject on reading (agency_id, subject_id, at);
select keep_within_agency('reading', 'select, insert');
select keep_with_subject('reading', 'subject_id');

-- The same form sent twice answers the same redirect.
create table idempotency (
    agency_id uuid not null default current_agency() references agency (id),
    actor uuid not null,
    key text not null,
    body_hash bytea not null,
    redirect text not null,
    flash text not null,
    created_at timestamptz not null,
    primary key (agency_id, actor, key)
);
select keep_within_agency('idempotency', 'select, insert, update, delete', true);

-- Files in chunks of at most 256 KiB, under the same fences as everything else.
create table file (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    mime text not null,
    size bigint not null,
    sha256 bytea not null,
    owner_id uuid not null,
    shared boolean not null default false,
    created_at timestamptz not null,
    expires_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, owner_id) references membership (agency_id, id)
);
create table file_chunk (
    agency_id uuid not null default current_agency() references agency (id),
    file_id uuid not null,
    n integer not null,
    bytes bytea not null check (octet_length(bytes) <= 262144),
    primary key (agency_id, file_id, n),
    foreign key (agency_id, file_id) references file (agency_id, id) on delete cascade
);
select keep_within_agency('file');
select keep_to_audience('file', '(shared or owner_id = (select current_membership()))');
select keep_within_agency('file_chunk');
select keep_to_audience('file_chunk', '(exists (select 1 from file f where f.agency_id = file_chunk.agency_id and f.id = file_chunk.file_id))');

-- Work for later. The one listed exception to forced row security; its agency is called for_agency.
create table job (
    id uuid primary key,
    for_agency uuid not null references agency (id),
    membership_id uuid,
    kind text not null,
    payload jsonb not null,
    run_at timestamptz not null,
    attempts smallint not null default 0,
    claimed_until timestamptz,
    done_at timestamptz,
    failed_at timestamptz,
    error text
);
create index job_due on job (run_at) where done_at is null and failed_at is null;
alter table job enable row level security;
create policy queue on job for insert to app_login, app_keeper with check (for_agency = (select current_agency()));
create policy own on job for select to app_login, app_keeper using (for_agency = (select current_agency()));
create policy work on job to app_system using (true) with check (true);
grant select, insert on job to app_login, app_keeper;
grant select, update on job to app_system;

-- Comments on any subject, threaded one level.
create table comment (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    parent_id uuid,
    author_id uuid not null,
    body_id uuid,
    as_body boolean not null default false,
    audience text not null check (audience in ('author', 'body', 'leadership', 'agency', 'partnership', 'public')),
    words text,
    version integer not null default 1,
    hidden_reason text,
    hidden_because text check (hidden_because in ('identifying', 'threat', 'spam')),
    hidden_passage text,
    hidden_by uuid,
    moderator_asked_at timestamptz,
    withdrawn_at timestamptz,
    created_at timestamptz not null,
    edited_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, parent_id) references comment (agency_id, id),
    foreign key (agency_id, author_id) references membership (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id)
);
create index comment_of_subject on comment (agency_id, subject_id, created_at);
select keep_within_agency('comment');
select keep_with_subject('comment', 'subject_id');
select keep_to_audience('comment', audience_rule('audience', 'body_id', 'author_id'));
create table comment_revision (
    agency_id uuid not null default current_agency() references agency (id),
    comment_id uuid not null,
    version integer not null,
    words text,
    created_at timestamptz not null,
    primary key (agency_id, comment_id, version),
    foreign key (agency_id, comment_id) references comment (agency_id, id)
);
select keep_within_agency('comment_revision', 'select, insert');
grant update (words) on comment_revision to app_keeper;
select keep_to_audience('comment_revision', '(exists (select 1 from comment c where c.agency_id = comment_revision.agency_id and c.id = comment_revision.comment_id))');

-- A record that lost a source is to be read again by somebody.
create table rereading (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    reason text not null,
    created_at timestamptz not null,
    done_at timestamptz,
    done_by uuid,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
create index rereading_of_subject on rereading (agency_id, subject_id);
select keep_within_agency('rereading');
select keep_with_subject('rereading', 'subject_id');
