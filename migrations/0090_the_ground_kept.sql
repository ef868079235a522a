-- What keeps the ground: the demonstration's year is whole or is made anew, the audit trail is sealed, and what is over is
-- swept away.

-- One row once the demonstration's year began; without a time in whole_at it was not lived to its end. Only the owner sees it.
create table demonstration (
    one boolean primary key default true check (one),
    begun_at timestamptz not null,
    whole_at timestamptz
);

-- The chain of seals over the audit trail: every hour the entries that no seal covers yet are put under one, whose hash also
-- holds the hash before. An entry that is changed, added behind a seal or taken away no longer fits its seal; `verify` says so.
create table audit_seal (
    agency_id uuid not null default current_agency() references agency (id),
    number integer not null,
    entries bigint not null,
    hash bytea not null,
    sealed_at timestamptz not null,
    primary key (agency_id, number)
);
select keep_within_agency('audit_seal', 'select, insert');
select keep_to_audience('audit_seal', '((select current_hat()) in (''director'', ''administrator''))');
create table audit_sealed (
    agency_id uuid not null default current_agency() references agency (id),
    audit_id uuid not null,
    number integer not null,
    primary key (agency_id, audit_id)
);
create index audit_sealed_by on audit_sealed (agency_id, number);
select keep_within_agency('audit_sealed', 'select, insert');
select keep_to_audience('audit_sealed', '((select current_hat()) in (''director'', ''administrator''))');
-- A seal is the keeper's; whoever the site acts for makes none.
revoke insert on audit_seal, audit_sealed from app_login;
create index audit_by_time on audit (agency_id, at);

-- The mark of one entry: all that it says, in one fixed form whatever the session's settings are.
create function audit_mark(entry audit) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_id, entry.actor_name,
        entry.action, entry.subject_id, entry.kind, entry.fields, entry.member_id)::text, 'UTF8'))
$$;
-- The hash of a seal, from the one before and the marks in the order of the entries.
create function seal_hash(before bytea, number integer, marks bytea) returns bytea language sql immutable as $$
    select sha256(coalesce(before, ''::bytea) || convert_to('seal ' || number || ' ', 'UTF8') || coalesce(marks, ''::bytea))
$$;

-- Sign-ins that are long over and texts past their hour go, for every account at once: the keeper's, who reads of them only
-- when they end.
create policy sweep on session to app_keeper using (true);
grant select (id, expires_at, ended_at), delete on session to app_keeper;
create policy sweep on parked_form to app_keeper using (true);
grant select (id, expires_at), delete on parked_form to app_keeper;
alter table session_hat drop constraint session_hat_session_id_fkey;
alter table session_hat add foreign key (session_id) references session (id) on delete cascade;
