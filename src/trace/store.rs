//! The chain out of the database: two walks over `edge`, of bounded depth, under the reader's own row security. An edge is
//! only there for those who may see both its ends, so a walk never passes through what is hidden.

use super::model::Link;
use crate::platform::{db::AgencyTx, error::Error, ids::SubjectId, subject::Kind};

/// Records drawn on one page at most.
pub(super) const MOST: i64 = 300;

/// What the record rests on, what came of it, the questions raised on the way, and what was promised in an answer.
pub(super) async fn chain(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Link>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Link,
        r#"with recursive back (id, depth) as (
               select $2::uuid, 0
               union
               select e.to_id, b.depth + 1 from back b join edge e on e.agency_id = $1 and e.from_id = b.id where b.depth < 8
           ), forth (id, depth) as (
               select $2::uuid, 0
               union
               select e.from_id, f.depth + 1 from forth f join edge e on e.agency_id = $1 and e.to_id = f.id where f.depth < 8
           ), found (id) as (
               select id from back
               union select id from forth
               union select e.from_id from back b join edge e on e.agency_id = $1 and e.to_id = b.id and e.kind = 'raised_from'
               union select e.to_id from forth f join edge e on e.agency_id = $1 and e.from_id = f.id and e.kind = 'promised_in'
           )
           select s.id as "id: SubjectId", s.kind as "kind: Kind", s.title, s.path, s.created_at,
                  coalesce(case s.kind
                      when 'session' then (select r.state from listening_session r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'statement' then (select r.state from statement r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'barrier' then (select r.state from barrier r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'goal' then (select r.state from goal r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'plan' then (select r.state from plan r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'commitment' then (select r.state from commitment r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'loop' then (select r.state from loop r where r.agency_id = s.agency_id and r.id = s.id)
                  end, '') as "state!"
           from found f join subject s on s.agency_id = $1 and s.id = f.id
           order by s.created_at, s.id
           limit $3"#,
        agency.0,
        id.0,
        MOST,
    )
    .fetch_all(tx.conn())
    .await?)
}
