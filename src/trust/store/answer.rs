//! An answer: that somebody answered here, what was said there, and nothing that leads from one to the other.

use super::super::model::RoundId;
use crate::{
    audit::{self, Change},
    consent,
    platform::{access::Can, bearer::Bearer, db::AgencyTx, error::Error, policy::AnswerTrust},
};

/// The answer of somebody who was asked, once.
pub(in super::super) async fn answer(
    tx: &mut AgencyTx,
    can: &Can<AnswerTrust>,
    round: RoundId,
    (step, words): &(i16, String),
) -> Result<(), Error> {
    let (agency, me, today) = (tx.agency(), can.me(), tx.today());
    consent::no_copied_words(tx, "words", words).await?;
    tx.as_keeper("an answer without a name", async |tx| {
        let side = sqlx::query_scalar!(
            "update trust_asked q set answered = true from trust_round r
             where q.agency_id = $1 and q.round_id = $2 and q.membership_id = $3 and not q.answered
               and r.agency_id = $1 and r.id = q.round_id and r.state = 'open' and r.closes_on > $4
             returning q.side",
            agency.0,
            round.0,
            me.0,
            today,
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
        keep(tx, round, &side, *step, words).await
    })
    .await?;
    // Who answered is nobody's to read but their own.
    audit::record(tx, Change::about("answered", "question about trust").for_oneself()).await
}

/// The answer of somebody who came and has no sign-in. It spends the link.
pub(in super::super) async fn answer_by_link(
    tx: &mut AgencyTx,
    bearer: &Bearer,
    round: RoundId,
    (step, words): &(i16, String),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "words", words).await?;
    tx.as_keeper("an answer without a name", async |tx| {
        let spent = sqlx::query!(
            "update return_link set spent_at = $3 where agency_id = $1 and id = $2 and purpose = 'trust' and spent_at is null",
            agency.0,
            bearer.link,
            now,
        )
        .execute(tx.conn())
        .await?;
        if spent.rows_affected() == 0 {
            return Err(Error::LinkOver);
        }
        keep(tx, round, "partner", *step, words).await
    })
    .await?;
    audit::record(tx, Change::about("answered", "question about trust").for_oneself()).await
}

/// Its id is chance: one made in order would tell who came before whom.
async fn keep(tx: &mut AgencyTx, round: RoundId, side: &str, step: i16, words: &str) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into trust_answer (agency_id, id, round_id, side, step, words) values ($1, gen_random_uuid(), $2, $3, $4, $5)",
        agency.0,
        round.0,
        side,
        step,
        words,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
