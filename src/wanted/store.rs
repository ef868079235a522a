//! What waits, out of the tables of the slices: one query, however many sorts there are. Who may give a word on a promise or a
//! goal is asked of `wants_my_word` in the database, so that nobody is asked for a word that is not theirs to give; what stands
//! before it says the same less strictly, in words that an index answers.

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
               where r.agency_id = $1 and $4 and r.heir_id is null and r.raised_for_partner_id = $3 and r.state not in ('closed', 'withdrawn')
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
    )
    .fetch_all(tx.conn())
    .await?)
}
