-- Who was shown which words is noted once a person, record and day: the day it is at the agency, as everywhere else.
create or replace function note_viewed(records uuid[], comments uuid[], moment timestamptz) returns void language plpgsql as $$
declare
    zone text := (select a.zone from agency a where a.id = (select current_agency()));
    begins timestamptz := date_trunc('day', moment at time zone zone) at time zone zone;
begin
    insert into reading (agency_id, id, at, membership_id, subject_id, comment_id, how)
    select (select current_agency()), gen_random_uuid(), moment, (select current_membership()), w.subject_id, w.comment_id, 'viewed'
    from (select s.id as subject_id, null::uuid as comment_id from subject s
          where s.agency_id = (select current_agency()) and s.id = any(records) and s.kind in ('statement', 'loop')
            and s.author_id is distinct from (select current_membership())
          union all
          select c.subject_id, c.id from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
          where c.agency_id = (select current_agency()) and c.id = any(comments) and m.role = 'partner'
            and c.author_id <> (select current_membership())) w
    where not exists (select 1 from reading r where r.agency_id = (select current_agency()) and r.subject_id = w.subject_id
                      and r.comment_id is not distinct from w.comment_id and r.membership_id = (select current_membership())
                      and r.how = 'viewed' and r.at >= begins and r.at <= moment);
end $$;
