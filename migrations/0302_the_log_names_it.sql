-- Which protocol or label an entry is about. Its name is read where it stands, so that only whoever may know of it reads it.
alter table audit add column protocol_id uuid;
alter table audit add column label_id uuid;
alter table audit add foreign key (agency_id, protocol_id) references protocol (agency_id, id);
alter table audit add foreign key (agency_id, label_id) references community_label (agency_id, id);
-- It is sealed with the entry; entries without one keep their mark.
create or replace function audit_mark(entry audit) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_id, entry.actor_name,
        entry.action, entry.subject_id, entry.kind, entry.fields, entry.member_id, entry.audience, entry.body_id, entry.author_id)::text
        || entry.detail || coalesce(entry.protocol_id::text, '') || coalesce(entry.label_id::text, ''), 'UTF8'))
$$;
