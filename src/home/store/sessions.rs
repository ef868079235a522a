//! Sessions on the first pages: what is ahead with what it still lacks, and for staff what was held and is not finished. Beside them the
//! meetings ahead of the groups in which the reader sits, and forums of their body.

use crate::{
    home::model::Ahead,
    platform::{db::AgencyTx, error::Error},
};
use chrono::{DateTime, NaiveDate, Utc};

/// Sessions and meetings ahead, the next first. `until`: for those who run them, only up to then, and with every session whose hour has
/// come or that was held and still lacks something, a check-in also after it was closed.
pub(in crate::home) async fn sessions(
    tx: &mut AgencyTx,
    until: Option<DateTime<Utc>>,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<Ahead>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_as!(
        Ahead,
        r#"select q.title as "title!", q.path as "path!", q.starts_at as "starts_at!", q.place as "place!", q.cohost as "cohost?", q.lacks as "lacks!" from (
               select l.id, l.title, s.path, l.starts_at, l.place, l.state, p.name as cohost,
                   case when l.state in ('planned', 'announced') then array_remove(array[
                       case when l.starts_at <= $2 then 'say whether it was held' end,
                       case when l.cohost_id is null then 'co-host still to find' end,
                       case when not exists (select 1 from session_duty d where d.agency_id = l.agency_id and d.session_id = l.id and d.duty = 'facilitator')
                            then 'facilitator still to name' end,
                       case when l.recording = 'notes' and not exists (select 1 from session_duty d where d.agency_id = l.agency_id and d.session_id = l.id
                            and d.duty = 'note_taker') then 'note-taker still to name' end,
                       case when l.place = '' then 'place still to find' end,
                       case when l.support_person = '' then 'support person still to find' end,
                       case when l.stop_rule = '' then 'stop rule still to agree' end,
                       case when l.checkin_on is null then 'check-in day still to set' end,
                       case when l.food = '' then 'food still to arrange' end,
                       case when l.child_care = '' then 'child care still to arrange' end,
                       case when l.travel = '' then 'travel help still to arrange' end,
                       case when l.pay = '' then 'pay still to decide' end,
                       case when l.interpreter = '' and exists (select 1 from unnest(l.languages) one where lower(one) not in ('english', 'en'))
                            then 'interpreter still to find' end], null)
                   else array_remove(array[
                       case when l.state = 'held' and not exists (select 1 from attendance a where a.agency_id = l.agency_id and a.session_id = l.id)
                            then 'say how many came' end,
                       case when l.state = 'held' and l.recording <> 'none' and l.summary = '' then 'write the summary of the room' end,
                       case when l.state = 'held' and l.recording = 'notes' then 'bring the words back to their speakers' end,
                       case when l.state = 'held' and l.recording <> 'notes' then 'close it with the co-host' end,
                       case when l.checkin_done_at is null and coalesce(l.checkin_on, (l.starts_at at time zone $6)::date + 7) between $5::date - 90 and $5 then 'check in with those who spoke' end], null) end as lacks
               from listening_session l
               join subject s on s.agency_id = l.agency_id and s.id = l.id
               left join partner p on p.agency_id = l.agency_id and p.id = l.cohost_id
               where l.agency_id = $1 and l.state <> 'cancelled'
               union all
               select m.id, m.title, s.path, m.starts_at, m.place, m.state, null, '{}'
               from meeting m join subject s on s.agency_id = m.agency_id and s.id = m.id
               where m.agency_id = $1 and m.state = 'planned' and m.starts_at > $2
                 and (m.group_id is null and m.cohost_id = $7 or sits_in(m.group_id, (m.starts_at at time zone m.zone)::date))) q
           where (q.state in ('planned', 'announced') and case when $3::timestamptz is null then q.starts_at > $2 else q.starts_at < $3 end)
              or ($3 is not null and q.state in ('held', 'with_speakers', 'confirmed', 'closed') and cardinality(q.lacks) > 0)
           order by q.state = 'closed', q.starts_at, q.id limit $4"#,
        agency.0,
        now,
        until,
        most,
        today,
        tx.zone(),
        tx.standing().body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}
