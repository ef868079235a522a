//! Loops in and out of the database. Before an answer has gone out, the partners' side is not told that there is one.

mod agency_side;
mod raiser_side;
mod read;
mod steward;

pub(super) use agency_side::{acknowledge, answer, review};
pub use raiser_side::destroy;
pub(super) use raiser_side::{ask_once_more, close, name_heir, raise, reopen, set_readers, withdraw};
pub(super) use read::{Narrowed, Source, find, happened, heirs, list, neighbours, source};
pub use steward::{narrow, take_back};

use crate::platform::{db::AgencyTx, error::Error, ids::SubjectId};

/// Notes what happened, in its words if it has any.
async fn note(tx: &mut AgencyTx, id: SubjectId, what: &str, text: &str) -> Result<(), Error> {
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
struct Rules {
    acknowledge_days: u16,
    answer_days: u16,
    working_days: bool,
    director_reviews: bool,
}

async fn rules(tx: &mut AgencyTx) -> Result<Rules, Error> {
    let agency = tx.agency();
    let row = sqlx::query!("select acknowledge_days, answer_days, working_days, director_reviews from agency where id = $1", agency.0)
        .fetch_one(tx.conn())
        .await?;
    let days = |days: i16| u16::try_from(days).unwrap_or(0);
    Ok(Rules {
        acknowledge_days: days(row.acknowledge_days),
        answer_days: days(row.answer_days),
        working_days: row.working_days,
        director_reviews: row.director_reviews,
    })
}
