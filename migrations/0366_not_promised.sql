-- Where a promise stands, as it is told. What somebody is said to have promised, and says is not promised, is let go as stored; it never
-- was a promise, and is not one that nobody needs any longer.
create function promise_state(c commitment) returns text language sql stable as $$
    select case when c.state = 'released' and exists (
        select 1 from happening h where h.agency_id = c.agency_id and h.subject_id = c.id and h.what = 'not promised') then 'not_promised' else c.state end
$$;
