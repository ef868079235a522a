-- What a body says of itself is its own: what it is called, what it is and does, where it sits and how it is reached, what it brings,
-- and a Tribe's recognition. From the moment its steward has come in, or it has kept its entry itself, nobody else changes a word of it,
-- also when no steward serves any more.
create function words_are_its_own(body uuid) returns boolean language plpgsql stable as $$
declare
    stands uuid := standing_of(body);
begin
    return exists (select 1 from partner p where p.agency_id = current_agency() and (p.id = stands or p.merged_into = stands)
        and (p.own_kept_at is not null or exists (select 1 from membership m where m.agency_id = p.agency_id and m.partner_id = p.id
            and m.steward and m.account_id is not null)));
end $$;

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
    if ((new.name, new.description, new.communities, new.languages, new.counties, new.brings, new.city, new.state, new.website, new.email,
            new.phone, new.agenda_theirs, new.recognition, new.recognition_words, new.recognition_source)
        <> (old.name, old.description, old.communities, old.languages, old.counties, old.brings, old.city, old.state, old.website, old.email,
            old.phone, old.agenda_theirs, old.recognition, old.recognition_words, old.recognition_source)
        or new.recognition_on is distinct from old.recognition_on or new.own_kept_at is distinct from old.own_kept_at)
        and words_are_its_own(new.id) and not speaks_for(new.id) then
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
