-- The letter about what waits has a line for more of what one person answers for themselves: whether they come, whether they promised
-- what was written down, whether a promise of influence was kept, whether minutes are right where they chair, and whether what they
-- allowed may go on. What binds a body has none.
alter table word_link drop constraint word_link_what_check;
alter table word_link add constraint word_link_what_check
    check (what in ('confirm', 'answer', 'done', 'trust', 'reply', 'promise', 'influence', 'minutes', 'renewal'));
-- A speaker who is asked again says it by such a line.
alter table consent_renewal drop constraint consent_renewal_how_check;
alter table consent_renewal add constraint consent_renewal_how_check check (how in ('in_person', 'telephone', 'paper', 'through', 'link'));
create index consent_renewal_of on consent_renewal (agency_id, membership_id) where answer is null;

-- As in 0342; somebody is asked again where time or place of a session changed, and where what they allowed runs out.
create or replace function letters_that_ask(now timestamptz, today date) returns void language sql as $$
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
           or exists (select 1 from consent_renewal r where r.agency_id = m.agency_id and r.membership_id = m.id and r.answer is null and r.way = 'page'
                        and r.asked_up_to > now)
           or exists (select 1 from loop r where r.agency_id = m.agency_id and r.state = 'answered' and (r.raised_by = m.id or r.heir_id = m.id))
           or exists (select 1 from commitment r where r.agency_id = m.agency_id and r.promised_to = m.id and r.state = 'reported')
           or exists (select 1 from commitment r where r.agency_id = m.agency_id and r.promised_by = m.id and r.state = 'told')
           or exists (select 1 from session_invitee i join listening_session r on r.agency_id = i.agency_id and r.id = i.session_id and r.state = 'announced'
                      where i.agency_id = m.agency_id and i.membership_id = m.id and i.answered_about is distinct from r.sequence)
           or exists (select 1 from influence_word i where i.agency_id = m.agency_id and i.membership_id = m.id and i.word is null)
           or exists (select 1 from seat_term t where t.agency_id = m.agency_id and t.membership_id = m.id)
           or exists (select 1 from trust_asked q join trust_round r on r.agency_id = q.agency_id and r.id = q.round_id and r.state = 'open'
                      where q.agency_id = m.agency_id and q.membership_id = m.id and not q.answered and r.closes_on > today))
$$;
