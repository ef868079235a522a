-- An emergency opening: one restricted record is opened to one member for hours, for a reason that is kept for ever. It acts only in a
-- transaction that names it (the page of the opening, and nothing else), so that no list, count, search or export shows more.

create table emergency_opening (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    -- The statement or question; of a comment, the record on which it stands.
    subject_id uuid not null,
    comment_id uuid,
    kind text not null check (kind in ('statement', 'loop', 'comment')),
    -- Whose words they are: the body, the author's membership, the speaker of a card.
    body_id uuid,
    author_id uuid,
    speaker_id uuid,
    -- Only its author could read it: that there is such a record is not for the body's stewards to know.
    own boolean not null,
    for_id uuid not null,
    by_operator boolean not null default false,
    reason text not null check (reason <> ''),
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    ended_at timestamptz,
    -- A court's order that forbids notice until a day.
    order_reference text not null default '',
    notice_on date,
    -- From then on those whose words they are see it.
    notice_at timestamptz not null,
    told_at timestamptz,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, subject_id) references subject (agency_id, id),
    foreign key (agency_id, comment_id) references comment (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id),
    foreign key (agency_id, author_id) references membership (agency_id, id),
    foreign key (agency_id, for_id) references membership (agency_id, id),
    check (ends_at > starts_at and ends_at <= starts_at + interval '72 hours'),
    check ((order_reference = '') = (notice_on is null)),
    check (notice_on is not null or notice_at = starts_at),
    check ((kind = 'comment') = (comment_id is not null))
);
create index emergency_opening_by_time on emergency_opening (agency_id, created_at desc, id);
create index emergency_opening_untold on emergency_opening (agency_id, notice_at) where told_at is null;
select keep_within_agency('emergency_opening', 'select', true);
-- The keeper alone makes one, after the form of an administrator or the operator's command.
grant insert on emergency_opening to app_keeper;
grant update (told_at, reason, order_reference) on emergency_opening to app_keeper;
grant update (ended_at) on emergency_opening to app_login;
select keep_to_audience('emergency_opening', '((select current_hat()) in (''director'', ''administrator'') or (notice_at <= (select current_moment()) '
    'and (author_id = (select current_membership()) or speaker_id = (select current_link()) '
    'or (body_id = (select current_body()) and serves_as_steward(body_id)))))');
create policy ended on emergency_opening as restrictive for update to app_login
    using ((select current_hat()) = 'administrator' and ended_at is null) with check (ended_at is not null);

-- The opening that this transaction names, while it holds and is the asker's.
create function current_opening() returns emergency_opening language plpgsql stable as $$
declare
    named uuid := nullif(current_setting('app.opening', true), '')::uuid;
    held emergency_opening;
begin
    if named is null then
        return null;
    end if;
    select o.* into held from emergency_opening o
    where o.agency_id = current_agency() and o.id = named and o.for_id = current_membership() and current_hat() = 'administrator'
      and o.ended_at is null and o.starts_at <= current_moment() and o.ends_at > current_moment();
    return held;
end $$;
create function opened_record() returns uuid language plpgsql stable as $$
declare
    o emergency_opening := current_opening();
begin
    return case when o.comment_id is null then o.subject_id end;
end $$;
create function opened_comment() returns uuid language plpgsql stable as $$
declare
    o emergency_opening := current_opening();
begin
    return o.comment_id;
end $$;

-- Exactly that record passes every audience of reading, and nothing that hangs on it but itself.
do $$
declare
    kept record;
begin
    for kept in
        select c.relname, p.polname, pg_get_expr(p.polqual, p.polrelid) as rule
        from pg_policy p join pg_class c on c.oid = p.polrelid
        where not p.polpermissive and p.polcmd = 'r' and c.relname in ('subject', 'statement', 'loop', 'comment') and c.relnamespace = 'public'::regnamespace
    loop
        execute format('alter policy %I on %I using (%s or id = (select %s()))', kept.polname, kept.relname, kept.rule,
            case kept.relname when 'comment' then 'opened_comment' else 'opened_record' end);
    end loop;
end $$;

-- What was read in it is noted, and told with it.
alter table reading drop constraint reading_how_check;
alter table reading add constraint reading_how_check check (how in ('viewed', 'exported', 'downloaded', 'by link', 'emergency'));
alter table reading add column opening_id uuid;
alter table reading add foreign key (agency_id, opening_id) references emergency_opening (agency_id, id);
create index reading_of_opening on reading (agency_id, opening_id) where opening_id is not null;
select keep_to_audience('reading', '(opening_id is null or exists (select 1 from emergency_opening o where o.agency_id = reading.agency_id and o.id = reading.opening_id))',
    'told_with_opening');

-- Notes that the record of the opening named by this transaction was read: once an opening and hour at most.
create function note_opened(moment timestamptz) returns void language plpgsql as $$
declare
    o emergency_opening := current_opening();
begin
    insert into reading (agency_id, id, at, membership_id, subject_id, comment_id, how, opening_id)
    select o.agency_id, gen_random_uuid(), moment, o.for_id, o.subject_id, o.comment_id, 'emergency', o.id
    where o.id is not null and not exists (select 1 from reading r where r.agency_id = o.agency_id and r.opening_id = o.id
        and r.membership_id = o.for_id and r.at > moment - interval '1 hour' and r.at <= moment);
end $$;
