//! Hiding a partner's comment, showing it again, and the second look from the partners' side.

use super::{
    super::model::{Because, Comment, Hiding, Own},
    change,
};
use crate::{
    audit, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::MembershipId,
        policy::{ModerateComments, SecondLook},
    },
};

/// Hides a comment or a passage of it; its words as they were stand apart.
pub(in super::super) async fn hide(
    tx: &mut AgencyTx,
    can: &Can<ModerateComments>,
    comment: &Comment,
    hiding: &Hiding,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    if !comment.can_be_hidden() {
        return Err(Error::NotFound);
    }
    consent::no_copied_words(tx, "reason", &hiding.reason).await?;
    sqlx::query!(
        "insert into comment_hidden (agency_id, comment_id, words, created_at) values ($1, $2, $3, $4)",
        agency.0,
        comment.id.0,
        comment.words.as_deref().unwrap_or_default(),
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("comment_hidden_pkey", "", "Somebody else hid this comment a moment ago. Open it again")?;
    sqlx::query!(
        "update comment set words = $3, hidden_because = $4, hidden_reason = $5, hidden_by = $6, moderator_asked_at = null,
             looked_again_at = null, version = version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        comment.id.0,
        hiding.left,
        hiding.because as Because,
        hiding.reason,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, change("hid", comment.subject, comment.author, comment.audience).field("reason", &hiding.reason)).await
}

/// Shows hidden words again, by the moderator who hid them or another.
pub(in super::super) async fn show_again(tx: &mut AgencyTx, _: &Can<ModerateComments>, comment: &Comment) -> Result<(), Error> {
    restore(tx, comment, None).await
}

/// Shows the words again; where a steward found so, that stands with it from the same moment.
async fn restore(tx: &mut AgencyTx, comment: &Comment, looked: Option<MembershipId>) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    if comment.hidden.is_none() {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update comment set words = (select h.words from comment_hidden h where h.agency_id = $1 and h.comment_id = $2),
             hidden_because = null, hidden_reason = null, hidden_by = null, version = version + 1,
             looked_again_by = coalesce($3, looked_again_by), looked_again_at = case when $3::uuid is null then looked_again_at else $4 end,
             looked_again_version = case when $3::uuid is null then looked_again_version else version + 1 end
         where agency_id = $1 and id = $2",
        agency.0,
        comment.id.0,
        looked.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from comment_hidden where agency_id = $1 and comment_id = $2", agency.0, comment.id.0).execute(tx.conn()).await?;
    audit::record(tx, change("showed again", comment.subject, comment.author, comment.audience)).await
}

/// The author asks for a second look from the partners' side.
pub(in super::super) async fn ask(tx: &mut AgencyTx, own: Own, comment: &Comment) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update comment set moderator_asked_at = $3 where agency_id = $1 and id = $2", agency.0, own.0.0, now)
        .execute(tx.conn())
        .await?;
    audit::record(tx, change("asked for a second look at", comment.subject, comment.author, comment.audience)).await
}

/// A steward's finding after that second look; never on a comment of the steward's own body.
pub(in super::super) async fn look_again(tx: &mut AgencyTx, can: &Can<SecondLook>, comment: &Comment, show: bool) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    if comment.asked_at.is_none() || comment.looked_at.is_some() || comment.mine || comment.stewarded {
        return Err(Error::NotFound);
    }
    if show {
        restore(tx, comment, Some(can.me())).await?;
    } else {
        sqlx::query!(
            "update comment set looked_again_at = $3, looked_again_by = $4, looked_again_version = version where agency_id = $1 and id = $2",
            agency.0,
            comment.id.0,
            now,
            can.me().0,
        )
        .execute(tx.conn())
        .await?;
    }
    audit::record(tx, change(if show { "found again readable" } else { "kept hidden" }, comment.subject, comment.author, comment.audience))
        .await
}
