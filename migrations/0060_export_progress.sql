-- An export shows how far it is, and may also be a package: the table as CSV with its data dictionary and a description for programs.
alter table export add column started_at timestamptz;
alter table export drop constraint export_format_check;
alter table export add constraint export_format_check check (format in ('csv', 'xlsx', 'package'));
create index export_waiting on export (agency_id, asked_by) where state = 'waiting';

-- How a member is called in a file that leaves: the agency's own people by name, partners' people by their organization, and
-- whoever speaks from lived experience or for themselves as a community member. Reads as its caller may.
create function name_in_export(agency uuid, member uuid) returns text language sql stable
    as $$
    select case when m.role <> 'partner' then m.name when m.lived_experience then 'community member' else coalesce(p.name, 'community member') end
    from membership m
    left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
    where m.agency_id = agency and m.id = member
$$;

-- A question has no consent card; what its raiser allowed is its audience. Its place from narrow to wide stands for the version.
create function consent_place(audience text) returns integer language sql immutable
    as $$ select array_position(array['author', 'body', 'leadership', 'agency', 'partnership', 'public'], audience) $$;
