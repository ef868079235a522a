-- All that waits for one person's word comes in one letter, at most once within the pace that they chose. Whose turn it is decides one
-- statement on one row, so that two workers send one letter; the letter that took the turn may be tried again.
create table word_letter (
    agency_id uuid not null default current_agency() references agency (id),
    membership_id uuid not null,
    pace text not null default 'week' check (pace in ('day', 'week', 'month', 'never')),
    last_at timestamptz,
    letter_id uuid,
    primary key (agency_id, membership_id),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
select keep_within_agency('word_letter', 'select, insert, update');
select keep_to_audience('word_letter', '(membership_id = (select current_membership()))');
create policy own_insert on word_letter as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_update on word_letter as restrictive for update to app_login with check (membership_id = (select current_membership()));

-- A line of that letter: a link that shows one thing which waits, to whoever holds it, and is spent by the answer. One row for each
-- thing and person: the next letter makes its link anew, and the one before opens nothing any more. Nothing says when it was answered:
-- beside an answer without a name no moment may stand.
create table word_link (
    agency_id uuid not null default current_agency() references agency (id),
    id uuid not null,
    token_hash bytea not null,
    membership_id uuid not null,
    what text not null check (what in ('confirm', 'answer', 'done', 'trust')),
    record_id uuid not null,
    expires_at timestamptz not null,
    spent boolean not null default false,
    primary key (agency_id, id),
    unique (agency_id, membership_id, what, record_id),
    unique (agency_id, token_hash),
    foreign key (agency_id, membership_id) references membership (agency_id, id)
);
create index word_link_over on word_link (agency_id, expires_at);
select keep_within_agency('word_link', 'select, insert, update');
grant delete on word_link to app_keeper;
select keep_to_audience('word_link', '(membership_id = (select current_membership()))');
create policy own_insert on word_link as restrictive for insert to app_login with check (membership_id = (select current_membership()));
create policy own_update on word_link as restrictive for update to app_login with check (membership_id = (select current_membership()));
create policy look_up on word_link for select to app_system using (true);
grant select on word_link to app_system;

-- Queued by the keeper for everybody for whom something may wait and whose turn has come; whether something does, the letter finds out
-- as that person.
grant select (kind, about, for_agency, sent_at, failed_at), insert on letter to app_keeper;
-- So long lies between two letters.
create function word_pace(pace text) returns interval language sql immutable as $$
    select case pace when 'day' then interval '1 day' when 'month' then interval '28 days' else interval '7 days' end
$$;
create function letters_that_ask(now timestamptz, today date) returns void language sql as $$
    insert into letter (id, for_agency, kind, about, made_at, run_at)
    select gen_random_uuid(), m.agency_id, 'wanted', m.id, now, now
    from membership m
    left join word_letter w on w.agency_id = m.agency_id and w.membership_id = m.id
    where m.agency_id = current_agency() and m.state = 'active' and m.role <> 'administrator' and m.account_id is not null
      and coalesce(w.pace, 'week') <> 'never'
      and (w.last_at is null or w.last_at <= now - word_pace(w.pace))
      and not exists (select 1 from agency g where g.id = m.agency_id and g.is_demo)
      -- One waits in the queue, or there was nothing to say within a day.
      and not exists (select 1 from letter l where l.about = m.id and l.kind = 'wanted' and l.failed_at is null
          and (l.sent_at is null and l.dropped_at is null or l.made_at > now - interval '1 day'))
      and (m.steward or (m.speaks and coalesce(m.mandate_from <= today, true) and coalesce(m.mandate_until >= today, true)) or m.role = 'director'
           or (m.role = 'partner' and m.partner_id is null)
           or exists (select 1 from speaker k join statement r on r.agency_id = k.agency_id and r.speaker_id = k.id and r.state = 'with_speaker'
                      where k.agency_id = m.agency_id and k.membership_id = m.id)
           or exists (select 1 from loop r where r.agency_id = m.agency_id and r.state = 'answered' and (r.raised_by = m.id or r.heir_id = m.id))
           or exists (select 1 from commitment r where r.agency_id = m.agency_id and r.promised_to = m.id and r.state = 'reported')
           or exists (select 1 from commitment r where r.agency_id = m.agency_id and r.promised_by = m.id and r.state = 'told')
           or exists (select 1 from session_invitee i where i.agency_id = m.agency_id and i.membership_id = m.id and i.asked_at is not null and i.answer is null)
           or exists (select 1 from influence_word i where i.agency_id = m.agency_id and i.membership_id = m.id and i.word is null)
           or exists (select 1 from seat_term t where t.agency_id = m.agency_id and t.membership_id = m.id)
           or exists (select 1 from trust_asked q join trust_round r on r.agency_id = q.agency_id and r.id = q.round_id and r.state = 'open'
                      where q.agency_id = m.agency_id and q.membership_id = m.id and not q.answered and r.closes_on > today))
$$;
