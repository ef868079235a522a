-- A body's protocols: its own named rules about who may read what its people contributed, kept by its stewards. They intersect with the
-- audience and with every other restriction. Nobody on the agency's side makes, widens, ends or sees through one.

-- The moment of the transaction, as the program knows it: a guest's last day and a second steward's word are counted from it.
create function current_moment() returns timestamptz language sql stable
    as $$ select coalesce(nullif(current_setting('app.moment', true), '')::timestamptz, now()) $$;

-- The body that the asker decides for today.
create function stewards_body() returns uuid language plpgsql stable as $$
begin
    return (select m.partner_id from membership m where m.agency_id = current_agency() and m.id = current_membership()
        and m.steward and m.state = 'active');
end $$;

create table protocol (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    body_id uuid not null,
    name text not null,
    words text not null default '',
    -- Why: need not be given, and is shown to readers only where the body says so.
    reasons text not null default '',
    shows_reasons boolean not null default false,
    -- Of the body's own people: all of them, or only those named.
    own_people text not null check (own_people in ('all', 'named')),
    made_by uuid not null,
    version integer not null default 1,
    created_at timestamptz not null,
    ended_at timestamptz,
    primary key (agency_id, id),
    unique (agency_id, body_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, made_by) references membership (agency_id, id)
);
create unique index protocol_once on protocol (agency_id, body_id, name) where ended_at is null;

-- Who reads under it, beside the body's own people: a named member of whatever side, or everybody of one role of the agency.
create table protocol_reader (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    protocol_id uuid not null,
    body_id uuid not null,
    membership_id uuid,
    role text check (role in ('director', 'staff', 'analyst')),
    -- The last day at the agency, and the first moment after it.
    until date,
    ends_at timestamptz,
    added_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    check (num_nonnulls(membership_id, role) = 1),
    check ((until is null) = (ends_at is null)),
    foreign key (agency_id, body_id, protocol_id) references protocol (agency_id, body_id, id),
    foreign key (agency_id, membership_id) references membership (agency_id, id),
    foreign key (agency_id, added_by) references membership (agency_id, id)
);
create unique index protocol_reader_once on protocol_reader (agency_id, protocol_id, membership_id) where membership_id is not null;
create unique index protocol_reader_role_once on protocol_reader (agency_id, protocol_id, role) where role is not null;

-- A record or a comment that carries protocols: read by those in all of them, or in any of them.
create table protected_item (
    agency_id uuid not null default current_agency() references agency (id),
    item_id uuid not null,
    subject_id uuid,
    comment_id uuid,
    body_id uuid not null,
    all_of boolean not null default true,
    version integer not null default 1,
    primary key (agency_id, item_id),
    check (num_nonnulls(subject_id, comment_id) = 1 and item_id = coalesce(subject_id, comment_id)),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, comment_id) references comment (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id)
);
create index protected_item_of on protected_item (agency_id, body_id);
create table item_protocol (
    agency_id uuid not null default current_agency() references agency (id),
    item_id uuid not null,
    protocol_id uuid not null,
    put_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, item_id, protocol_id),
    foreign key (agency_id, item_id) references protected_item (agency_id, item_id),
    foreign key (agency_id, protocol_id) references protocol (agency_id, id),
    foreign key (agency_id, put_by) references membership (agency_id, id)
);
create index item_protocol_of on item_protocol (agency_id, protocol_id);

-- What waits for a second steward's word, with what it would change. `proposed` holds it as the first steward gave it.
create table protocol_request (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    body_id uuid not null,
    what text not null check (what in ('make', 'change', 'readers', 'end', 'put', 'take_off', 'any', 'label', 'label_end')),
    protocol_id uuid,
    item_id uuid,
    label_id uuid,
    proposed jsonb not null,
    asked_by uuid not null,
    created_at timestamptz not null,
    state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'taken_back')),
    decided_by uuid,
    decided_at timestamptz,
    because text not null default '',
    version integer not null default 1,
    primary key (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, protocol_id) references protocol (agency_id, id),
    foreign key (agency_id, asked_by) references membership (agency_id, id),
    foreign key (agency_id, decided_by) references membership (agency_id, id)
);
create index protocol_request_of on protocol_request (agency_id, body_id, created_at desc);

-- How many of its protocols a reader must be in: nothing for almost every row, all of them, or one. It follows from the two tables
-- above; nobody but the keeper writes it, and `verify` counts it anew.
alter table subject add column protocols smallint;
alter table comment add column protocols smallint;
-- A reply is read under the protocols of what it answers.
alter table comment add column thread_protocols smallint;

-- Stewards whose word counts: those who serve, and those whom the agency suspended, so that nobody on the agency's side can spare a
-- body its second word by suspending the one who would give it.
create function stewards_of(body uuid) returns bigint language plpgsql stable as $$
begin
    return (select count(*) from membership m where m.agency_id = current_agency() and m.partner_id = body and m.steward
        and (m.state = 'active' or (m.state = 'suspended' and m.suspended_by = 'agency')));
end $$;
-- Widening: a steward alone where no other is; else the one who says the second word, in the transaction that says it.
create function may_widen(body uuid) returns boolean language plpgsql stable as $$
begin
    return serves_as_steward(body) and (stewards_of(body) < 2 or exists (select 1 from protocol_request q
        where q.agency_id = current_agency() and q.body_id = body and q.state = 'approved'
        and q.decided_by = current_membership() and q.decided_at = current_moment()));
end $$;
-- Narrowing: any steward; while none serves, whoever speaks for the body under a mandate that holds.
create function may_narrow(body uuid) returns boolean language plpgsql stable as $$
declare
    day date := (select (current_moment() at time zone a.zone)::date from agency a where a.id = current_agency());
begin
    return serves_as_steward(body) or (
        not exists (select 1 from membership o where o.agency_id = current_agency() and o.partner_id = body and o.steward and o.state = 'active')
        and exists (select 1 from membership m where m.agency_id = current_agency() and m.id = current_membership() and m.partner_id = body
            and m.state = 'active' and m.speaks and coalesce(m.mandate_from <= day, true) and coalesce(m.mandate_until >= day, true)));
end $$;
-- Whether something is the words of a body's people.
create function is_contributed(kind text, author uuid, body uuid) returns boolean language plpgsql stable as $$
begin
    return body is not null and (kind = 'statement' or exists (select 1 from membership m
        where m.agency_id = current_agency() and m.id = author and m.partner_id = body));
end $$;
create function body_of_item(item uuid) returns uuid language plpgsql stable as $$
begin
    return coalesce(
        (select s.body_id from subject s where s.agency_id = current_agency() and s.id = item and is_contributed(s.kind, s.author_id, s.body_id)),
        (select a.partner_id from comment c join membership a on a.agency_id = c.agency_id and a.id = c.author_id
         where c.agency_id = current_agency() and c.id = item));
end $$;

create function protocol_may_be(new protocol) returns boolean language plpgsql stable as $$
declare
    old protocol;
begin
    select p.* into old from protocol p where p.agency_id = new.agency_id and p.id = new.id;
    if old.id is null then
        return new.ended_at is null and new.made_by = current_membership() and may_widen(new.body_id);
    end if;
    if new.body_id <> old.body_id or new.made_by <> old.made_by or new.created_at <> old.created_at or old.ended_at is not null then
        return false;
    end if;
    if (new.own_people = 'all' and old.own_people <> 'all') or (new.shows_reasons and not old.shows_reasons) or new.ended_at is not null then
        return may_widen(new.body_id);
    end if;
    if (new.name, new.words, new.reasons) <> (old.name, old.words, old.reasons) then
        return serves_as_steward(new.body_id);
    end if;
    return may_narrow(new.body_id);
end $$;
create function protocol_reader_may_be(new protocol_reader) returns boolean language plpgsql stable as $$
declare
    old protocol_reader;
begin
    select r.* into old from protocol_reader r where r.agency_id = new.agency_id and r.id = new.id;
    if old.id is null then
        return may_widen(new.body_id) and not exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.membership_id
                and (m.role = 'administrator' or m.state in ('proposed', 'ended')))
            and exists (select 1 from protocol p where p.agency_id = new.agency_id and p.id = new.protocol_id and p.ended_at is null);
    end if;
    if (new.protocol_id, new.body_id, new.added_by, new.created_at) <> (old.protocol_id, old.body_id, old.added_by, old.created_at)
        or new.membership_id is distinct from old.membership_id or new.role is distinct from old.role then
        return false;
    end if;
    return case when coalesce(new.ends_at, 'infinity') <= coalesce(old.ends_at, 'infinity') then may_narrow(new.body_id) else may_widen(new.body_id) end;
end $$;
create function protected_item_may_be(new protected_item) returns boolean language plpgsql stable as $$
declare
    old protected_item;
begin
    select i.* into old from protected_item i where i.agency_id = new.agency_id and i.item_id = new.item_id;
    if old.item_id is null then
        return body_of_item(new.item_id) = new.body_id and may_narrow(new.body_id);
    end if;
    if new.body_id <> old.body_id or new.subject_id is distinct from old.subject_id or new.comment_id is distinct from old.comment_id then
        return false;
    end if;
    return case when old.all_of and not new.all_of then may_widen(new.body_id) else may_narrow(new.body_id) end;
end $$;
create function item_protocol_may_be(new item_protocol) returns boolean language plpgsql stable as $$
declare
    item protected_item;
begin
    select i.* into item from protected_item i where i.agency_id = new.agency_id and i.item_id = new.item_id;
    if not exists (select 1 from protocol p where p.agency_id = new.agency_id and p.id = new.protocol_id and p.body_id = item.body_id
            and p.ended_at is null) then
        return false;
    end if;
    if item.all_of or not exists (select 1 from item_protocol o where o.agency_id = new.agency_id and o.item_id = new.item_id) then
        return may_narrow(item.body_id);
    end if;
    return may_widen(item.body_id);
end $$;
create function body_of_protocol(protocol uuid) returns uuid language plpgsql stable as $$
begin
    return (select p.body_id from protocol p where p.agency_id = current_agency() and p.id = protocol);
end $$;
create function protocol_request_may_be(new protocol_request) returns boolean language plpgsql stable as $$
declare
    old protocol_request;
    me uuid := current_membership();
begin
    select q.* into old from protocol_request q where q.agency_id = new.agency_id and q.id = new.id;
    if old.id is null then
        return new.state = 'waiting' and new.asked_by = me and new.decided_by is null and serves_as_steward(new.body_id)
            and new.created_at = current_moment();
    end if;
    if (new.body_id, new.what, new.asked_by, new.created_at, new.proposed) <> (old.body_id, old.what, old.asked_by, old.created_at, old.proposed)
        or new.protocol_id is distinct from old.protocol_id or new.item_id is distinct from old.item_id or new.label_id is distinct from old.label_id
        or old.state <> 'waiting' or old.created_at + interval '30 days' <= current_moment() or not serves_as_steward(old.body_id)
        or new.decided_by is distinct from me or new.decided_at is distinct from current_moment() then
        return false;
    end if;
    -- A second person, not one under two hats.
    return case when new.state = 'taken_back' then old.asked_by = me
        else new.state in ('approved', 'refused') and old.asked_by <> me and not exists (select 1 from membership a, membership b
            where a.agency_id = new.agency_id and a.id = old.asked_by and b.agency_id = new.agency_id and b.id = me and a.account_id = b.account_id) end;
end $$;

select keep_within_agency('protocol', 'select, insert, update');
select keep_within_agency('protocol_reader');
select keep_within_agency('protected_item');
select keep_within_agency('item_protocol', 'select, insert, delete');
select keep_within_agency('protocol_request', 'select, insert, update');

-- A reader is seen by the body's stewards and by that reader; an administrator is none, whatever they were before.
select keep_to_audience('protocol_reader', '(body_id = (select stewards_body()) or ((select current_hat()) <> ''administrator'' '
    'and coalesce(ends_at > (select current_moment()), true) and (membership_id = (select current_membership()) or role = (select current_hat()))))');
-- A protocol is seen by the body's stewards and by whoever reads under it. Nothing else says that there is one.
select keep_to_audience('protocol', '(body_id = (select stewards_body()) or (ended_at is null and ((own_people = ''all'' and body_id = (select current_body())) '
    'or exists (select 1 from protocol_reader r where r.agency_id = protocol.agency_id and r.protocol_id = protocol.id))))');
select keep_to_audience('item_protocol', '(exists (select 1 from protocol p where p.agency_id = item_protocol.agency_id and p.id = item_protocol.protocol_id))');
select keep_to_audience('protected_item', '(body_id = (select stewards_body()) or exists (select 1 from item_protocol i '
    'where i.agency_id = protected_item.agency_id and i.item_id = protected_item.item_id))');
select keep_to_audience('protocol_request', '(body_id = (select stewards_body()))');

create policy may_be_insert on protocol as restrictive for insert to app_login with check (protocol_may_be(protocol));
create policy may_be_update on protocol as restrictive for update to app_login using (true) with check (protocol_may_be(protocol));
create policy may_be_insert on protocol_reader as restrictive for insert to app_login with check (protocol_reader_may_be(protocol_reader));
create policy may_be_update on protocol_reader as restrictive for update to app_login using (true) with check (protocol_reader_may_be(protocol_reader));
-- Whoever was let in may leave by themselves.
create policy may_be_delete on protocol_reader as restrictive for delete to app_login
    using (membership_id = (select current_membership()) or may_narrow(body_id));
create policy may_be_insert on protected_item as restrictive for insert to app_login with check (protected_item_may_be(protected_item));
create policy may_be_update on protected_item as restrictive for update to app_login using (true) with check (protected_item_may_be(protected_item));
create policy may_be_delete on protected_item as restrictive for delete to app_login using (may_widen(body_id));
create policy may_be_insert on item_protocol as restrictive for insert to app_login
    with check (put_by = (select current_membership()) and item_protocol_may_be(item_protocol));
create policy may_be_delete on item_protocol as restrictive for delete to app_login using (may_widen(body_of_protocol(protocol_id)));
create policy may_be_insert on protocol_request as restrictive for insert to app_login with check (protocol_request_may_be(protocol_request));
create policy may_be_update on protocol_request as restrictive for update to app_login using (true) with check (protocol_request_may_be(protocol_request));

-- In enough of an item's protocols. What the asker may not see does not count, so that nothing opens by mistake. It is called for the few
-- rows that carry any, and told as cheap to the planner, so that a list without them keeps its plan.
create function passes_protocols(item uuid, wanted smallint) returns boolean language plpgsql stable cost 1 as $$
begin
    return wanted <= (select count(*) from item_protocol i where i.agency_id = current_agency() and i.item_id = item);
end $$;
-- Whose words they are reads them, by whatever way they came.
select keep_to_audience('subject', '(protocols is null or author_id = (select current_membership()) or id = (select current_link()) '
    'or speaker_id = (select current_link()) or passes_protocols(id, protocols))', 'protocol');
select keep_to_audience('comment', '(((protocols is null) or author_id = (select current_membership()) or passes_protocols(id, protocols)) '
    'and (thread_protocols is null or author_id = (select current_membership()) or passes_protocols(parent_id, thread_protocols)))', 'protocol');

-- How many are wanted is nobody's to write by hand.
create function keeps_protocols(new subject) returns boolean language plpgsql stable as $$
begin
    return new.protocols is not distinct from (select s.protocols from subject s where s.agency_id = new.agency_id and s.id = new.id);
end $$;
create function keeps_protocols(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    if old.id is null then
        return new.protocols is null and new.thread_protocols is not distinct from
            (select c.protocols from comment c where c.agency_id = new.agency_id and c.id = new.parent_id);
    end if;
    return new.protocols is not distinct from old.protocols and new.thread_protocols is not distinct from old.thread_protocols;
end $$;
create policy keeps_protocols_insert on subject as restrictive for insert to app_login with check (protocols is null);
create policy keeps_protocols_update on subject as restrictive for update to app_login using (true) with check (keeps_protocols(subject));
create policy keeps_protocols_insert on comment as restrictive for insert to app_login with check (keeps_protocols(comment));
create policy keeps_protocols_update on comment as restrictive for update to app_login using (true) with check (keeps_protocols(comment));

-- How many of its protocols an item wants, as the tables say. For the keeper and for `verify`.
create function protocols_wanted(item uuid) returns smallint language plpgsql stable as $$
begin
    return (select case when count(i.protocol_id) = 0 then null when bool_and(p.all_of) then count(i.protocol_id) else 1 end
        from protected_item p join item_protocol i on i.agency_id = p.agency_id and i.item_id = p.item_id
        where p.agency_id = current_agency() and p.item_id = item)::smallint;
end $$;
