-- A promise of the agency's is carried by somebody else once they have said yes. What shows that it is done may be a page that can be
-- opened. Before its day, on it, and when it has passed, those whom it concerns are told: each thing once.
alter table commitment add column delegate_asked uuid;
alter table commitment add foreign key (agency_id, delegate_asked) references membership (agency_id, id);
alter table commitment add column evidence_link text not null default '';
alter table commitment add column soon_told_at timestamptz;
alter table commitment add column day_told_at timestamptz;
alter table commitment add column late_told_at timestamptz;
alter table commitment add column week_told_at timestamptz;
-- What was late before this is on everybody's first page already.
alter table commitment no force row level security;
update commitment set soon_told_at = now(), day_told_at = now(), late_told_at = now(), week_told_at = now() where due_on < current_date;
alter table commitment force row level security;
create index commitment_to_tell on commitment (agency_id, due_on) where state in ('open', 'returned');
create index commitment_asked on commitment (agency_id, delegate_asked) where delegate_asked is not null;

-- Nobody is made a delegate: whoever was asked says yes for themselves.
create function delegate_may_be(new commitment) returns boolean language plpgsql stable as $$
declare
    old commitment;
begin
    select c.* into old from commitment c where c.agency_id = new.agency_id and c.id = new.id;
    if (new.delegate_id, new.delegate_asked) is not distinct from (old.delegate_id, old.delegate_asked) then
        return true;
    end if;
    return old.id is not null and new.side = 'agency' and current_hat() in ('director', 'staff')
        and (new.delegate_id is null or new.delegate_id is not distinct from old.delegate_id
             or (new.delegate_id = current_membership() and old.delegate_asked = current_membership()));
end $$;
create policy delegate_insert on commitment as restrictive for insert to app_login with check (delegate_may_be(commitment));
create policy delegate_update on commitment as restrictive for update to app_login using (true) with check (delegate_may_be(commitment));

-- What the retention schedule lets go of a promise is its link as well.
do $$
declare
    was text := pg_get_functiondef('destroy_around(uuid, uuid, timestamptz)'::regprocedure);
    becomes text := replace(was, 'evidence = '''', version', 'evidence = '''', evidence_link = '''', version');
begin
    if becomes = was then
        raise exception 'destroy_around does not let go of what shows that a promise is done';
    end if;
    execute becomes;
end $$;
