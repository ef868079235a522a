-- Where an open-meeting law applies to a group: the agenda is published in time and then fixed, votes are by name and never secret, and
-- members do not comment among themselves on what is coming.
create function is_under_open_law(of_meeting uuid) returns boolean language sql stable as $$
    select exists (select 1 from meeting m join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id and g.open_law
        where m.agency_id = current_agency() and m.id = of_meeting)
$$;

-- Published by hand of the agency, so many days before, and never taken back.
create function publication_may_be(new meeting) returns boolean language plpgsql stable as $$
declare
    old meeting;
    law joint_group;
begin
    select m.* into old from meeting m where m.agency_id = new.agency_id and m.id = new.id;
    select g.* into law from joint_group g where g.agency_id = new.agency_id and g.id = new.group_id and g.open_law;
    if old.agenda_published_at is not null and new.state <> 'cancelled' then
        -- What was published holds for its day and its place.
        return (new.agenda_published_at, new.starts_at, new.place, new.group_id)
            is not distinct from (old.agenda_published_at, old.starts_at, old.place, old.group_id);
    end if;
    if law.id is null then
        return new.agenda_published_at is not distinct from old.agenda_published_at;
    end if;
    if new.agenda_published_at is not null and old.agenda_published_at is null then
        return (new.agenda_published_at at time zone new.zone)::date <= (new.starts_at at time zone new.zone)::date - law.agenda_days::integer;
    end if;
    return new.state <> 'held' or old.state = 'held' or old.agenda_published_at is not null;
end $$;
create policy published_update on meeting as restrictive for update to app_login using (true) with check (publication_may_be(meeting));
create policy published_insert on meeting as restrictive for insert to app_login with check (agenda_published_at is null);

create policy decided_insert on meeting_decision as restrictive for insert to app_login
    with check (minutes_are_open(meeting_id) and (how <> 'ballot' or not is_under_open_law(meeting_id)));

-- Nobody comments on a meeting that is coming, where the law forbids it.
create function is_closed_to_comments(record uuid) returns boolean language sql stable as $$
    select exists (select 1 from meeting m join joint_group g on g.agency_id = m.agency_id and g.id = m.group_id and g.open_law
        where m.agency_id = current_agency() and m.id = record and m.state = 'planned')
$$;
create policy not_on_coming_items on comment as restrictive for insert to app_login with check (not is_closed_to_comments(subject_id));
