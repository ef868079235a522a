-- An entry of the log has readers of its own. `record`: whoever may read its record on the agency's side, and of the partners
-- only those whose record it is; without a record, directors and administrators. `desk`: the agency's side alone.
-- The words of an audience: those it names, together with the readers of the record.
alter table audit add column audience text not null default 'record'
    check (audience in ('record', 'author', 'body', 'leadership', 'agency', 'partnership', 'public', 'desk'));
alter table audit add column body_id uuid;
alter table audit add column author_id uuid;
alter table audit add foreign key (agency_id, body_id) references partner (agency_id, id);
alter table audit add foreign key (agency_id, author_id) references membership (agency_id, id);
-- Who may read an entry is sealed with it.
create or replace function audit_mark(entry audit) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_id, entry.actor_name,
        entry.action, entry.subject_id, entry.kind, entry.fields, entry.member_id, entry.audience, entry.body_id, entry.author_id)::text, 'UTF8'))
$$;

-- Who it was, where the entry itself says “the speaker”: known to themselves and to the stewards of their body.
create table audit_actor (
    agency_id uuid not null default current_agency() references agency (id),
    audit_id uuid not null,
    actor_id uuid not null,
    actor_name text not null,
    body_id uuid,
    primary key (agency_id, audit_id),
    foreign key (agency_id, audit_id) references audit (agency_id, id),
    foreign key (agency_id, actor_id) references membership (agency_id, id),
    foreign key (agency_id, body_id) references partner (agency_id, id)
);
select keep_within_agency('audit_actor', 'select, insert');
select keep_to_audience('audit_actor', '(actor_id = (select current_membership()) '
    'or (body_id = (select current_body()) and serves_as_steward(body_id)))');
create policy own_insert on audit_actor as restrictive for insert to app_login with check (actor_id = (select current_membership()));

drop policy audience_select on audit;
drop policy audience_update on audit;
drop policy audience_delete on audit;
select keep_to_audience('audit', $$(actor_id = (select current_membership())
    or (author_id = (select current_membership()) and audience <> 'desk')
    or exists (select 1 from audit_actor x where x.agency_id = audit.agency_id and x.audit_id = audit.id
        and x.actor_id = (select current_membership()))
    or (subject_id is null and audience = 'record' and (select current_hat()) in ('director', 'administrator'))
    or exists (select 1 from subject s where s.agency_id = audit.agency_id and s.id = audit.subject_id and (
        ((select current_hat()) = 'director' and audit.audience in ('record', 'leadership', 'agency', 'partnership', 'public', 'desk'))
        or ((select current_hat()) in ('staff', 'analyst') and audit.audience in ('record', 'agency', 'partnership', 'public', 'desk'))
        or ((select current_hat()) = 'administrator' and audit.audience = 'record')
        or ((select current_hat()) = 'partner' and (
            (audit.audience in ('record', 'partnership', 'public')
                and (s.author_id = (select current_membership()) or s.body_id = (select current_body())))
            or (audit.audience in ('body', 'leadership', 'agency', 'partnership', 'public')
                and audit.body_id = (select current_body())))))))$$);
