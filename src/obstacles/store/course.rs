//! What both sides do: each its own part, where it stands and what comes next, settled and open again.

use super::{
    super::model::{Course, Hand, State},
    telling::tell_others,
};
use crate::{
    audit::{self, Change},
    chain,
    commitments::Side,
    consent,
    platform::{access::Can, db::AgencyTx, error::Error, form::Problems, ids::SubjectId, policy::KeepObstacles, subject::Kind},
};

/// Somebody else saved it meanwhile, where nothing was changed.
fn changed(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}

async fn on_record(tx: &mut AgencyTx, id: SubjectId, what: &str, action: &str, words: &str) -> Result<(), Error> {
    chain::happened(tx, id, what, words).await?;
    audit::record(tx, Change::of(action, Kind::Obstacle, id).field("words", words)).await
}

/// Keeps what one side can and cannot decide by itself.
pub(in super::super) async fn keep_part(
    tx: &mut AgencyTx,
    can: &Can<KeepObstacles>,
    Hand(id, side): Hand,
    part: &(String, String),
) -> Result<(), Error> {
    let agency = tx.agency();
    consent::in_own_words(tx, &[("can", &part.0), ("cannot", &part.1)]).await?;
    let kept = match side {
        Side::Agency => {
            sqlx::query!(
                "update obstacle set agency_can = $4, agency_cannot = $5, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
                agency.0,
                id.0,
                can.version(),
                part.0,
                part.1,
            )
            .execute(tx.conn())
            .await?
        }
        Side::Partner => {
            sqlx::query!(
                "update obstacle set partner_can = $4, partner_cannot = $5, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
                agency.0,
                id.0,
                can.version(),
                part.0,
                part.1,
            )
            .execute(tx.conn())
            .await?
        }
    };
    changed(kept.rows_affected())?;
    let what = match side {
        Side::Agency => "the agency’s part written",
        Side::Partner => "the partner’s part written",
    };
    chain::happened(tx, id, what, "").await?;
    audit::record(tx, Change::of("wrote a part of", Kind::Obstacle, id).field("can", &part.0).field("cannot", &part.1)).await
}

/// Keeps where it stands, who works on it, what comes next and when both look at it again.
pub(in super::super) async fn keep_course(
    tx: &mut AgencyTx,
    can: &Can<KeepObstacles>,
    Hand(id, _): Hand,
    course: &Course,
) -> Result<(), Error> {
    let agency = tx.agency();
    consent::in_own_words(tx, &[("happened", &course.happened), ("next_step", &course.next_step)]).await?;
    let kept = sqlx::query!(
        "update obstacle set state = $4, owner_id = $5, owner_partner_id = $6, next_step = $7, next_on = $8, review_on = $9, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('open', 'easing')",
        agency.0,
        id.0,
        can.version(),
        course.state as State,
        course.owner.map(|id| id.0),
        course.owner_partner.map(|id| id.0),
        course.next_step,
        course.next_on,
        course.review_on,
    )
    .execute(tx.conn())
    .await?;
    changed(kept.rows_affected())?;
    let what = if course.state == State::Easing { "easing" } else { "still open" };
    chain::happened(tx, id, what, &course.happened).await?;
    let change = Change::of("set the course of", Kind::Obstacle, id);
    audit::record(tx, change.field("happened", &course.happened).field("next step", &course.next_step)).await
}

/// It is settled, by the side that raised it; nothing is due any more.
pub(in super::super) async fn settle(tx: &mut AgencyTx, can: &Can<KeepObstacles>, hand: Hand, how: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "words", how).await?;
    let settled = sqlx::query!(
        "update obstacle set state = 'settled', settled_at = $4, next_step = '', next_on = null, review_on = null, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('open', 'easing')",
        agency.0,
        hand.0.0,
        can.version(),
        now,
    )
    .execute(tx.conn())
    .await?;
    changed(settled.rows_affected())?;
    tell_others(tx, can.slug(), hand, "says that an obstacle is settled").await?;
    on_record(tx, hand.0, "settled", "settled", how).await
}

/// It is open again, by either side.
pub(in super::super) async fn reopen(tx: &mut AgencyTx, can: &Can<KeepObstacles>, hand: Hand, why: &str) -> Result<(), Error> {
    let agency = tx.agency();
    consent::no_copied_words(tx, "words", why).await?;
    let opened = sqlx::query!(
        "update obstacle set state = 'open', settled_at = null, reopened = reopened + 1, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state = 'settled'",
        agency.0,
        hand.0.0,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    changed(opened.rows_affected())?;
    tell_others(tx, can.slug(), hand, "opened an obstacle again").await?;
    on_record(tx, hand.0, "opened again", "reopened", why).await
}
