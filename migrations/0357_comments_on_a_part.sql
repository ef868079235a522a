-- A comment on a meeting can be about one thing in it: an item of its agenda, a decision, or its minutes, for which the meeting's own id
-- stands. Whoever reads the record reads what is in it, so it opens nothing.
alter table comment add column part_id uuid;

create function has_part(record uuid, part uuid) returns boolean language sql stable as $$
    select part = record and exists (select 1 from meeting m where m.agency_id = current_agency() and m.id = record and m.state not in ('planned', 'cancelled'))
        or exists (select 1 from agenda_item i where i.agency_id = current_agency() and i.id = part and i.meeting_id = record)
        or exists (select 1 from meeting_decision d where d.agency_id = current_agency() and d.id = part and d.meeting_id = record)
$$;
-- How it is called beside the comment; nothing once it was taken away.
create function part_called(record uuid, part uuid) returns text language sql stable as $$
    select case when part = record then 'the minutes' else coalesce(
        (select 'the agenda: ' || i.text from agenda_item i where i.agency_id = current_agency() and i.id = part and i.meeting_id = record),
        (select 'the decision: ' || d.what from meeting_decision d where d.agency_id = current_agency() and d.id = part and d.meeting_id = record)) end
$$;
-- Said when it is written, and not changed afterwards.
create function part_may_be(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    if old.id is not null then
        return new.part_id is not distinct from old.part_id;
    end if;
    return new.part_id is null or has_part(new.subject_id, new.part_id);
end $$;
create policy on_its_part_insert on comment as restrictive for insert to app_login with check (part_may_be(comment));
create policy on_its_part_update on comment as restrictive for update to app_login using (true) with check (part_may_be(comment));

-- Nobody comments on a meeting that is coming, where the law forbids it, nor beside it on the page of its group.
create or replace function is_closed_to_comments(record uuid) returns boolean language sql stable as $$
    select exists (select 1 from meeting m join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id and g.open_law
            where m.agency_id = current_agency() and m.id = record and m.state = 'planned')
        or exists (select 1 from joint_group g where g.agency_id = current_agency() and g.id = record and g.open_law and g.state = 'active')
$$;
