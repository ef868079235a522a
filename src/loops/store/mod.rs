//! Loops in and out of the database. Before an answer has gone out, the partners' side is not told that there is one.

mod agency_side;
mod answers;
mod by_itself;
mod entered;
mod raiser_side;
mod read;
mod steward;
mod together;

pub(super) use agency_side::{acknowledge, answer, review};
pub(super) use answers::{Given, Narrowing, Sums, answers};
pub(super) use by_itself::{ask_once_more, end_without_anyone, hand_to_directors};
pub(super) use entered::{confirm, enter, strike};
pub use raiser_side::destroy;
pub(super) use raiser_side::{close, name_heir, raise, reopen, set_readers, withdraw};
pub(super) use read::{Narrowed, Source, find, happened, heirs, list, neighbours, source};
pub use steward::{narrow, take_back};
pub(super) use together::{Outcome, answer_together, open};

use super::clock::{Counted, runs_until};
use crate::platform::{db::AgencyTx, error::Error, ids::SubjectId};
use chrono::NaiveDate;

/// Notes what happened, in its words if it has any.
pub(super) async fn note(tx: &mut AgencyTx, id: SubjectId, what: &str, text: &str) -> Result<(), Error> {
    let (agency, now, by) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into happening (agency_id, id, subject_id, what, text, by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        what,
        text,
        by.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the agency set about loops.
pub(super) struct Rules {
    acknowledge_days: u16,
    answer_days: u16,
    counted: Counted,
    director_reviews: bool,
}

impl Rules {
    /// The last days of both clocks, begun today.
    pub(super) fn clocks(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        (runs_until(today, self.acknowledge_days, &self.counted), runs_until(today, self.answer_days, &self.counted))
    }
}

pub(super) async fn rules(tx: &mut AgencyTx) -> Result<Rules, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let row = sqlx::query!(
        r#"select a.acknowledge_days, a.answer_days, a.working_days, a.director_reviews,
                  array(select c.day from closed_day c where c.agency_id = $1 and c.day > $2 order by c.day limit 500) as "closed!"
           from agency a where a.id = $1"#,
        agency.0,
        today,
    )
    .fetch_one(tx.conn())
    .await?;
    let days = |days: i16| u16::try_from(days).unwrap_or(0);
    Ok(Rules {
        acknowledge_days: days(row.acknowledge_days),
        answer_days: days(row.answer_days),
        counted: if row.working_days { Counted::Working { closed: row.closed } } else { Counted::Calendar },
        director_reviews: row.director_reviews,
    })
}
