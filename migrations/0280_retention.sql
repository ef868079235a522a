-- Retention and legal hold. What may go and when is said in a schedule; that it goes is decided by two people; words of a body go
-- only with its steward's word; what is held stays. Words that somebody takes back under a hold set before leave every page all the
-- same: they are sealed, read by nobody here, and destroyed when the hold ends.
create table retention_rule (
    agency_id uuid not null default current_agency() references agency (id),
    kind text not null check (kind in ('statement', 'loop', 'session', 'outreach', 'commitment')),
    years smallint check (years between 1 and 100),
    source text not null default '',
    version integer not null default 1,
    set_by uuid not null,
    set_at timestamptz not null,
    primary key (agency_id, kind),
    foreign key (agency_id, set_by) references membership (agency_id, id),
    check (years is null or source <> '')
);
select keep_within_agency('retention_rule', 'select, insert, update');
select keep_to_audience('retention_rule', '((select current_hat()) in (''director'', ''administrator'') or (select is_steward_of((select current_body()))))');
create policy set_insert on retention_rule as restrictive for insert to app_login
    with check (set_by = (select current_membership()) and (select current_hat()) = 'administrator');
create policy set_update on retention_rule as restrictive for update to app_login
    using ((select current_hat()) = 'administrator') with check (set_by = (select current_membership()));

create table legal_hold (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    scope text not null check (scope in ('record', 'matter', 'everything')),
    subject_id uuid,
    reason text not null,
    authority text not null,
    from_on date not null,
    set_by uuid not null,
    set_at timestamptz not null,
    lifted_by uuid,
    lifted_at timestamptz,
    lifted_because text not null default '',
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, set_by) references membership (agency_id, id),
    foreign key (agency_id, lifted_by) references membership (agency_id, id),
    check ((scope = 'everything') = (subject_id is null)),
    check ((lifted_at is null) = (lifted_by is null))
);
create index legal_hold_in_force on legal_hold (agency_id, subject_id) where lifted_at is null;
select keep_within_agency('legal_hold', 'select, insert, update');
-- A hold on something that the reader may not see is not told to them.
select keep_to_audience('legal_hold', $$((select current_hat()) in ('director', 'administrator') and (subject_id is null
    or exists (select 1 from subject s where s.agency_id = legal_hold.agency_id and s.id = legal_hold.subject_id)))$$);
create function legal_hold_may_be(new legal_hold) returns boolean language plpgsql stable as $$
declare
    old legal_hold;
begin
    select h.* into old from legal_hold h where h.agency_id = new.agency_id and h.id = new.id;
    if old.id is null then
        return current_hat() in ('director', 'administrator') and new.set_by = current_membership() and new.lifted_at is null;
    end if;
    -- A director ends it, once; what it said stays as it was.
    return current_hat() = 'director' and old.lifted_at is null and new.lifted_by = current_membership()
        and (new.scope, new.reason, new.authority, new.from_on, new.set_by, new.set_at) = (old.scope, old.reason, old.authority, old.from_on, old.set_by, old.set_at)
        and new.subject_id is not distinct from old.subject_id;
end $$;
create policy set_insert on legal_hold as restrictive for insert to app_login with check (legal_hold_may_be(legal_hold));
create policy lifted_update on legal_hold as restrictive for update to app_login using (true) with check (legal_hold_may_be(legal_hold));

-- The holds in force that a record lies under, as far as the asker may know: its own, one on everything, and one on a matter: what
-- was heard in a session, what a body contributed, the steps of a plan, and what is joined to the record that the hold names.
create function holds_of(record uuid) returns setof uuid language sql stable as $$
    select h.id from legal_hold h
    where h.agency_id = current_agency() and h.lifted_at is null and (h.scope = 'everything' or h.subject_id = record
        or (h.scope = 'matter' and (
            exists (select 1 from statement t where t.agency_id = h.agency_id and t.id = record and t.session_id = h.subject_id)
            or exists (select 1 from outreach o where o.agency_id = h.agency_id and o.id = record and o.partner_id = h.subject_id)
            or exists (select 1 from commitment c where c.agency_id = h.agency_id and c.id = record and c.plan_id = h.subject_id)
            or exists (select 1 from subject s where s.agency_id = h.agency_id and s.id = record and s.body_id = h.subject_id)
            or exists (select 1 from edge e where e.agency_id = h.agency_id and e.from_id = record and e.to_id = h.subject_id)
            or exists (select 1 from edge e where e.agency_id = h.agency_id and e.to_id = record and e.from_id = h.subject_id))))
$$;

-- What is kept under a hold: that something is kept is told to whoever took it back and to those who answer for the hold; what it
-- says is read by nobody here.
create table sealed (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    subject_id uuid not null,
    comment_id uuid,
    sealed_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, comment_id) references comment (agency_id, id)
);
create index sealed_of on sealed (agency_id, subject_id);
select keep_within_agency('sealed', 'select, insert, update', true);
select keep_to_audience('sealed', $$(case when comment_id is null
    then exists (select 1 from subject s where s.agency_id = sealed.agency_id and s.id = sealed.subject_id
        and ((select current_hat()) in ('director', 'administrator') or s.author_id = (select current_membership())
            or s.id = (select current_link()) or s.speaker_id = (select current_link())
            or (s.body_id = (select current_body()) and (select is_steward_of((select current_body()))))))
    else exists (select 1 from comment c where c.agency_id = sealed.agency_id and c.id = sealed.comment_id
        and ((select current_hat()) = 'director' or c.author_id = (select current_membership()))) end)$$);
create policy keepers_insert on sealed as restrictive for insert to app_login with check (false);
create policy keepers_update on sealed as restrictive for update to app_login using (false);
create table sealed_text (
    agency_id uuid not null default current_agency() references agency (id),
    sealed_id uuid not null,
    number integer not null,
    words bytea not null,
    primary key (agency_id, sealed_id, number),
    foreign key (agency_id, sealed_id) references sealed (agency_id, id)
);
select keep_within_agency('sealed_text', 'select, insert, delete');
select keep_to_audience('sealed_text', '(false)');
create policy keepers_insert on sealed_text as restrictive for insert to app_login with check (false);
create table sealed_under (
    agency_id uuid not null default current_agency() references agency (id),
    sealed_id uuid not null,
    hold_id uuid not null,
    primary key (agency_id, sealed_id, hold_id),
    foreign key (agency_id, sealed_id) references sealed (agency_id, id),
    foreign key (agency_id, hold_id) references legal_hold (agency_id, id)
);
select keep_within_agency('sealed_under', 'select, insert');
select keep_to_audience('sealed_under', '(false)');
create policy keepers_insert on sealed_under as restrictive for insert to app_login with check (false);

-- One after the other in an agency: setting and ending holds, decisions, words of bodies, and what they destroy; a withdrawal waits
-- for whoever is at it, and withdrawals beside each other wait for nobody.
create function retention_turn() returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('retention ' || current_agency(), 0))
$$;

-- Before words are taken back. For the keeper, who sees every hold.
create function seal_if_held(record uuid, of_comment uuid, texts text[], moment timestamptz) returns void language plpgsql as $$
declare
    holds uuid[];
    kept uuid := gen_random_uuid();
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('retention ' || current_agency(), 0));
    holds := array(select holds_of(record));
    if holds = '{}' or coalesce(array_length(texts, 1), 0) = 0 then
        return;
    end if;
    insert into sealed (agency_id, id, subject_id, comment_id, sealed_at) values (current_agency(), kept, record, of_comment, moment);
    insert into sealed_text (agency_id, sealed_id, number, words)
    select current_agency(), kept, t.n, convert_to(t.words, 'UTF8') from unnest(texts) with ordinality t(words, n);
    insert into sealed_under (agency_id, sealed_id, hold_id) select current_agency(), kept, one from unnest(holds) one;
end $$;
-- When a hold has ended. What lies under another one stays sealed.
create function open_seals(hold uuid, moment timestamptz) returns void language plpgsql as $$
declare
    over uuid[] := array(select u.sealed_id from sealed_under u where u.agency_id = current_agency() and u.hold_id = hold
        and not exists (select 1 from sealed_under o join legal_hold h on h.agency_id = o.agency_id and h.id = o.hold_id
            where o.agency_id = u.agency_id and o.sealed_id = u.sealed_id and h.lifted_at is null));
begin
    delete from sealed_text where agency_id = current_agency() and sealed_id = any (over);
    update sealed set ended_at = moment where agency_id = current_agency() and id = any (over) and ended_at is null;
end $$;

-- Two people: an administrator proposes, a director decides who is somebody else.
create table destruction (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    kind text not null check (kind in ('statement', 'loop', 'session', 'outreach', 'commitment')),
    closed_before date not null,
    source text not null,
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    decision text check (decision in ('destroy', 'keep')),
    because text not null default '',
    decided_by uuid,
    decided_at timestamptz,
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, proposed_by) references membership (agency_id, id),
    foreign key (agency_id, decided_by) references membership (agency_id, id),
    check ((decision is null) = (decided_by is null))
);
create unique index destruction_waiting on destruction (agency_id, kind) where decision is null;
create index destruction_by_time on destruction (agency_id, proposed_at desc, id);
select keep_within_agency('destruction', 'select, insert, update');
-- Which body is asked for its word: that it is asked tells that something of it is there, so it is told to its stewards alone.
create table destruction_word (
    agency_id uuid not null default current_agency() references agency (id),
    destruction_id uuid not null,
    partner_id uuid not null,
    word text check (word in ('given', 'refused')),
    steward_id uuid,
    said_at timestamptz,
    primary key (agency_id, destruction_id, partner_id),
    foreign key (agency_id, destruction_id) references destruction (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, steward_id) references membership (agency_id, id)
);
select keep_within_agency('destruction_word', 'select, insert, update');
select keep_to_audience('destruction_word', '(partner_id = (select current_body()) and (select is_steward_of((select current_body()))))');
create policy keepers_insert on destruction_word as restrictive for insert to app_login with check (false);
create policy said_update on destruction_word as restrictive for update to app_login using (word is null)
    with check (steward_id = (select current_membership()) and word is not null);
-- What was due when it was proposed: a body says its word on this, and nothing is added later.
create table destruction_item (
    agency_id uuid not null default current_agency() references agency (id),
    destruction_id uuid not null,
    subject_id uuid not null,
    primary key (agency_id, destruction_id, subject_id),
    foreign key (agency_id, destruction_id) references destruction (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id)
);
select keep_within_agency('destruction_item', 'select, insert');
select keep_to_audience('destruction_item', '(false)');
create policy keepers_insert on destruction_item as restrictive for insert to app_login with check (false);
select keep_to_audience('destruction', $$((select current_hat()) in ('director', 'administrator')
    or exists (select 1 from destruction_word w where w.agency_id = destruction.agency_id and w.destruction_id = destruction.id))$$);
create function destruction_may_be(new destruction) returns boolean language plpgsql stable as $$
declare
    old destruction;
begin
    select d.* into old from destruction d where d.agency_id = new.agency_id and d.id = new.id;
    if old.id is null then
        return current_hat() = 'administrator' and new.proposed_by = current_membership() and new.decision is null;
    end if;
    return current_hat() = 'director' and old.decision is null and new.decided_by = current_membership()
        and (new.kind, new.closed_before, new.source, new.proposed_by, new.proposed_at)
            = (old.kind, old.closed_before, old.source, old.proposed_by, old.proposed_at)
        and not exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = old.proposed_by and m.account_id = current_account());
end $$;
create policy proposed_insert on destruction as restrictive for insert to app_login with check (destruction_may_be(destruction));
create policy decided_update on destruction as restrictive for update to app_login using (true) with check (destruction_may_be(destruction));

-- The mark that stays of a record, for whoever could read it.
create table destroyed (
    agency_id uuid not null default current_agency() references agency (id),
    subject_id uuid not null,
    destruction_id uuid not null,
    at timestamptz not null,
    primary key (agency_id, subject_id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, destruction_id) references destruction (agency_id, id)
);
create index destroyed_by on destroyed (agency_id, destruction_id);
select keep_within_agency('destroyed', 'select, insert', true);
select keep_with_subject('destroyed', 'subject_id');
create policy keepers_insert on destroyed as restrictive for insert to app_login with check (false);

-- The records of a kind that were closed before a day, with the day, as far as the asker may see them. What was destroyed or taken
-- back is not among them.
create function closed_records(of_kind text, before date, zone text) returns table (id uuid, closed_on date) language sql stable as $$
    select s.id, c.closed_on
    from subject s
    cross join lateral (select case s.kind
        when 'statement' then (select (coalesce(l.closed_at, l.starts_at) at time zone zone)::date
            from statement t join listening_session l on l.agency_id = t.agency_id and l.id = t.session_id
            where t.agency_id = s.agency_id and t.id = s.id and t.words is not null and l.state in ('closed', 'cancelled'))
        when 'loop' then (select (l.closed_at at time zone zone)::date from loop l
            where l.agency_id = s.agency_id and l.id = s.id and l.state = 'closed' and l.words is not null)
        when 'session' then (select (coalesce(l.closed_at, l.starts_at) at time zone zone)::date from listening_session l
            where l.agency_id = s.agency_id and l.id = s.id and l.state in ('closed', 'cancelled'))
        when 'outreach' then (select greatest(o.held_on, (o.done_at at time zone zone)::date) from outreach o
            where o.agency_id = s.agency_id and o.id = s.id and (o.next_on is null or o.done_at is not null))
        when 'commitment' then (select coalesce((m.confirmed_at at time zone zone)::date, greatest(m.due_on,
                (select (max(h.created_at) at time zone zone)::date from happening h where h.agency_id = m.agency_id and h.subject_id = m.id))) from commitment m
            where m.agency_id = s.agency_id and m.id = s.id and m.state in ('confirmed', 'released')) end as closed_on) c
    where s.agency_id = current_agency() and s.kind = of_kind and c.closed_on < before and s.withdrawn_at is null
      -- What its author keeps to themselves is nobody else's to let go.
      and s.audience <> 'author'
      and not exists (select 1 from destroyed d where d.agency_id = s.agency_id and d.subject_id = s.id)
$$;
-- The bodies whose words are in a record: its own, and of those who commented on it.
create function bodies_in(record uuid) returns setof uuid language sql stable as $$
    select s.body_id from subject s where s.agency_id = current_agency() and s.id = record and s.body_id is not null
    union
    select m.partner_id from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
    where c.agency_id = current_agency() and c.subject_id = record and c.words is not null and m.partner_id is not null
$$;
-- Asks every body whose words would go. For the keeper.
create function ask_bodies(asked_by uuid, zone text) returns void language sql as $$
    insert into destruction_item (agency_id, destruction_id, subject_id)
    select d.agency_id, d.id, r.id from destruction d, closed_records(d.kind, d.closed_before, zone) r
    where d.agency_id = current_agency() and d.id = asked_by;
    insert into destruction_word (agency_id, destruction_id, partner_id)
    select d.agency_id, d.id, b.body
    from destruction d, closed_records(d.kind, d.closed_before, zone) r, lateral (select bodies_in(r.id) as body) b
    where d.agency_id = current_agency() and d.id = asked_by and not exists (select holds_of(r.id))
    group by 1, 2, 3
$$;
-- What goes now by a director's decision: what is not held, and whose bodies have all given their word. A session stays while words
-- that were heard in it are there. For the keeper.
create function may_go(decision_of uuid, zone text) returns table (id uuid, kind text) language sql stable as $$
    select r.id, d.kind
    from destruction d, closed_records(d.kind, d.closed_before, zone) r
    where d.agency_id = current_agency() and d.id = decision_of and d.decision = 'destroy'
      and exists (select 1 from destruction_item i where i.agency_id = d.agency_id and i.destruction_id = d.id and i.subject_id = r.id)
      and not exists (select holds_of(r.id))
      -- With a question goes the promise that its answer made.
      and not exists (select holds_of(l.promise_id) from loop l where l.agency_id = d.agency_id and l.id = r.id and l.promise_id is not null)
      and not exists (select 1 from bodies_in(r.id) b(body) where not exists (select 1 from destruction_word w
          where w.agency_id = d.agency_id and w.destruction_id = d.id and w.partner_id = b.body and w.word = 'given'))
      and not (d.kind = 'session' and exists (select 1 from statement t where t.agency_id = d.agency_id and t.session_id = r.id and t.words is not null))
$$;
-- Everything about a record but the words of statements and questions, which go as when they are taken back. For the keeper.
create function destroy_around(record uuid, decision_of uuid, moment timestamptz) returns void language plpgsql as $$
declare
    agency uuid := current_agency();
    said record;
    mark text := 'Destroyed under the retention schedule';
begin
    for said in select c.id, array_remove(array[c.words] || array(select h.words from comment_hidden h where h.agency_id = agency and h.comment_id = c.id)
            || array(select r.words from comment_revision r where r.agency_id = agency and r.comment_id = c.id), null) as texts
        from comment c where c.agency_id = agency and c.subject_id = record and c.withdrawn_at is null
    loop
        perform erase_copies(said.texts, said.id, moment);
        update comment set words = null, hidden_reason = null, hidden_because = null, hidden_passage = null, withdrawn_at = moment, version = version + 1
        where agency_id = agency and id = said.id;
        update comment_revision set words = null where agency_id = agency and comment_id = said.id;
        delete from comment_hidden where agency_id = agency and comment_id = said.id;
    end loop;
    update revision set fields = '{}' where agency_id = agency and subject_id = record;
    update happening set text = '' where agency_id = agency and subject_id = record;
    update rereading set reason = mark where agency_id = agency and subject_id = record;
    update edge set note = '' where agency_id = agency and (from_id = record or to_id = record);
    update outreach set said = '', next_step = '', delegate_reason = '', version = version + 1,
        spoke_for_agency = case when between_governments then mark else '' end, spoke_for_tribe = case when between_governments then mark else '' end
    where agency_id = agency and id = record;
    update commitment set what = mark, evidence = '', version = version + 1 where agency_id = agency and id = record;
    update label_notice set words = '', ended_at = coalesce(ended_at, moment) where agency_id = agency and subject_id = record;
    update acknowledgement set what = mark, said_by = '', said_to = '' where agency_id = agency and session_id = record;
    -- Of each speaker only that there was one stays.
    update speaker set name = '', label = 'a speaker', community = '', reach_how = '', reach_at = '', reach_hours = '', reach_through = '',
        minor_consent = '', may_leave_message = false, may_name_agency = false, version = version + 1
    where agency_id = agency and session_id = record;
    update listening_session set title = mark, topic = '', place = '', food = '', child_care = '', travel = '', interpreter = '', pay = '', support_person = '',
        stop_rule = '', invitation = '', closed_word = '', cancelled_because = '', summary = '', summary_agreed_with = '', version = version + 1
    where agency_id = agency and id = record;
    update subject set title = mark, version = version + 1, withdrawn_at = case when kind in ('statement', 'loop') then moment else withdrawn_at end
    where agency_id = agency and id = record;
    insert into destroyed (agency_id, subject_id, destruction_id, at) values (agency, record, decision_of, moment);
end $$;
