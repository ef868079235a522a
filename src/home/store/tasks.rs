//! What waits for anybody of the agency: records that lost a source, copies to call back, hand-overs after somebody left.

use crate::{
    consent,
    home::model::{Queue, Sums, Waiting},
    partners::representatives,
    platform::{db::AgencyTx, error::Error, words},
};
use chrono::NaiveDate;

/// All of them, the oldest first.
pub(in crate::home) async fn tasks(tx: &mut AgencyTx, slug: &str, today: NaiveDate, most: i64) -> Result<Queue, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select q.sort as "sort!", q.id as "id!", q.title as "title!", q.path as "path!", q.who as "who!", q.since as "since!", count(*) over () as "all!"
           from (
               select distinct on (r.subject_id) 'reread' as sort, r.subject_id as id, s.title, s.path, r.reason as who, r.created_at as since
               from rereading r join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
               where r.agency_id = $1 and r.done_at is null
               union all
               select 'recall', c.id, c.what, '', c.taken_by_name, c.created_at
               from recall c where c.agency_id = $1 and c.state in ('open', 'notice_sent')
               union all
               select 'handover', p.id, p.name, '', r.name, r.ends_on::timestamp at time zone $4
               from representative r join partner p on p.agency_id = r.agency_id and p.id = r.partner_id and p.merged_into is null
               where r.agency_id = $1 and r.ends_on < $2 and r.handover_done_at is null) q
           order by q.since, q.id
           limit $3"#,
        agency.0,
        today,
        most,
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Queue::of(
        rows.into_iter()
            .map(|row| {
                let since = words::day(tx.day(row.since));
                let (path, who, state) = match row.sort.as_str() {
                    "recall" => (consent::paths::recall(slug, row.id), format!("a copy to call back, {since}"), "call back"),
                    "handover" => {
                        (representatives::paths::representatives(slug, row.id), format!("{} left on {since}", row.who), "hand over")
                    }
                    _ => (row.path, format!("{}, {since}", row.who), "read again"),
                };
                (Waiting { title: row.title, path, who, state: state.to_owned(), ..Waiting::default() }, Sums::all(row.all))
            })
            .collect(),
    ))
}
