-- What the agency promises when it asks partners something: what may change because of what they say, what cannot, who decides, by when.
-- Afterwards those who were asked say whether it was kept. It hangs on the record about which they are asked, and is read with it.
create table influence_promise (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    question text not null,
    may_change text not null,
    cannot_change text not null,
    decided_by text not null,
    decide_on date not null,
    made_by uuid not null,
    created_at timestamptz not null,
    -- What was decided, and what changed by what was said.
    outcome text not null default '',
    outcome_by uuid,
    outcome_at timestamptz,
    -- Sums of what those asked said: of people who speak for themselves once so many of them have said it that nobody is known by it.
    asked integer not null default 0,
    kept integer not null default 0,
    partly integer not null default 0,
    not_kept integer not null default 0,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id),
    foreign key (agency_id, outcome_by) references membership (agency_id, id),
    check ((outcome = '') = (outcome_at is null)),
    check (kept + partly + not_kept <= asked)
);
create index influence_of_record on influence_promise (agency_id, subject_id);
create index influence_by_day on influence_promise (agency_id, decide_on desc, id);
select keep_within_agency('influence_promise', 'select, insert');
select keep_with_subject('influence_promise', 'subject_id');
-- What was promised is not rewritten once somebody has relied on it; only what came of it is added.
grant update (outcome, outcome_by, outcome_at, version) on influence_promise to app_login;
grant update on influence_promise to app_keeper;
create policy kept_insert on influence_promise as restrictive for insert to app_login
    with check ((select current_hat()) in ('director', 'staff') and outcome = '' and asked = 0);
create policy kept_update on influence_promise as restrictive for update to app_login using ((select current_hat()) in ('director', 'staff'));

-- Who was asked: a body, or somebody who spoke for themselves. Each says one word, and may say another later.
create table influence_word (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    promise_id uuid not null,
    partner_id uuid,
    membership_id uuid,
    word text check (word in ('kept', 'partly', 'not_kept')),
    note text not null default '',
    by_id uuid,
    said_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, promise_id) references influence_promise (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id),
    check ((partner_id is null) <> (membership_id is null)),
    check ((word is null) = (said_at is null)),
    check (word is not null or note = '')
);
create unique index influence_word_of_body on influence_word (agency_id, promise_id, partner_id) where partner_id is not null;
create unique index influence_word_of_person on influence_word (agency_id, promise_id, membership_id) where membership_id is not null;
create index influence_asked_body on influence_word (agency_id, partner_id);
create index influence_asked_person on influence_word (agency_id, membership_id);
select keep_within_agency('influence_word', 'select, insert');
grant update (word, note, by_id, said_at) on influence_word to app_login;
grant update on influence_word to app_keeper;
-- What a body says is read by its people and by the agency’s directors, staff and analysts; what a person says, by themselves.
select keep_to_audience('influence_word', '(membership_id = (select current_membership()) or partner_id = (select current_body())'
    ' or (partner_id is not null and (select current_hat()) in (''director'', ''staff'', ''analyst'')))');
create policy asked_insert on influence_word as restrictive for insert to app_login
    with check ((select current_hat()) in ('director', 'staff') and partner_id is not null and word is null);
create policy own_update on influence_word as restrictive for update to app_login
    using ((select current_hat()) = 'partner' and (membership_id = (select current_membership()) or partner_id = (select current_body())))
    with check ((select current_hat()) = 'partner' and by_id = (select current_membership())
        and (membership_id = (select current_membership()) or partner_id = (select current_body())));

-- Adds up what was said of one promise. For the keeper: nobody else sees what each person said.
create function add_up_influence(promise uuid, fewest integer) returns void language sql as $$
    update influence_promise p set asked = s.asked, kept = s.kept, partly = s.partly, not_kept = s.not_kept
    from (select count(*) as asked, count(*) filter (where w.word = 'kept') as kept, count(*) filter (where w.word = 'partly') as partly,
              count(*) filter (where w.word = 'not_kept') as not_kept
          from influence_word w
          where w.agency_id = current_agency() and w.promise_id = promise
            and (w.partner_id is not null or (select count(*) from influence_word o
                where o.agency_id = current_agency() and o.promise_id = promise and o.membership_id is not null and o.word is not null) >= fewest)) s
    where p.agency_id = current_agency() and p.id = promise
$$;
