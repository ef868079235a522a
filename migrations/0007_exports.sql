-- Exports are jobs that make a stored file; each notes the consent of every row it carries, so that a withdrawal can void it.
create table export (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    what text not null check (what in ('partners', 'outreach', 'sessions', 'statements', 'themes', 'barriers', 'goals', 'plans', 'commitments', 'loops')),
    format text not null check (format in ('csv', 'xlsx')),
    filters jsonb not null default '{}',
    state text not null check (state in ('waiting', 'ready', 'void', 'failed', 'expired')),
    row_count bigint not null default 0,
    consent_state text not null default '',
    file_id uuid,
    asked_by uuid not null,
    created_at timestamptz not null,
    ready_at timestamptz,
    void_at timestamptz,
    void_because text not null default '',
    primary key (agency_id, id),
    foreign key (agency_id, asked_by) references membership (agency_id, id),
    foreign key (agency_id, file_id) references file (agency_id, id)
);
create index export_by_time on export (agency_id, created_at desc);
select keep_within_agency('export');
select keep_to_audience('export', '((select current_hat()) in (''director'', ''staff'', ''analyst''))');
-- The contributed records in an export, with the version of consent they were taken under.
create table export_row (
    agency_id uuid not null default current_agency() references agency (id),
    export_id uuid not null,
    subject_id uuid not null,
    consent_version integer not null,
    primary key (agency_id, export_id, subject_id),
    foreign key (agency_id, export_id) references export (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
create index export_row_of on export_row (agency_id, subject_id);
select keep_within_agency('export_row');
select keep_to_audience('export_row', '(exists (select 1 from export e where e.agency_id = export_row.agency_id and e.id = export_row.export_id))');
create table export_taken (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    export_id uuid not null,
    taken_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, export_id) references export (agency_id, id),
    foreign key (agency_id, taken_by) references membership (agency_id, id)
);
create index export_taken_of on export_taken (agency_id, export_id);
select keep_within_agency('export_taken', 'select, insert');
select keep_to_audience('export_taken', '(exists (select 1 from export e where e.agency_id = export_taken.agency_id and e.id = export_taken.export_id))');

-- The recall list: what already carries withdrawn words, as tasks. The withdrawer sees each through the subject.
create table recall (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    export_id uuid,
    what text not null,
    taken_by uuid,
    taken_by_name text not null default '',
    taken_at timestamptz,
    state text not null default 'open' check (state in ('open', 'deleted', 'replaced', 'notice_sent', 'cannot')),
    because text not null default '',
    done_by uuid,
    done_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, export_id) references export (agency_id, id),
    check (state <> 'cannot' or because <> '')
);
create index recall_of on recall (agency_id, subject_id);
select keep_within_agency('recall', 'select, insert, update', true);
select keep_to_audience('recall', '((select current_hat()) in (''director'', ''staff'') or taken_by = (select current_membership()) '
    'or exists (select 1 from subject s where s.agency_id = recall.agency_id and s.id = recall.subject_id))');
