-- What an entry is about in closed words, where no record says it: the table, the kind of file, what it was narrowed to.
-- Never words that somebody gave.
alter table audit add column detail text not null default '';
-- It is sealed with the entry; entries without one keep their mark.
create or replace function audit_mark(entry audit) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_id, entry.actor_name,
        entry.action, entry.subject_id, entry.kind, entry.fields, entry.member_id, entry.audience, entry.body_id, entry.author_id)::text
        || entry.detail, 'UTF8'))
$$;
-- The recall list is asked by the export.
create index recall_of_export on recall (agency_id, export_id);
