//! What waits, out of the tables of the slices: one query, however many sorts there are. Who may give a word on a promise or a
//! goal is asked of `wants_my_word` in the database, so that nobody is asked for a word that is not theirs to give; what stands
//! before it says the same less strictly, in words that an index answers.

pub(super) mod letter;
pub(super) mod telephone;

use super::model::{Waiting, What};
use crate::platform::{db::AgencyTx, error::Error, paging::Paging, policy::Hat};
use chrono::{Duration, NaiveDate};

/// All that waits for whoever the transaction runs for, the most wanted first.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(tx: &mut AgencyTx, today: NaiveDate, paging: Paging) -> Result<Vec<Waiting>, Error> {
    let (agency, standing, since) = (tx.agency(), *tx.standing(), tx.now() - Duration::days(30));
    Ok(sqlx::query_as!(
        Waiting,
        r#"select w.what as "what!: What", w.title as "title!", w.path as "path!", w.since as "since!", w.again as "asked_again!"
           from (
               select 1 as place, 'confirm' as what, s.title, s.path, r.created_at as since, false as again
               from statement r join speaker k on k.agency_id = r.agency_id and k.id = r.speaker_id and k.membership_id = $2
               join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state = 'with_speaker'
               union all
               select 1, 'renewal', coalesce(s.title, 'A listening session'), '/' || a.slug || '/statements?whose=mine#renewal-' || r.id, r.asked_at, false
               from consent_renewal r join agency a on a.id = r.agency_id
               left join subject s on s.agency_id = r.agency_id and s.id = r.session_id
               where r.agency_id = $1 and r.membership_id = $2 and r.way = 'page' and r.answer is null and r.asked_up_to > $10
               union all
               select 1, 'entered', s.title, s.path || '/entered', r.created_at, false
               from loop r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.raised_by = $2 and r.acting_id is not null and r.confirmed_at is null and r.struck_at is null and r.words is not null
               union all
               select 1, 'entered', coalesce(s.title, 'A comment'), '/' || a.slug || '/comments/' || c.id || '/entered', c.created_at, false
               from comment c join agency a on a.id = c.agency_id left join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
               where c.agency_id = $1 and c.author_id = $2 and c.acting_id is not null and c.confirmed_at is null and c.struck_at is null and c.withdrawn_at is null
               union all
               select 2, 'answer', s.title, s.path, r.answered_at, r.asked_again_at is not null
               from loop r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state = 'answered' and coalesce(r.heir_id, r.raised_by) = $2
               union all
               select 3, 'done', s.title, s.path, coalesce(r.reported_at, r.created_at), false
               from commitment r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state = 'reported' and (r.promised_to = $2 or r.promised_to_partner_id = $3) and wants_my_word(r, $7)
               union all
               select 4, 'promise', s.title, s.path || '/avowal', r.created_at, false
               from commitment r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and wants_my_promise(r, $7)
               union all
               select 5, 'goal', s.title, s.path, coalesce((select max(v.created_at) from revision v where v.agency_id = r.agency_id and v.subject_id = r.id), r.created_at), false
               from goal r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and wants_my_word(r, $7)
               union all
               select 6, 'heir', s.title, s.path || '/heir', r.created_at, false
               from loop r join subject s on s.agency_id = r.agency_id and s.id = r.id
               join membership m on m.agency_id = r.agency_id and m.id = r.raised_by and m.state = 'ended'
               where r.agency_id = $1 and $4 and r.raised_for_partner_id = $3
                 and (r.heir_id is null or exists (select 1 from membership h where h.agency_id = r.agency_id and h.id = r.heir_id and h.state = 'ended')) and r.state not in ('closed', 'left', 'withdrawn')
               union all
               select 7, 'masked', s.title, s.path || '#comment-' || c.id, coalesce(c.edited_at, c.created_at), false
               from comment c join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
               join membership m on m.agency_id = c.agency_id and m.id = c.author_id and m.partner_id = $3
               where c.agency_id = $1 and $4 and c.as_body and c.hidden_because is not null and c.moderator_asked_at is null
               union all
               select 8, 'look', s.title, '/' || split_part(s.path, '/', 2) || '/comments/' || c.id || '/second-look', c.moderator_asked_at, false
               from comment c join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
               join membership m on m.agency_id = c.agency_id and m.id = c.author_id
               where c.agency_id = $1 and $4 and c.hidden_because is not null and c.moderator_asked_at is not null and c.looked_again_at is null
                 and m.partner_id is distinct from $3 and m.id <> $2
               union all
               select 9, 'member', m.name, '/' || split_part(s.path, '/', 2) || '/members/' || m.id || '/admission', m.created_at, false
               from membership m join subject s on s.agency_id = m.agency_id and s.id = m.partner_id
               where m.agency_id = $1 and $4 and m.partner_id = $3 and m.state = 'proposed'
                 and not exists (select 1 from steward_act a where a.agency_id = m.agency_id and a.membership_id = m.id)
               union all
               select 10, 'merge', k.name || ' · ' || o.name, '/' || split_part(s.path, '/', 2) || '/partners/merges/' || g.id, g.created_at, false
               from merge g
               join merge_word w on w.agency_id = g.agency_id and w.merge_id = g.id and w.partner_id = $3 and w.word is null
               join partner k on k.agency_id = g.agency_id and k.id = g.kept_id
               join partner o on o.agency_id = g.agency_id and o.id = g.gone_id
               join subject s on s.agency_id = g.agency_id and s.id = w.partner_id
               where g.agency_id = $1 and $4 and g.state = 'proposed'
               union all
               select 11, 'second', m.name, '/' || split_part(s.path, '/', 2) || '/protocols/requests/' || q.id, q.created_at, false
               from protocol_request q
               join membership m on m.agency_id = q.agency_id and m.id = q.asked_by
               join subject s on s.agency_id = q.agency_id and s.id = q.body_id
               where q.agency_id = $1 and $4 and q.body_id = $3 and q.state = 'waiting' and q.asked_by <> $2 and q.created_at > $8
               union all
               select 12, 'copy', min(r.what), '/' || split_part(s.path, '/', 2) || '/desk/copies', min(r.created_at), false
               from recall r
               join body_copy c on c.agency_id = r.agency_id and c.id = r.copy_id
               join subject s on s.agency_id = c.agency_id and s.id = c.body_id
               where r.agency_id = $1 and $4 and c.body_id = $3 and r.taken_by = $2 and r.state in ('open', 'notice_sent')
               group by c.id, s.path
               union all
               select 13, 'part', s.title, s.path || '/part', r.created_at, false
               from obstacle r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state in ('open', 'easing') and r.side = 'agency' and r.partner_id = $3 and r.partner_can || r.partner_cannot = ''
               union all
               select 14, 'obstacle', s.title, s.path, least(case when r.review_on <= $7 then r.review_on end, case when r.next_on <= $7 and (r.owner_partner_id = $3 or r.owner_id = $2) then r.next_on end)::timestamp at time zone $9, false
               from obstacle r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state in ('open', 'easing') and (r.partner_id = $3 or r.side = 'partner' and r.raised_by = $2)
                 and (r.review_on <= $7 or r.next_on <= $7 and (r.owner_partner_id = $3 or r.owner_id = $2))
               union all
               select 15, 'trust', coalesce(s.title, 'This quarter'), '/' || a.slug || '/trust/rounds/' || r.id || '/answer',
                      r.opened_on::timestamp at time zone $9, false
               from trust_round r join agency a on a.id = r.agency_id
               join trust_asked q on q.agency_id = r.agency_id and q.round_id = r.id and q.membership_id = $2 and not q.answered
               left join subject s on s.agency_id = r.agency_id and s.id = r.session_id
               where r.agency_id = $1 and r.state = 'open' and r.closes_on > $7
               union all
               select 4, 'minutes', s.title, s.path || '/minutes/word', coalesce(r.sent_at, r.created_at), false
               from meeting r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state = 'sent' and confirms_minutes(r)
               union all
               select 17, 'agenda', s.title, s.path, r.created_at, false
               from meeting r join subject s on s.agency_id = r.agency_id and s.id = r.id
               where r.agency_id = $1 and r.state = 'planned' and r.group_id is not null and r.agenda_published_at is null
                 and (r.starts_at at time zone r.zone)::date between $7 and $7 + 14 and sits_in(r.group_id, $7)
               union all
               select 2, 'reply', s.title, s.path || '/reply', coalesce(r.told_at, i.asked_at, i.created_at), false
               from session_invitee i join listening_session r on r.agency_id = i.agency_id and r.id = i.session_id
               join subject s on s.agency_id = r.agency_id and s.id = r.id
               where i.agency_id = $1 and i.membership_id = $2 and r.state = 'announced' and i.answered_about is distinct from r.sequence
                 and (r.starts_at at time zone r.zone)::date >= $7
               union all
               select 18, 'hand_over', coalesce(p.name, 'About you'), '/' || a.slug || '/partners/hand-overs/' || r.id || '/answer', coalesce(r.sent_at, r.created_at), false
               from handover r join agency a on a.id = r.agency_id
               left join partner p on p.agency_id = r.agency_id and p.id = r.partner_id
               where r.agency_id = $1 and r.state = 'with_partner'
                 and case when r.person_id is null then speaks_for(r.partner_id) and speaks_for_body($7) else r.person_id = $2 end
               union all
               select 4, 'influence', r.question, '/' || a.slug || '/influence/' || r.id, coalesce(r.outcome_at, r.created_at), false
               from influence_promise r join agency a on a.id = r.agency_id
               join influence_word w on w.agency_id = r.agency_id and w.promise_id = r.id and w.word is null
                    and (w.membership_id = $2 or w.partner_id = $3 and speaks_for_body($7))
               where r.agency_id = $1 and (r.outcome_at is not null or r.decide_on < $7)
           ) w
           order by w.place, w.since, w.path
           limit $5 offset $6"#,
        agency.0,
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
        standing.hat == Hat::Steward,
        paging.limit(),
        paging.offset(),
        today,
        since,
        tx.zone(),
        tx.now(),
    )
    .fetch_all(tx.conn())
    .await?)
}
