-- Meetings of a group, and forums that stand alone: when and where, the agenda, who came by organization, notes, decisions, what went up
-- to another group and came back, and minutes that the other side's chair confirms.
create table meeting (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    group_id uuid,
    cohost_id uuid,
    title text not null,
    purpose text not null default '',
    starts_at timestamptz not null,
    minutes integer not null default 90 check (minutes between 15 and 1440),
    zone text not null,
    place text not null default '',
    state text not null default 'planned' check (state in ('planned', 'held', 'sent', 'returned', 'confirmed', 'cancelled')),
    -- How often its time, place or calling-off was told anew: the number in its calendar file.
    sequence integer not null default 0,
    told_at timestamptz not null,
    agenda_published_at timestamptz,
    cancelled_because text not null default '',
    held_at timestamptz,
    came_agency integer not null default 0 check (came_agency between 0 and 100000),
    came_lived integer not null default 0 check (came_lived between 0 and 100000),
    came_others integer not null default 0 check (came_others between 0 and 100000),
    notes text not null default '',
    sent_at timestamptz,
    sent_by uuid,
    word text not null default '',
    word_by uuid,
    word_at timestamptz,
    version integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, id) references subject (agency_id, id),
    foreign key (agency_id, group_id) references joint_group (agency_id, id),
    foreign key (agency_id, cohost_id) references partner (agency_id, id),
    foreign key (agency_id, sent_by) references membership (agency_id, id),
    foreign key (agency_id, word_by) references membership (agency_id, id),
    foreign key (agency_id, created_by) references membership (agency_id, id)
);
create index meeting_by_day on meeting (agency_id, starts_at, id);
create index meeting_of_group on meeting (agency_id, group_id, starts_at);
select keep_within_agency('meeting', 'select, insert, update');
select keep_with_subject('meeting');

-- Whether minutes that were sent wait for whoever asks: the partners' side's chair of its group, or who speaks for a forum's co-host.
-- Nobody confirms what they sent themselves under another hat.
create function confirms_minutes(m meeting) returns boolean language sql stable as $$
    select m.state = 'sent' and current_hat() = 'partner' and case
            when m.group_id is null then m.cohost_id is not null and speaks_for(m.cohost_id)
            else exists (select 1 from seat_term t
                join group_seat s on s.agency_id = t.agency_id and s.id = t.seat_id and s.is_chair and s.constituency <> 'agency'
                where t.agency_id = m.agency_id and t.group_id = m.group_id and t.membership_id = current_membership() and t.ended_on is null
                  and t.from_on <= (current_moment() at time zone m.zone)::date
                  and (t.until_on is null or t.until_on >= (current_moment() at time zone m.zone)::date)) end
        and not exists (select 1 from membership o join membership me on me.agency_id = o.agency_id and me.id = current_membership()
            where o.agency_id = m.agency_id and o.id = m.sent_by and o.account_id = me.account_id)
$$;

-- The agency's directors and staff plan meetings and write their minutes; the word on the minutes is the other side's, and what was
-- confirmed stays as it is.
create function meeting_may_be(new meeting) returns boolean language plpgsql stable as $$
declare
    old meeting;
    words text[] := array['state', 'word', 'word_by', 'word_at', 'version'];
begin
    select m.* into old from meeting m where m.agency_id = new.agency_id and m.id = new.id;
    if old.id is null then
        return current_hat() in ('director', 'staff') and new.state = 'planned' and new.word_by is null;
    end if;
    if new.state in ('confirmed', 'returned') and new.state <> old.state then
        return confirms_minutes(old) and new.word_by = current_membership() and to_jsonb(new) - words = to_jsonb(old) - words;
    end if;
    -- What was sent is with the other side, and a meeting stays with its group.
    return current_hat() in ('director', 'staff') and old.state in ('planned', 'held', 'returned')
        and new.group_id is not distinct from old.group_id and (new.word, new.word_by, new.word_at) is not distinct from (old.word, old.word_by, old.word_at);
end $$;
create policy may_be_insert on meeting as restrictive for insert to app_login with check (meeting_may_be(meeting));
create policy may_be_update on meeting as restrictive for update to app_login using (true) with check (meeting_may_be(meeting));

-- What is to be talked about; added by anyone of the group, taken away by whoever added it or the agency's people.
create table agenda_item (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    meeting_id uuid not null,
    text text not null,
    by_id uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, meeting_id) references meeting (agency_id, id),
    foreign key (agency_id, by_id) references membership (agency_id, id)
);
create index agenda_of_meeting on agenda_item (agency_id, meeting_id, created_at);
select keep_within_agency('agenda_item', 'select, insert, delete');
grant update (text) on agenda_item to app_keeper;
select keep_with_subject('agenda_item', 'meeting_id');
-- Open until the meeting is held, or until it was published under an open-meeting law.
create function agenda_is_open(of_meeting uuid) returns boolean language sql stable as $$
    select exists (select 1 from meeting m where m.agency_id = current_agency() and m.id = of_meeting and m.state = 'planned'
        and m.agenda_published_at is null)
$$;
-- Of a forum, every member who may read it; of a group's meeting whoever sits in the group, and the agency's people who keep it.
create function adds_to_agenda(of_meeting uuid) returns boolean language sql stable as $$
    select exists (select 1 from meeting m where m.agency_id = current_agency() and m.id = of_meeting
        and (current_hat() in ('director', 'staff') or current_hat() = 'partner' and (m.group_id is null
            or sits_in(m.group_id, (current_moment() at time zone m.zone)::date))))
$$;
create policy added_insert on agenda_item as restrictive for insert to app_login
    with check (by_id = (select current_membership()) and agenda_is_open(meeting_id) and adds_to_agenda(meeting_id));
create policy added_delete on agenda_item as restrictive for delete to app_login
    using (agenda_is_open(meeting_id) and (by_id = (select current_membership()) or (select current_hat()) in ('director', 'staff')));

-- Which organizations came; never who.
create table meeting_body (
    agency_id uuid not null default current_agency() references agency (id),
    meeting_id uuid not null,
    partner_id uuid not null,
    primary key (agency_id, meeting_id, partner_id),
    foreign key (agency_id, meeting_id) references meeting (agency_id, id),
    foreign key (agency_id, partner_id) references partner (agency_id, id)
);
create index meetings_of_body on meeting_body (agency_id, partner_id);
select keep_within_agency('meeting_body', 'select, insert, delete');
select keep_with_subject('meeting_body', 'meeting_id');

-- The minutes are open from when the meeting was held until they are sent, and again when they come back.
create function minutes_are_open(of_meeting uuid) returns boolean language sql stable as $$
    select current_hat() in ('director', 'staff') and exists (select 1 from meeting m where m.agency_id = current_agency() and m.id = of_meeting
        and m.state in ('held', 'returned'))
$$;
create policy counted_insert on meeting_body as restrictive for insert to app_login with check (minutes_are_open(meeting_id));
create policy counted_delete on meeting_body as restrictive for delete to app_login using (minutes_are_open(meeting_id));

create table meeting_decision (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    meeting_id uuid not null,
    what text not null,
    how text not null check (how in ('consensus', 'vote', 'ballot', 'each_side', 'deferred')),
    reasons text not null default '',
    dissent text not null default '',
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (agency_id, id),
    foreign key (agency_id, meeting_id) references meeting (agency_id, id),
    foreign key (agency_id, created_by) references membership (agency_id, id)
);
create index decision_of_meeting on meeting_decision (agency_id, meeting_id, created_at);
select keep_within_agency('meeting_decision', 'select, insert, delete');
grant update (what, how, reasons, dissent) on meeting_decision to app_keeper;
select keep_with_subject('meeting_decision', 'meeting_id');
create policy decided_delete on meeting_decision as restrictive for delete to app_login using (minutes_are_open(meeting_id));

-- Votes by name: who sat in which seat, and how they voted.
create table decision_vote (
    agency_id uuid not null default current_agency() references agency (id),
    decision_id uuid not null,
    term_id uuid not null,
    meeting_id uuid not null,
    vote text not null check (vote in ('yes', 'no', 'abstained')),
    primary key (agency_id, decision_id, term_id),
    foreign key (agency_id, decision_id) references meeting_decision (agency_id, id) on delete cascade,
    foreign key (agency_id, term_id) references seat_term (agency_id, id),
    foreign key (agency_id, meeting_id) references meeting (agency_id, id)
);
create index votes_of_meeting on decision_vote (agency_id, meeting_id);
select keep_within_agency('decision_vote', 'select, insert, delete');
grant update (vote) on decision_vote to app_keeper;
select keep_with_subject('decision_vote', 'meeting_id');
create policy voted_insert on decision_vote as restrictive for insert to app_login with check (minutes_are_open(meeting_id));
create policy voted_delete on decision_vote as restrictive for delete to app_login using (minutes_are_open(meeting_id));

-- What went up to another group. It stays open until something comes back, which is said once.
create table sent_up (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    meeting_id uuid not null,
    to_group_id uuid not null,
    what text not null,
    sent_by uuid not null,
    created_at timestamptz not null,
    back text not null default '',
    back_by uuid,
    back_at timestamptz,
    primary key (agency_id, id),
    foreign key (agency_id, meeting_id) references meeting (agency_id, id),
    foreign key (agency_id, to_group_id) references joint_group (agency_id, id),
    foreign key (agency_id, sent_by) references membership (agency_id, id),
    foreign key (agency_id, back_by) references membership (agency_id, id),
    check ((back_at is null) = (back = ''))
);
create index sent_up_from on sent_up (agency_id, meeting_id);
create index sent_up_to on sent_up (agency_id, to_group_id, back_at);
select keep_within_agency('sent_up', 'select, insert, update');
select keep_with_subject('sent_up', 'meeting_id');
create function sent_up_may_be(new sent_up) returns boolean language plpgsql stable as $$
declare
    old sent_up;
    words text[] := array['back', 'back_by', 'back_at'];
begin
    if current_hat() not in ('director', 'staff') then
        return false;
    end if;
    select s.* into old from sent_up s where s.agency_id = new.agency_id and s.id = new.id;
    if old.id is null then
        return new.back_at is null and minutes_are_open(new.meeting_id);
    end if;
    return old.back_at is null and to_jsonb(new) - words = to_jsonb(old) - words and new.back_by = current_membership();
end $$;
create policy up_insert on sent_up as restrictive for insert to app_login with check (sent_up_may_be(sent_up));
create policy up_update on sent_up as restrictive for update to app_login using (true) with check (sent_up_may_be(sent_up));
