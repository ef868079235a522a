-- A hand-over letter about a person without a body: a parent, a youth. They read and correct it first as a partner does, and say themselves
-- whether it is passed on. That there is one is known to its writer, to them, and once they said yes to whoever comes next; nobody else.
alter table handover alter column partner_id drop not null;
alter table handover add column person_id uuid;
alter table handover add foreign key (agency_id, person_id) references membership (agency_id, id);
alter table handover add constraint about_one check (num_nonnulls(partner_id, person_id) = 1 and (person_id is null or side = 'agency'));
-- Whoever is to make the first contact is reminded on its day, once for each day that is set.
alter table handover add column contact_told_for date;
grant update (contact_told_for) on handover to app_keeper;
create index handover_of_person on handover (agency_id, person_id) where person_id is not null;
alter table handover drop constraint handover_state_check;
alter table handover add constraint handover_state_check check (state in ('begun', 'with_partner', 'passed', 'kept_back'));
alter table handover drop constraint handover_check1;
alter table handover add constraint handover_answered check ((state in ('passed', 'kept_back')) = (answered_at is not null));
alter table handover add constraint kept_back_by_a_person check (state <> 'kept_back' or person_id is not null);

create function knows_handover(h handover) returns boolean language sql stable as $$
    select case when h.person_id is null
        then current_hat() in ('director', 'staff')
            or (h.state <> 'begun' and (h.partner_id = current_body() or h.partner_id = standing_body()))
        else (current_hat() in ('director', 'staff') and h.created_by = current_membership())
            or (h.state <> 'begun' and h.person_id = current_membership())
            or (current_hat() in ('director', 'staff') and h.state = 'passed' and h.successor_id = current_membership()
                and exists (select 1 from membership m where m.agency_id = h.agency_id and m.id = h.person_id and m.state = 'active')) end
$$;
drop policy audience_select on handover;
drop policy audience_update on handover;
drop policy audience_delete on handover;
select keep_to_audience('handover', '(knows_handover(handover))');

-- Whoever writes it; of a partner a director as well, but not one who comes next and waits for the partner's word like anybody.
create or replace function writes_handover(h handover) returns boolean language sql stable as $$
    select current_hat() in ('director', 'staff') and (h.created_by = current_membership()
        or (h.person_id is null and current_hat() = 'director' and h.successor_id is distinct from current_membership()))
$$;

-- Whom a member of the agency may write about: a person without a body who is here, and let them know who they are.
create function may_hand_on(person uuid) returns boolean language plpgsql stable as $$
begin
    return current_hat() in ('director', 'staff') and exists (select 1 from membership m
        where m.agency_id = current_agency() and m.id = person and m.role = 'partner' and m.partner_id is null and m.state = 'active'
          and m.account_id is not null and m.account_id is distinct from current_account()
          and (not m.lived_experience or exists (select 1 from identity_reader r
              where r.agency_id = m.agency_id and r.membership_id = m.id and r.reader_id = current_membership())));
end $$;

create or replace function handover_may_be(new handover) returns boolean language plpgsql stable as $$
declare
    old handover;
    was jsonb;
    becomes jsonb;
begin
    select h.* into old from handover h where h.agency_id = new.agency_id and h.id = new.id;
    if old.id is null then
        return current_hat() in ('director', 'staff') and new.created_by = current_membership() and new.state = 'begun'
            and new.answered_by is null and new.read_by = '' and new.first_contact_done_on is null
            and (new.side = 'agency' or new.successor_id is null)
            and (new.person_id is null or (may_hand_on(new.person_id) and new.leaver_id = current_membership()
                and new.successor_id <> current_membership()));
    end if;
    was := to_jsonb(old) - array['version'];
    becomes := to_jsonb(new) - array['version'];
    -- That they met is noted by whoever was to, or a director.
    if was - array['first_contact_on', 'first_contact_done_on'] = becomes - array['first_contact_on', 'first_contact_done_on'] then
        return current_hat() in ('director', 'staff') and (writes_handover(old) or old.successor_id = current_membership()
            or exists (select 1 from partner p where p.agency_id = old.agency_id and p.id = old.partner_id and p.keeper_id = current_membership()));
    end if;
    -- Of a letter about a person they say themselves whether it is passed on, and can keep it back later.
    if old.person_id is not null and old.state <> 'begun' then
        return old.person_id = current_membership() and new.state in ('passed', 'kept_back')
            and new.answered_by = current_membership() and new.read_by = ''
            and was - array['state', 'answered_at', 'answered_by'] = becomes - array['state', 'answered_at', 'answered_by'];
    end if;
    if was - array['state', 'answered_at', 'answered_by', 'read_by', 'successor_id'] = becomes - array['state', 'answered_at', 'answered_by', 'read_by', 'successor_id']
        and old.state in ('with_partner', 'passed') and new.state = 'passed' and new.answered_by = current_membership() then
        if speaks_for(old.partner_id) then
            return new.read_by = '' and (new.successor_id is not distinct from old.successor_id or (old.side = 'partner'
                and (new.successor_id is null or exists (select 1 from membership m where m.agency_id = new.agency_id and m.id = new.successor_id
                    and m.state = 'active' and m.partner_id is not null and standing_of(m.partner_id) = standing_of(old.partner_id)))));
        end if;
        return old.state = 'with_partner' and writes_handover(old) and not body_has_voice(old.partner_id) and new.read_by <> ''
            and new.successor_id is not distinct from old.successor_id;
    end if;
    -- While it is written, and when it goes to the partner.
    return writes_handover(old) and old.state = 'begun' and new.state in ('begun', 'with_partner')
        and was - array['state', 'sent_at', 'successor_id', 'first_contact_on'] = becomes - array['state', 'sent_at', 'successor_id', 'first_contact_on']
        and (new.side = 'agency' or new.successor_id is null) and (new.person_id is null or new.successor_id <> current_membership());
end $$;

create or replace function handover_letter_may_be(new handover_letter) returns boolean language plpgsql stable as $$
declare
    old handover_letter;
    h handover;
begin
    select o.* into h from handover o where o.agency_id = new.agency_id and o.id = new.handover_id;
    select l.* into old from handover_letter l where l.agency_id = new.agency_id and l.handover_id = new.handover_id;
    if old.handover_id is null then
        return h.state = 'begun' and writes_handover(h) and new.correction = '' and new.reach = '';
    end if;
    if (new.story, new.preferences) <> (old.story, old.preferences) then
        return h.state = 'begun' and writes_handover(h) and (new.correction, new.reach) = (old.correction, old.reach);
    end if;
    if h.person_id is not null then
        return h.state <> 'begun' and h.person_id = current_membership();
    end if;
    return h.state in ('with_partner', 'passed')
        and (speaks_for(h.partner_id) or (writes_handover(h) and not body_has_voice(h.partner_id) and h.state = 'with_partner'));
end $$;
