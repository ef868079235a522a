-- Which wording stood on the card, or was read aloud, when somebody chose: with what they allowed it is known what they were told.
alter table speaker add column wording_id uuid, add foreign key (agency_id, wording_id) references consent_wording (agency_id, id);
grant update (wording_id) on speaker to app_login;

-- A card that the speaker fills in on their own telephone, by a link that is handed to them in the room: “do not write” until they have
-- answered. Filled in it is once, by whoever holds the link or, when the telephone fails, by those on duty in another way.
alter table speaker drop constraint speaker_card_how_check;
alter table speaker add constraint speaker_card_how_check check (card_how in ('paper', 'aloud', 'own'));
alter table speaker add column handed_at timestamptz, add column filled_at timestamptz;
grant update (filled_at) on speaker to app_login;
alter table speaker add constraint handed_first check (filled_at is null or handed_at is not null);

-- Nobody on duty says of a card that the speaker filled it in, or changes what such a card says and leaves it so.
create function own_card_may_be(new speaker) returns boolean language plpgsql stable as $$
declare
    old speaker;
begin
    if new.card_how <> 'own' then
        return true;
    end if;
    select s.* into old from speaker s where s.agency_id = new.agency_id and s.id = new.id;
    if old.id is null then
        return new.card = 'do_not_write' and new.handed_at is not null and new.filled_at is null;
    end if;
    return old.card_how = 'own' and (new.card, new.name) = (old.card, old.name) and new.filled_at is not distinct from old.filled_at;
end $$;
create policy own_card_insert on speaker as restrictive for insert to app_login with check (own_card_may_be(speaker));
create policy own_card_update on speaker as restrictive for update to app_login using (true) with check (own_card_may_be(speaker));
