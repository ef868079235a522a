//! The year in numbers, as far as the reader may see: one query, whatever the agency's size.

use super::super::model::Year;
use crate::platform::{db::AgencyTx, error::Error, form::Choice};
use chrono::NaiveDate;

/// What happened since `since`, and how it stands `today`.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn year(tx: &mut AgencyTx, since: NaiveDate, today: NaiveDate) -> Result<Year, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select l.sessions as "sessions!", l.came as "came!",
                  (select count(*) from statement w where w.agency_id = $1 and w.state in ('confirmed', 'corrected') and w.withdrawn_at is null
                   and w.confirmed_at >= $2) as "statements!",
                  (select count(*) from outreach o where o.agency_id = $1 and o.held_on >= $4 and not o.between_governments) as "outreach!",
                  (select count(*) from outreach o where o.agency_id = $1 and o.held_on >= $4 and o.between_governments) as "governments!",
                  (select count(distinct e.from_id) from edge e where e.agency_id = $1 and e.kind = 'source' and e.created_at >= $2) as "themes!",
                  b.open as "barriers_open!", b.removed as "barriers_removed!",
                  (select count(*) from goal g where g.agency_id = $1 and g.state in ('in_force', 'met')) as "goals!",
                  c.kept as "kept!", c.waiting as "waiting!", c.late as "late!", c.open as "open!",
                  q.closed as "closed!", q.no_word as "no_word!", q.ended as "left!", q.late as "loops_late!", q.open as "loops_open!", q.not_possible as "not_possible!"
           from (select count(*) as sessions, coalesce(sum((select sum(a.number) from attendance a
                     where a.agency_id = s.agency_id and a.session_id = s.id)), 0)::bigint as came
                 from listening_session s
                 where s.agency_id = $1 and s.state in ('held', 'with_speakers', 'confirmed', 'closed') and s.starts_at >= $2) l,
                (select count(*) filter (where state in ('open', 'in_work')) as open, count(*) filter (where state = 'removed') as removed
                 from barrier where agency_id = $1) b,
                (select count(*) filter (where state = 'confirmed' and confirmed_at >= $2) as kept,
                        count(*) filter (where state = 'reported') as waiting,
                        count(*) filter (where state in ('open', 'returned') and due_on < $3) as late,
                        count(*) filter (where state in ('open', 'returned') and due_on >= $3) as open
                 from commitment where agency_id = $1 and side <> 'partner') c,
                (select count(*) filter (where state = 'closed' and closed_at >= $2) as closed,
                        count(*) filter (where state = 'answered') as no_word,
                        count(*) filter (where state = 'left' and closed_at >= $2) as ended,
                        count(*) filter (where state = 'raised' and acknowledge_by < $3
                            or state in ('raised', 'acknowledged', 'review') and answer_by < $3) as late,
                        count(*) filter (where state in ('raised', 'acknowledged', 'review') and answer_by >= $3
                            and not (state = 'raised' and acknowledge_by < $3)) as open,
                        count(*) filter (where state in ('answered', 'closed', 'left') and answer = 'not_possible' and answered_at >= $2) as not_possible
                 from loop where agency_id = $1) q"#,
        agency.0,
        tx.first_moment(since),
        today,
        since,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Year {
        sessions: row.sessions,
        came: row.came,
        statements: row.statements,
        outreach: row.outreach,
        governments: row.governments,
        themes: row.themes,
        barriers_open: row.barriers_open,
        barriers_removed: row.barriers_removed,
        goals: row.goals,
        promises_kept: row.kept,
        promises_waiting: row.waiting,
        promises_late: row.late,
        promises_open: row.open,
        loops_closed: row.closed,
        loops_no_word: row.no_word,
        loops_left: row.left,
        loops_late: row.loops_late,
        loops_open: row.loops_open,
        loops_not_possible: row.not_possible,
    })
}

/// Themes that the reader may see, for a filter.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn themes(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows =
        sqlx::query!("select id, name from theme where agency_id = $1 and merged_into is null order by name, id limit 500", agency.0)
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}
