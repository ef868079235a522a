//! The word of those who share a goal, bound to the version they read.

use super::{
    super::model::{Voice, Word, voice},
    read::find,
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::{GiveWord, Hat},
        subject::{self, Kind},
    },
};
use chrono::NaiveDate;

/// For whom this person may give a word today.
pub(in super::super) async fn speaker(tx: &mut AgencyTx, today: NaiveDate) -> Result<Voice, Error> {
    let standing = *tx.standing();
    let speaks = sqlx::query_scalar!(
        r#"select (steward or (speaks and coalesce(mandate_from <= $3, true) and coalesce(mandate_until >= $3, true))) as "speaks!"
           from membership where agency_id = $1 and id = $2"#,
        standing.agency.0,
        standing.membership.map(|id| id.0),
        today,
    )
    .fetch_optional(tx.conn())
    .await?;
    voice(standing.hat, standing.body, speaks.unwrap_or(false))
}

/// Notes the word on the version that was read; a newer version makes the form stale.
pub(in super::super) async fn give_word(
    tx: &mut AgencyTx,
    can: &Can<GiveWord>,
    voice: Voice,
    id: SubjectId,
    (word, note): &(Word, String),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("note", note)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let given = sqlx::query!(
        "insert into agreement (agency_id, subject_id, version, membership_id, partner_id, word, note, created_at)
         select g.agency_id, g.id, g.version, $4, $5, $6, $7, $8
         from goal g where g.agency_id = $1 and g.id = $2 and g.version = $3
         on conflict (agency_id, subject_id, version, membership_id)
         do update set word = excluded.word, note = excluded.note, partner_id = excluded.partner_id, created_at = excluded.created_at",
        agency.0,
        id.0,
        can.version(),
        can.me().0,
        voice.body.map(|id| id.0),
        *word as Word,
        note,
        now,
    )
    .execute(tx.conn())
    .await?;
    if given.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    // A version that a partner agreed to takes the place of the one in force, and gives the record its name.
    if *word == Word::Agreed && can.hat() != Hat::Director {
        let goal = find(tx, id).await?.ok_or(Error::NotFound)?;
        subject::rename(tx, id, &goal.text).await?;
    }
    let told = if *word == Word::Agreed { "agreed to" } else { "did not agree to" };
    audit::record(tx, Change::of(told, Kind::Goal, id).field("note", note)).await
}
