//! Links for speakers without a sign-in: one about one statement, stored hashed, spent by the answer.

use crate::{
    audit::{self, Change},
    listening::statements::model::Holds,
    platform::{
        access::Can,
        bearer::Bearer,
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        policy::WriteStatements,
        session::Token,
        subject::Kind,
    },
};
use chrono::Duration;

/// How long a speaker may take to answer.
const ANSWER_DAYS: i64 = 30;
/// How long the link lives by which words can be taken back.
const LATER_DAYS: i64 = 5 * 366;

async fn put(tx: &mut AgencyTx, token: &Token, subject: SubjectId, purpose: &str, by: MembershipId, days: i64) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into return_link (agency_id, id, token_hash, subject_id, purpose, made_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        &token.hash(),
        subject.0,
        purpose,
        by.0,
        now,
        now + Duration::days(days),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A link by which the speaker answers; former ones lapse. The statement is then with the speaker.
pub(in crate::listening::statements) async fn make(tx: &mut AgencyTx, can: &Can<WriteStatements>, holds: Holds) -> Result<Token, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update return_link set spent_at = $3 where agency_id = $1 and subject_id = $2 and spent_at is null",
        agency.0,
        holds.id.0,
        now
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update statement set state = 'with_speaker' where agency_id = $1 and id = $2 and state = 'draft'", agency.0, holds.id.0)
        .execute(tx.conn())
        .await?;
    audit::record(tx, Change::of("made a link for", Kind::Statement, holds.id)).await?;
    let token = Token::fresh();
    put(tx, &token, holds.id, "confirm", can.me(), ANSWER_DAYS).await?;
    Ok(token)
}

/// The link that the bearer holds afterwards, so that they can see what became of their words and take them back.
/// Nobody else ever sees it: not even whoever made the first one.
pub(in crate::listening::statements) async fn next(tx: &mut AgencyTx, bearer: &Bearer) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let made_by = sqlx::query_scalar!(
        r#"select made_by as "id: MembershipId" from return_link where agency_id = $1 and id = $2"#,
        agency.0,
        bearer.link
    )
    .fetch_one(tx.conn())
    .await?;
    sqlx::query!("update return_link set spent_at = $3 where agency_id = $1 and id = $2 and spent_at is null", agency.0, bearer.link, now,)
        .execute(tx.conn())
        .await?;
    put(tx, &bearer.next, bearer.subject, "withdraw", made_by, LATER_DAYS).await
}
