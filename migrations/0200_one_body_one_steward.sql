-- Entries that were joined are one body. Whoever serves one of them as steward serves it: nobody of the agency names another
-- first steward beside them, and none of its entries is joined any further without their word.
create or replace function has_steward(body uuid) returns boolean language plpgsql stable as $$
declare
    stands uuid := standing_of(body);
begin
    return exists (select 1 from partner p join membership m on m.agency_id = p.agency_id and m.partner_id = p.id
        where p.agency_id = current_agency() and (p.id = stands or p.merged_into = stands)
        and m.steward and m.state in ('accepted', 'active', 'suspended'));
end $$;

-- Whose word a merge wants: of each entry of the body that has or had a steward; where one serves now, of those where one does.
create function asked_to_join(entry uuid) returns setof uuid language plpgsql stable as $$
declare
    stands uuid := standing_of(entry);
begin
    return query select p.id from partner p
        where p.agency_id = current_agency() and (p.id = stands or p.merged_into = stands)
        and (exists (select 1 from membership m where m.agency_id = p.agency_id and m.partner_id = p.id and m.steward)
            or exists (select 1 from steward_act a where a.agency_id = p.agency_id and a.partner_id = p.id))
        and (not has_steward(stands) or exists (select 1 from membership m where m.agency_id = p.agency_id and m.partner_id = p.id
            and m.steward and m.state in ('accepted', 'active', 'suspended')));
end $$;

-- A word is asked for by the agency and said by that entry's own steward.
create policy asked on merge_word as restrictive for insert to app_login
    with check (word is null and (select current_hat()) in ('director', 'staff'));
create policy own_word on merge_word as restrictive for update to app_login using (partner_id = (select current_body()))
    with check (steward_id = (select current_membership()) and serves_as_steward(partner_id));

-- An entry leads to another only by a merge for which every word is given, and back only as that merge is taken apart.
create function may_lead(entry uuid, before uuid, now_to uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from merge m where m.agency_id = current_agency() and m.state = 'done'
            and m.kept_id = before and m.gone_id = coalesce(now_to, entry))
        or exists (select 1 from merge m where m.agency_id = current_agency() and m.state = 'proposed'
            and m.kept_id = now_to and m.gone_id = coalesce(before, entry)
            and not exists (select 1 from merge_word w where w.agency_id = m.agency_id and w.merge_id = m.id and w.word is distinct from 'given')
            and not exists (select 1 from (select asked_to_join(m.kept_id) as body union select asked_to_join(m.gone_id)) asked
                where not exists (select 1 from merge_word w where w.agency_id = m.agency_id and w.merge_id = m.id
                    and w.partner_id = asked.body and w.word = 'given')));
end $$;

-- Somebody of the body has come in, now or before.
create function has_come_in(body uuid) returns boolean language plpgsql stable as $$
declare
    stands uuid := standing_of(body);
begin
    return exists (select 1 from partner p join membership m on m.agency_id = p.agency_id and m.partner_id = p.id
        where p.agency_id = current_agency() and (p.id = stands or p.merged_into = stands) and m.account_id is not null);
end $$;

-- What a body is, it says itself once its people are here. Once a Tribe has spoken of its recognition, nobody else changes it.
create or replace function partner_may_be(new partner) returns boolean language plpgsql stable as $$
declare
    old partner;
begin
    select p.* into old from partner p where p.agency_id = new.agency_id and p.id = new.id;
    if new.merged_into is distinct from old.merged_into and not may_lead(new.id, old.merged_into, new.merged_into) then
        return false;
    end if;
    if (new.kind <> old.kind or new.is_tribe <> old.is_tribe) and has_come_in(new.id) and not speaks_for(new.id) then
        return false;
    end if;
    if old.recognition_spoken_at is null and new.recognition_spoken_at is null then
        return true;
    end if;
    return ((new.recognition, new.recognition_words, new.recognition_source) = (old.recognition, old.recognition_words, old.recognition_source)
            and new.recognition_on is not distinct from old.recognition_on
            and new.recognition_spoken_at is not distinct from old.recognition_spoken_at)
        or speaks_for(new.id);
end $$;

-- A comment said for a Tribe stays a Tribe's position, whatever its entry is called later: no moderator takes it away whole.
alter table comment add column for_tribe boolean not null default false;
create function position_may_be(new comment) returns boolean language plpgsql stable as $$
declare
    old comment;
begin
    select c.* into old from comment c where c.agency_id = new.agency_id and c.id = new.id;
    return old.id is null or ((new.for_tribe or not old.for_tribe)
        and (old.author_id = current_membership() or old.words is null or new.words is not null or not (old.for_tribe
            or (old.as_body and exists (select 1 from membership m join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
                where m.agency_id = old.agency_id and m.id = old.author_id and p.is_tribe)))));
end $$;
create policy position_stays on comment as restrictive for update to app_login using (true) with check (position_may_be(comment));
