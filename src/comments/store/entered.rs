//! A comment that somebody enters for a member, and that member's word on it. Whoever enters it decides nothing else of it, and may not
//! be able to read it again.

use super::{
    super::{
        model::{Comment, CommentId, Own, Written},
        paths,
    },
    change, is_closed, withdraw,
};
use crate::{
    audit, consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        acting::{self, ActingId, Period, ToldHow},
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::{ActFor, ConfirmEntered},
        said,
        subject::{self, Audience},
    },
};

/// Adds a comment to a record for the member of that time: only where both may read the record. They are asked at once whether it is what
/// they said.
pub(in super::super) async fn enter(
    tx: &mut AgencyTx,
    can: &Can<ActFor>,
    (period, about): (&Period, SubjectId),
    new: &Written,
) -> Result<(), Error> {
    period.running()?;
    let record = subject::find(tx, about).await?.ok_or(Error::NotFound)?;
    if is_closed(tx, about).await? {
        return Err(Error::refused(
            "entered_comment",
            "Bring it to the meeting: under the open-meeting law nobody comments on what is coming",
        ));
    }
    let theirs = period.standing(tx.standing());
    if !tx.as_another(theirs, async |tx| Ok(subject::find(tx, about).await?.is_some())).await? {
        return Err(Error::refused("", "They may not read this page themselves, and so nothing is written on it for them"));
    }
    consent::no_copied_words(tx, "entered_comment", &new.words).await?;
    let (agency, now, id, audience) = (tx.agency(), tx.now(), CommentId::fresh(), new.audience.unwrap_or(Audience::Leadership));
    sqlx::query!(
        "insert into comment (agency_id, id, subject_id, author_id, body_id, audience, words, created_at, acting_id, entered_by, told_how)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        agency.0,
        id.0,
        record.id.0,
        period.member.0,
        period.body.map(|id| id.0),
        audience as Audience,
        new.words,
        now,
        period.id.0,
        can.me().0,
        period.how as ToldHow,
    )
    .execute(tx.conn())
    .await?;
    said::note(tx, std::slice::from_ref(&new.words), Some(id.0)).await?;
    let by = can.member().map_or("Somebody", |member| member.name.as_str());
    let said = format!("{by} entered a comment for you, as you told it {}. Say whether it is what you said", period.how.label());
    notices::tell(tx, &[period.member], &Notice { kind: "entered", said, path: paths::entered_word(can.slug(), id) }).await?;
    audit::record(tx, change("entered for somebody", about, period.member, audience).field("words", &new.words)).await
}

/// It is what they said.
pub(in super::super) async fn confirm(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, own: &Own, comment: &Comment) -> Result<(), Error> {
    say(tx, can.slug(), own, true).await?;
    audit::record(tx, change("confirmed what was entered for them", comment.subject, comment.author, comment.audience)).await
}

/// It is not: its words go, as if it were taken back, and whoever entered it is told that they did.
pub(in super::super) async fn strike(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, own: Own, comment: &Comment) -> Result<(), Error> {
    let (acting, helper) = say(tx, can.slug(), &own, false).await?;
    withdraw(tx, own, comment).await?;
    let said = "What you entered for somebody was struck: it is not what they said".to_owned();
    notices::tell(tx, &[helper], &Notice { kind: "entered", said, path: acting::page_path(can.slug(), acting) }).await?;
    audit::record(tx, change("struck what was entered for them", comment.subject, comment.author, comment.audience)).await
}

/// Keeps their word, once; answers in which time it was entered, and by whom.
async fn say(tx: &mut AgencyTx, slug: &str, own: &Own, said: bool) -> Result<(ActingId, MembershipId), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let kept = sqlx::query!(
        r#"update comment set confirmed_at = case when $3 then $4::timestamptz end, struck_at = case when $3 then null else $4::timestamptz end,
               version = version + 1
           where agency_id = $1 and id = $2 and acting_id is not null and confirmed_at is null and struck_at is null
           returning acting_id as "acting!: ActingId", entered_by as "helper!: MembershipId""#,
        agency.0,
        own.0.0,
        said,
        now,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    notices::done(tx, &paths::entered_word(slug, own.0)).await?;
    Ok((kept.acting, kept.helper))
}
