-- A hold takes two people: one sets it and another confirms it, one proposes its end and another lets it end. It keeps from the moment it
-- is set until its end is confirmed: whoever is alone can keep, and cannot let go.
alter table legal_hold
    add column confirmed_by uuid, add column confirmed_at timestamptz, add column end_by uuid, add column end_at timestamptz,
    add foreign key (agency_id, confirmed_by) references membership (agency_id, id),
    add foreign key (agency_id, end_by) references membership (agency_id, id),
    add check ((confirmed_by is null) = (confirmed_at is null)),
    add check ((end_by is null) = (end_at is null));

-- Somebody else than this member, under whatever hat.
create function is_another(member uuid) returns boolean language sql stable as $$
    select member is distinct from current_membership() and not exists (
        select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.account_id = current_account())
$$;

-- Somebody who answers for holds still: what the others proposed counts for nothing.
create function still_answers(member uuid) returns boolean language sql stable as $$
    select exists (select 1 from membership m where m.agency_id = current_agency() and m.id = member and m.state = 'active'
        and m.role in ('director', 'administrator'))
$$;

create or replace function legal_hold_may_be(new legal_hold) returns boolean language plpgsql stable as $$
declare
    old legal_hold;
begin
    select h.* into old from legal_hold h where h.agency_id = new.agency_id and h.id = new.id;
    if current_hat() not in ('director', 'administrator') then
        return false;
    end if;
    if old.id is null then
        return new.set_by = current_membership() and new.lifted_at is null and new.confirmed_by is null and new.end_by is null;
    end if;
    -- What it said stays as it was, and what has ended is over.
    if old.lifted_at is not null or new.subject_id is distinct from old.subject_id
        or (new.scope, new.reason, new.authority, new.from_on, new.set_by, new.set_at)
            <> (old.scope, old.reason, old.authority, old.from_on, old.set_by, old.set_at) then
        return false;
    end if;
    if (new.confirmed_by, new.confirmed_at) is distinct from (old.confirmed_by, old.confirmed_at) then
        return old.confirmed_by is null and new.confirmed_by = current_membership() and is_another(old.set_by) and new.lifted_at is null
            and (new.end_by, new.end_at, new.lifted_because) is not distinct from (old.end_by, old.end_at, old.lifted_because);
    end if;
    -- One of the two who let it end is a director.
    if new.lifted_at is not null then
        return old.end_by is not null and new.lifted_by = current_membership() and is_another(old.end_by)
            and still_answers(old.end_by)
            and (new.end_by, new.end_at, new.lifted_because) is not distinct from (old.end_by, old.end_at, old.lifted_because)
            and (current_hat() = 'director' or exists (
                select 1 from membership m where m.agency_id = new.agency_id and m.id = old.end_by and m.role = 'director'));
    end if;
    if old.end_by is null or not still_answers(old.end_by) then
        return new.end_by = current_membership();
    end if;
    return new.end_by is null and new.lifted_because = '';
end $$;

-- Whose words a hold keeps: members who gave them, and bodies whose people did. What its author keeps to themselves is not told to
-- their body. For the keeper.
create function whose_words_are_held(hold uuid) returns table (member_id uuid, body_id uuid) language sql stable as $$
    with held as (
        select s.id, s.kind, s.author_id, s.body_id, s.audience, s.withdrawn_at
        from legal_hold h join subject s on s.agency_id = h.agency_id
        where h.agency_id = current_agency() and h.id = hold and (h.scope = 'everything' or s.id = h.subject_id or (h.scope = 'matter' and (
            s.body_id = h.subject_id
            or exists (select 1 from statement t where t.agency_id = h.agency_id and t.id = s.id and t.session_id = h.subject_id)
            or exists (select 1 from outreach o where o.agency_id = h.agency_id and o.id = s.id and o.partner_id = h.subject_id)
            or exists (select 1 from commitment c where c.agency_id = h.agency_id and c.id = s.id and c.plan_id = h.subject_id)
            or exists (select 1 from edge e where e.agency_id = h.agency_id and e.from_id = s.id and e.to_id = h.subject_id)
            or exists (select 1 from edge e where e.agency_id = h.agency_id and e.to_id = s.id and e.from_id = h.subject_id))))),
    said as (
        select d.author_id, d.body_id, d.audience from held d where d.kind in ('statement', 'loop') and d.withdrawn_at is null
        union all
        select c.author_id, m.partner_id, c.audience from held d
        join comment c on c.agency_id = current_agency() and c.subject_id = d.id and c.words is not null
        join membership m on m.agency_id = c.agency_id and m.id = c.author_id)
    select distinct m.id, null::uuid from said x join membership m on m.agency_id = current_agency() and m.id = x.author_id
    where m.account_id is not null and m.state = 'active'
    union all
    select distinct null::uuid, x.body_id from said x where x.body_id is not null and x.audience <> 'author'
$$;
