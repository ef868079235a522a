//! What a page shows its reader now, in one question. Row security leaves out what they may not see.

use crate::platform::{
    db::AgencyTx,
    error::Error,
    live::{Seen, Sum},
};

/// Comments that a page shows.
const MOST: i64 = 200;

/// The comments on a record, and the record itself where it is a question with its answer; and what of the reader's news is unread.
/// A record that is hidden from them shows what one does that never was.
pub(super) async fn seen(tx: &mut AgencyTx, of: Option<uuid::Uuid>) -> Result<Seen, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let Some(of) = of else {
        let unread = sqlx::query_scalar!(
            r#"select count(*) as "unread!" from (select from notice n where n.agency_id = $1 and n.membership_id = $2 and n.read_at is null limit 100) w"#,
            agency.0,
            me,
        )
        .fetch_one(tx.conn())
        .await?;
        return Ok(Seen { sum: Sum::default(), unread });
    };
    let row = sqlx::query!(
        r#"with shown as (
               (select c.id, c.version from comment c
                join membership m on m.agency_id = c.agency_id and m.id = c.author_id
                where c.agency_id = $1 and c.subject_id = $2
                  and (c.parent_id is null or c.author_id = $3 or exists (select 1 from comment o where o.agency_id = c.agency_id and o.id = c.parent_id))
                order by c.created_at, c.id
                limit $4)
               union all
               select l.id, l.version from loop l where l.agency_id = $1 and l.id = $2)
           select coalesce((select array_agg(s.id order by s.id) from shown s), '{}') as "ids!",
                  coalesce((select array_agg(s.version order by s.id) from shown s), '{}') as "versions!",
                  (select count(*) from (select from notice n where n.agency_id = $1 and n.membership_id = $3 and n.read_at is null limit 100) w) as "unread!""#,
        agency.0,
        of,
        me,
        MOST,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Seen { sum: Sum::of(row.ids.into_iter().zip(row.versions)), unread: row.unread })
}
