-- Around a partner: former names, who represents it, outreach, ratings, imports, merges.
create table partner_name (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    name text not null,
    folded text not null,
    source text not null default '',
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
create index partner_name_folded on partner_name (agency_id, folded);
create index partner_name_of on partner_name (agency_id, partner_id);
select keep_within_agency('partner_name');

create table representative (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    membership_id uuid,
    name text not null,
    position text not null default '',
    mandate text not null default '',
    may_bind boolean not null default false,
    starts_on date not null,
    ends_on date,
    handover_note text not null default '',
    handover_done_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create index representative_of on representative (agency_id, partner_id);
select keep_within_agency('representative');
select keep_to_audience('representative', '((select current_hat()) in (''director'', ''staff'', ''analyst'') or partner_id = (select current_body()))');

-- Outreach entries are subjects (audience agency, body = the partner they speak of).
create table outreach (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    held_on date not null,
    went_id uuid not null,
    delegate_reason text not null default '',
    how text not null check (how in ('visit', 'meeting', 'telephone', 'video', 'letter', 'email', 'event')),
    said text not null default '',
    next_step text not null default '',
    next_on date,
    done_at timestamptz,
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, went_id) references membership (agency_id, id)
);
create index outreach_of on outreach (agency_id, partner_id, held_on desc);
select keep_within_agency('outreach');
select keep_with_subject('outreach');

-- One rating per side and day, never overwritten. A kept rating has no value here; the value stands in rating_kept.
create table rating (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    side text not null check (side in ('agency', 'partner')),
    value smallint check (value between 1 and 9),
    kept boolean not null default false,
    note text not null default '',
    rated_on date not null,
    rated_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, rated_by) references membership (agency_id, id),
    check (kept = (value is null) and (not kept or side = 'partner'))
);
create index rating_of on rating (agency_id, partner_id, side, created_at desc);
select keep_within_agency('rating', 'select, insert');
select keep_to_audience('rating', '((select sees_landscape()) or partner_id = (select current_body()))');
create table rating_kept (
    agency_id uuid not null default current_agency() references agency (id),
    rating_id uuid not null,
    partner_id uuid not null,
    value smallint not null check (value between 1 and 9),
    note text not null default '',
    primary key (agency_id, rating_id),
    foreign key (agency_id, rating_id) references rating (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
select keep_within_agency('rating_kept', 'select, insert');
select keep_to_audience('rating_kept', '(partner_id = (select current_body()))');

-- Names of Tribes from a national list: a look-up from which a person picks; never partners by themselves.
create table listed_name (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    list text not null check (list in ('bia', 'epa')),
    official_id text not null,
    name text not null,
    folded text not null,
    states text not null default '',
    alternates text[] not null default '{}',
    import_id uuid not null,
    partner_id uuid,
    primary key (agency_id, id),
    unique (agency_id, list, official_id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
create index listed_name_folded on listed_name (agency_id, folded);
select keep_within_agency('listed_name');

create table import (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    file_id uuid not null,
    file_name text not null,
    what text not null default 'partners' check (what in ('partners', 'bia', 'epa')),
    mapping jsonb not null default '{}',
    notes jsonb not null default '[]',
    state text not null check (state in ('uploaded', 'checked', 'done', 'dropped')),
    row_count integer not null default 0,
    made_by uuid not null,
    created_at timestamptz not null,
    done_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, file_id) references file (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
create table import_row (
    agency_id uuid not null default current_agency() references agency (id),
    import_id uuid not null,
    number integer not null,
    outcome text not null check (outcome in ('added', 'same', 'changed', 'double', 'refused', 'listed', 'left')),
    reason text not null default '',
    fields jsonb not null default '{}',
    partner_id uuid,
    choice text check (choice in ('add', 'merge', 'leave')),
    primary key (agency_id, import_id, number),
    foreign key (agency_id, import_id) references import (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
select keep_within_agency('import');
select keep_to_audience('import', '((select current_hat()) in (''director'', ''staff''))');
select keep_within_agency('import_row');
select keep_to_audience('import_row', '((select current_hat()) in (''director'', ''staff''))');
alter table partner add foreign key (agency_id, import_id) references import (agency_id, id);

-- A merge of two entries of one body; can be undone for 30 days from what `moved` holds (ids only).
create table merge (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kept_id uuid not null,
    gone_id uuid not null,
    state text not null check (state in ('proposed', 'done', 'undone', 'refused')),
    moved jsonb not null default '{}',
    asked_by uuid not null,
    steward_id uuid,
    steward_word_at timestamptz,
    created_at timestamptz not null,
    done_at timestamptz,
    undo_until timestamptz,
    undone_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, kept_id) references partner (agency_id, id),
    foreign key (agency_id, gone_id) references partner (agency_id, id),
    foreign key (agency_id, asked_by) references membership (agency_id, id)
);
select keep_within_agency('merge');
select keep_to_audience('merge', '((select current_hat()) in (''director'', ''staff'') or kept_id = (select current_body()) or gone_id = (select current_body()))');
