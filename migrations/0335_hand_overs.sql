-- When somebody leaves on either side, whoever comes next gets a letter about the relationship. The partner reads and corrects it first.
-- Who is to meet whom by when is known on both sides; what the letter says stands apart, and is read by its writer and the partner until
-- the partner has given their word, and then by who comes next.
create table handover (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    partner_id uuid not null,
    -- On which side somebody leaves.
    side text not null check (side in ('agency', 'partner')),
    leaver_id uuid,
    representative_id uuid,
    leaver_name text not null,
    -- Of the agency, named when it is written; of the partner, named by the partner.
    successor_id uuid,
    first_contact_on date not null,
    first_contact_done_on date,
    state text not null default 'begun' check (state in ('begun', 'with_partner', 'passed')),
    sent_at timestamptz,
    answered_at timestamptz,
    answered_by uuid,
    -- Who of the partner read it, where nobody of theirs speaks for them here and the agency wrote their word down.
    read_by text not null default '',
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id),
    foreign key (agency_id, leaver_id) references membership (agency_id, id),
    foreign key (agency_id, representative_id) references representative (agency_id, id),
    foreign key (agency_id, successor_id) references membership (agency_id, id),
    foreign key (agency_id, answered_by) references membership (agency_id, id),
    foreign key (agency_id, created_by) references membership (agency_id, id),
    check (side = 'partner' or successor_id is not null),
    check ((state = 'passed') = (answered_at is not null))
);
create index handover_of on handover (agency_id, partner_id, created_at);
create index handover_to on handover (agency_id, successor_id) where first_contact_done_on is null;
select keep_within_agency('handover', 'select, insert, update');
-- Analysts and administrators have no part in it.
select keep_to_audience('handover', '((select current_hat()) in (''director'', ''staff'')
    or (state <> ''begun'' and (partner_id = (select current_body()) or partner_id = (select standing_body()))))');

create table handover_letter (
    agency_id uuid not null default current_agency() references agency (id),
    handover_id uuid not null,
    -- The agency's: how it went, and how they like to work.
    story text not null,
    preferences text not null default '',
    -- The partner's: what is wrong or missing, and how whoever comes next may reach them.
    correction text not null default '',
    reach text not null default '',
    primary key (agency_id, handover_id),
    foreign key (agency_id, handover_id) references handover (agency_id, id)
);
select keep_within_agency('handover_letter', 'select, insert, update');

-- Somebody speaks for a body here: without them its word can only be brought.
create function body_has_voice(body uuid) returns boolean language plpgsql stable as $$
begin
    return exists (select 1 from membership m join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
        where m.agency_id = current_agency() and m.state = 'active' and (m.steward or m.speaks) and coalesce(p.merged_into, p.id) = standing_of(body));
end $$;
-- Whoever writes it; a director as well, but not one who comes next and waits for the partner's word like anybody.
create function writes_handover(h handover) returns boolean language sql stable as $$
    select current_hat() in ('director', 'staff') and (h.created_by = current_membership()
        or (current_hat() = 'director' and h.successor_id is distinct from current_membership()))
$$;
create function reads_handover(h handover) returns boolean language sql stable as $$
    select writes_handover(h) or (h.state = 'passed' and h.successor_id = current_membership())
        or (current_hat() = 'partner' and h.state <> 'begun')
$$;
select keep_to_audience('handover_letter', '(exists (select 1 from handover h where h.agency_id = handover_letter.agency_id
    and h.id = handover_letter.handover_id and reads_handover(h)))');

create function handover_may_be(new handover) returns boolean language plpgsql stable as $$
declare
    old handover;
    was jsonb;
    becomes jsonb;
begin
    select h.* into old from handover h where h.agency_id = new.agency_id and h.id = new.id;
    if old.id is null then
        return current_hat() in ('director', 'staff') and new.created_by = current_membership() and new.state = 'begun'
            and new.answered_by is null and new.read_by = '' and new.first_contact_done_on is null
            and (new.side = 'agency' or new.successor_id is null);
    end if;
    was := to_jsonb(old) - array['version'];
    becomes := to_jsonb(new) - array['version'];
    -- That they met is noted by whoever was to, or a director.
    if was - array['first_contact_on', 'first_contact_done_on'] = becomes - array['first_contact_on', 'first_contact_done_on'] then
        return current_hat() in ('director', 'staff') and (writes_handover(old) or old.successor_id = current_membership()
            or exists (select 1 from partner p where p.agency_id = old.agency_id and p.id = old.partner_id and p.keeper_id = current_membership()));
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
        and (new.side = 'agency' or new.successor_id is null);
end $$;
create policy may_be_insert on handover as restrictive for insert to app_login with check (handover_may_be(handover));
create policy may_be_update on handover as restrictive for update to app_login using (true) with check (handover_may_be(handover));

-- Each side its own words: the agency's while the letter is written, the partner's from when it is with them.
create function handover_letter_may_be(new handover_letter) returns boolean language plpgsql stable as $$
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
    return h.state in ('with_partner', 'passed')
        and (speaks_for(h.partner_id) or (writes_handover(h) and not body_has_voice(h.partner_id) and h.state = 'with_partner'));
end $$;
create policy may_be_insert on handover_letter as restrictive for insert to app_login with check (handover_letter_may_be(handover_letter));
create policy may_be_update on handover_letter as restrictive for update to app_login using (true) with check (handover_letter_may_be(handover_letter));

-- A relationship that is kept by somebody else since lately.
alter table partner add column keeper_before uuid;
alter table partner add column keeper_since date;
alter table partner add foreign key (agency_id, keeper_before) references membership (agency_id, id);
