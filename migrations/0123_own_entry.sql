-- What a body keeps itself: since when it has kept its entry, and since when a Tribe has spoken of its own recognition.
alter table partner add column own_kept_at timestamptz;
alter table partner add column recognition_spoken_at timestamptz;

-- Once the Tribe has spoken, nobody else changes a word of it.
create function partner_may_be(new partner) returns boolean language plpgsql stable as $$
declare
    old partner;
begin
    select p.* into old from partner p where p.agency_id = new.agency_id and p.id = new.id;
    if old.recognition_spoken_at is null and new.recognition_spoken_at is null then
        return true;
    end if;
    return ((new.recognition, new.recognition_words, new.recognition_source) = (old.recognition, old.recognition_words, old.recognition_source)
            and new.recognition_on is not distinct from old.recognition_on
            and new.recognition_spoken_at is not distinct from old.recognition_spoken_at)
        or speaks_for(new.id);
end $$;
create policy own_words on partner as restrictive for update to app_login using (true) with check (partner_may_be(partner));
