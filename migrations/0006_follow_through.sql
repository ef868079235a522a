-- Goals, barriers, action plans, commitments and loops: what was agreed, what was done and who says that it was done.
create table goal (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    text text not null,
    owner_id uuid,
    owner_partner_id uuid,
    indicator text not null default '',
    unit text not null default '',
    baseline double precision,
    baseline_on date,
    target double precision,
    target_on date,
    story text not null default '',
    state text not null default 'proposed' check (state in ('proposed', 'in_force', 'met', 'set_aside')),
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, owner_id) references membership (agency_id, id),
    foreign key (agency_id, owner_partner_id) references partner (agency_id, id)
);
select keep_within_agency('goal');
select keep_with_subject('goal');
create table goal_value (
    agency_id uuid not null default current_agency() references agency (id),
    goal_id uuid not null,
    on_day date not null,
    value double precision not null,
    source text not null default '',
    entered_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, goal_id, on_day),
    foreign key (agency_id, goal_id) references goal (agency_id, id)
);
select keep_within_agency('goal_value');
select keep_with_subject('goal_value', 'goal_id');
-- Agreement attaches to a version, and to the person and body who gave it.
create table agreement (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    version integer not null,
    membership_id uuid not null,
    partner_id uuid,
    word text not null check (word in ('agreed', 'not_agreed')),
    note text not null default '',
    created_at timestamptz not null,
    primary key (agency_id, subject_id, version, membership_id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
select keep_within_agency('agreement');
select keep_with_subject('agreement', 'subject_id');

create table barrier (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    description text not null default '',
    level text not null check (level in ('practice', 'policy', 'structure')),
    groups text[] not null default '{}',
    owner_id uuid,
    owner_partner_id uuid,
    state text not null default 'open' check (state in ('open', 'in_work', 'removed', 'remains')),
    happened text not null default '',
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, owner_id) references membership (agency_id, id),
    foreign key (agency_id, owner_partner_id) references partner (agency_id, id)
);
select keep_within_agency('barrier');
select keep_with_subject('barrier');

create table plan (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    name text not null,
    purpose text not null default '',
    resources text not null default '',
    state text not null default 'in_work' check (state in ('in_work', 'done', 'set_aside')),
    outcome text not null default '',
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id)
);
select keep_within_agency('plan');
select keep_with_subject('plan');
create table plan_progress (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    plan_id uuid not null,
    percent smallint not null check (percent between 0 and 100),
    note text not null default '',
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, plan_id) references plan (agency_id, id)
);
create index plan_progress_of on plan_progress (agency_id, plan_id, created_at desc);
select keep_within_agency('plan_progress', 'select, insert');
select keep_with_subject('plan_progress', 'plan_id');

-- Who promised what to whom. Either side may promise. A step of a plan is a commitment with plan_id and owners on both sides.
create table commitment (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    what text not null,
    side text not null check (side in ('agency', 'partner')),
    promised_by uuid,
    promiser_partner_id uuid,
    promised_to_partner_id uuid,
    promised_to uuid,
    partner_owner_id uuid,
    plan_id uuid,
    due_on date not null,
    delegate_id uuid,
    state text not null default 'open' check (state in ('open', 'reported', 'confirmed', 'returned', 'released')),
    evidence text not null default '',
    reported_at timestamptz,
    reported_by uuid,
    confirmed_at timestamptz,
    confirmed_by uuid,
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, promised_by) references membership (agency_id, id),
    foreign key (agency_id, promiser_partner_id) references partner (agency_id, id),
    foreign key (agency_id, promised_to) references membership (agency_id, id),
    foreign key (agency_id, promised_to_partner_id) references partner (agency_id, id),
    foreign key (agency_id, partner_owner_id) references partner (agency_id, id),
    foreign key (agency_id, plan_id) references plan (agency_id, id),
    foreign key (agency_id, delegate_id) references membership (agency_id, id),
    check (promised_to is not null or promised_to_partner_id is not null)
);
create index commitment_by_due on commitment (agency_id, due_on, id);
create index commitment_of_plan on commitment (agency_id, plan_id);
select keep_within_agency('commitment');
select keep_with_subject('commitment');

-- What happened to a record of follow-through, in order: for commitments and loops. Words in `text` follow the record's audience.
create table happening (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    what text not null,
    text text not null default '',
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index happening_of on happening (agency_id, subject_id, created_at);
select keep_within_agency('happening', 'select, insert');
select keep_with_subject('happening', 'subject_id');
grant update (text) on happening to app_keeper;

create table loop (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null check (kind in ('question', 'concern', 'idea')),
    words text,
    raised_by uuid not null,
    raised_for_partner_id uuid,
    heir_id uuid,
    state text not null default 'raised' check (state in ('raised', 'acknowledged', 'review', 'answered', 'closed', 'withdrawn')),
    acknowledge_by date not null,
    answer_by date not null,
    acknowledged_at timestamptz,
    acknowledged_by uuid,
    answer text check (answer in ('done', 'will', 'not_possible')),
    answer_words text not null default '',
    answer_reason text not null default '',
    answer_due date,
    answered_at timestamptz,
    answered_by uuid,
    reviewed_by uuid,
    closed_at timestamptz,
    reopened smallint not null default 0,
    asked_again_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, raised_by) references membership (agency_id, id),
    foreign key (agency_id, heir_id) references membership (agency_id, id),
    foreign key (agency_id, raised_for_partner_id) references partner (agency_id, id),
    check (state not in ('answered', 'closed') or answer <> 'not_possible' or answer_reason <> ''),
    check (state not in ('review', 'answered', 'closed') or answer is not null)
);
create index loop_by_clock on loop (agency_id, answer_by, id);
select keep_within_agency('loop', 'select, insert, update');
select keep_with_subject('loop');
