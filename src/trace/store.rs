//! The chain out of the database: two walks over `edge`, of bounded depth, under the reader's own row security. An edge is
//! only there for those who may see both its ends, so a walk never passes through what is hidden.

use super::model::Link;
use crate::platform::{db::AgencyTx, error::Error, ids::SubjectId, subject::Kind};

/// Records drawn on one page at most.
pub(super) const MOST: i64 = 300;

/// What the record rests on, what came of it, the questions raised on the way, what was promised in an answer, and with whom.
/// A plan stands between the barriers that it addresses and the goal that it serves, so both walks pass through it; a goal
/// reached so does not lead on to other plans that serve it.
pub(super) async fn chain(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Link>, Error> {
    let agency = tx.agency();
    let found = sqlx::query_as!(
        Link,
        r#"with recursive back (id, depth) as (
               (select $2::uuid, 0
                union
                select e.from_id, 0 from edge e where e.agency_id = $1 and e.to_id = $2 and e.kind = 'serves')
               union
               select e.to_id, b.depth + 1 from back b join edge e on e.agency_id = $1 and e.from_id = b.id where b.depth < 8
           ), forth (id, depth, served) as (
               (select $2::uuid, 0, false
                union
                select h.id, 0, false from listening_session h where h.agency_id = $1 and h.cohost_id = $2)
               union
               select case when e.to_id = f.id then e.from_id else e.to_id end, f.depth + 1, e.from_id = f.id
               from forth f
               join edge e on e.agency_id = $1 and ((e.to_id = f.id and not (f.served and e.kind = 'serves')) or (e.from_id = f.id and e.kind = 'serves'))
               where f.depth < 8
           ), walked (id) as (
               select id from back
               union select id from forth
               union select e.from_id from back b join edge e on e.agency_id = $1 and e.to_id = b.id and e.kind = 'raised_from'
               union select e.to_id from forth f join edge e on e.agency_id = $1 and e.from_id = f.id and e.kind = 'promised_in'
           ), found (id) as (
               select id from walked
               union select h.cohost_id from listening_session h join walked w on w.id = h.id where h.agency_id = $1 and h.cohost_id is not null
           )
           select s.id as "id: SubjectId", s.kind as "kind: Kind", s.title, s.path,
                  coalesce((select r.starts_at from listening_session r where r.agency_id = s.agency_id and r.id = s.id),
                      (select r.starts_at from meeting r where r.agency_id = s.agency_id and r.id = s.id), s.created_at) as "at!",
                  coalesce(case s.kind
                      when 'session' then (select r.state from listening_session r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'statement' then (select r.state from statement r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'meeting' then (select r.state from meeting r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'barrier' then (select r.state from barrier r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'goal' then (select r.state from goal r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'plan' then (select r.state from plan r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'commitment' then (select promise_state(r) from commitment r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'loop' then (select r.state from loop r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'obstacle' then (select r.state from obstacle r where r.agency_id = s.agency_id and r.id = s.id)
                  end, '') as "state!",
                  coalesce(case s.kind
                      when 'statement' then (select case when r.sensitivity = '' then r.words else 'Before you read: ' || r.sensitivity end from statement r
                          where r.agency_id = s.agency_id and r.id = s.id and quotable(r) and r.words is not null and r.state in ('confirmed', 'corrected'))
                      when 'barrier' then (select r.happened from barrier r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'goal' then (select concat_ws(' ', v.value, nullif(r.unit, ''), 'on', to_char(v.on_day, 'FMDD FMMonth YYYY')) from goal r
                          join goal_value v on v.agency_id = r.agency_id and v.goal_id = r.id
                          where r.agency_id = s.agency_id and r.id = s.id order by v.on_day desc limit 1)
                      when 'plan' then (select r.outcome from plan r where r.agency_id = s.agency_id and r.id = s.id)
                      when 'loop' then (select r.answer_words from loop r where r.agency_id = s.agency_id and r.id = s.id and r.state in ('answered', 'closed', 'left'))
                  end, '') as "words!"
           from found f join subject s on s.agency_id = $1 and s.id = f.id
           order by "at!", s.id
           limit $3"#,
        agency.0,
        id.0,
        MOST,
    )
    .fetch_all(tx.conn())
    .await?;
    let words = |link: &&Link| matches!(link.kind, Kind::Loop | Kind::Obstacle) || (link.kind == Kind::Statement && !link.words.is_empty());
    tx.shows(found.iter().filter(words).map(|link| link.id));
    Ok(found)
}
