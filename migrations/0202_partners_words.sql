-- Whose word counts as the partners': a partner's member who had no other place on the agency's side when it was given.
create function is_partners_word(member uuid, given timestamptz) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.role = 'partner'
        and not exists (select 1 from membership o where o.agency_id = m.agency_id and o.account_id = m.account_id and o.role <> 'partner'
            and o.state not in ('proposed', 'invited') and o.created_at <= given and (o.ended_at is null or o.ended_at > given)))
$$;
create function partners_agreed(goal uuid, to_version integer) returns boolean language sql stable as $$
    select exists (select 1 from agreement a where a.agency_id = current_agency() and a.subject_id = goal and a.version = to_version
        and a.word = 'agreed' and is_partners_word(a.membership_id, a.created_at))
$$;
-- A goal is put in force by the agency only in the version to which the partners' side agreed.
create function goal_may_be(new goal) returns boolean language plpgsql stable as $$
declare
    old goal;
begin
    select g.* into old from goal g where g.agency_id = new.agency_id and g.id = new.id;
    if old.id is null then
        return new.state <> 'in_force';
    end if;
    return new.state <> 'in_force' or old.state = 'in_force' or partners_agreed(new.id, new.version);
end $$;
create policy in_force_insert on goal as restrictive for insert to app_login with check (goal_may_be(goal));
create policy in_force_update on goal as restrictive for update to app_login using (true) with check (goal_may_be(goal));
-- A word is the giver's own.
create policy own_word_insert on agreement as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_word_update on agreement as restrictive for update to app_login using (membership_id = (select current_membership()));
