//! Comments in and out of the database. Who sees which is row security's business; a reply whose comment is out of sight
//! is left out with it.

mod before;
mod entered;
mod hiding;
mod own;
mod read;
mod steward;

pub(super) use before::{hidden_words, history};
pub(super) use entered::{confirm, enter, strike};
pub(super) use hiding::{ask, hide, look_again, show_again};
pub(super) use own::{find_authored, find_own, mine};
pub use read::of;
use read::rows;
pub(super) use read::{find, moderated, voice};
pub use steward::{narrow, take_back};

use super::model::{Comment, CommentId, Own, Readers, Written};
use crate::{
    audit::{self, Change, Readers as LogReaders},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        policy, said,
        subject::{self, Audience},
    },
    protocols,
};

/// What the log may say of a comment: those read of it who may read the comment, and its author.
fn change<'a>(action: &'a str, subject: SubjectId, author: MembershipId, audience: Audience) -> Change<'a> {
    let change = Change { subject: Some(subject), author: Some(author), ..Change::about(action, "comment") };
    change.for_readers(LogReaders::Of(audience))
}

/// Whether the law keeps members from commenting on a record now. Row security keeps to the same.
async fn is_closed(tx: &mut AgencyTx, record: SubjectId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select is_closed_to_comments($1) as "closed!""#, record.0).fetch_one(tx.conn()).await?)
}

/// Adds a comment to a record, or a reply to a comment on it.
pub(super) async fn add(
    tx: &mut AgencyTx,
    can: &Can<policy::Comment>,
    about: SubjectId,
    new: &Written,
) -> Result<(subject::Subject, CommentId), Error> {
    let record = subject::find(tx, about).await?.ok_or(Error::NotFound)?;
    if is_closed(tx, about).await? {
        return Err(Error::refused("comment", "Bring it to the meeting: under the open-meeting law nobody comments on what is coming"));
    }
    consent::no_copied_words(tx, "comment", &new.words).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), CommentId::fresh());
    let parent = match new.reply_to {
        Some(parent) => Some(find(tx, parent).await?.0),
        None => None,
    };
    if parent.as_ref().is_some_and(|one| one.subject != about || one.parent.is_some() || one.withdrawn_at.is_some()) {
        return Err(Error::NotFound);
    }
    let audience = parent.as_ref().map(|one| one.audience).or(new.audience).ok_or(Error::NotFound)?;
    if parent.is_some() {
        protocols::wait_turn(tx).await?;
    }
    sqlx::query!(
        "insert into comment (agency_id, id, subject_id, parent_id, to_id, author_id, body_id, as_body, audience, words, created_at, for_tribe, thread_protocols, part_id)
         values ($1, $2, $3, $4, $5, $6, case when $4::uuid is null then $7::uuid else (select o.body_id from comment o where o.agency_id = $1 and o.id = $4) end,
             $8, $9, $10, $11, $8 and exists (select 1 from partner p where p.agency_id = $1 and p.id = $7 and p.is_tribe),
             (select o.protocols from comment o where o.agency_id = $1 and o.id = $4), case when has_part($3, $12) then $12::uuid end)",
        agency.0,
        id.0,
        about.0,
        parent.as_ref().map(|one| one.id.0),
        parent.as_ref().map(|one| one.author.0),
        can.me().0,
        can.body().map(|id| id.0),
        new.as_body,
        audience as Audience,
        new.words,
        now,
        new.part,
    )
    .execute(tx.conn())
    .await?;
    said::note(tx, std::slice::from_ref(&new.words), Some(id.0)).await?;
    audit::record(tx, change("added", about, parent.map_or(can.me(), |one| one.author), audience).field("words", &new.words)).await?;
    Ok((record, id))
}

/// Replaces the words; the former ones are kept, and shown as such to those who could read them then. What was entered for somebody who
/// now writes it themselves is confirmed by that.
pub(super) async fn edit(tx: &mut AgencyTx, can: &Can<policy::Comment>, own: Own, comment: &Comment, new: &Written) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "comment", &new.words).await?;
    let audience = if comment.parent.is_some() { comment.audience } else { new.audience.unwrap_or(comment.audience) };
    let kept = sqlx::query!(
        "update comment set words = $4, audience = $5, as_body = $6, edited_at = $7, version = version + 1,
             for_tribe = for_tribe or ($6 and exists (select 1 from partner p where p.agency_id = $1 and p.id = $8 and p.is_tribe)),
             confirmed_at = case when acting_id is null or struck_at is not null then confirmed_at else coalesce(confirmed_at, $7) end
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        own.0.0,
        can.version(),
        new.words,
        audience as Audience,
        new.as_body,
        now,
        can.body().map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    sqlx::query!(
        "insert into comment_revision (agency_id, comment_id, version, words, audience, body_id, created_at)
         select c.agency_id, c.id, $3, $4, $5, c.body_id, $6 from comment c where c.agency_id = $1 and c.id = $2",
        agency.0,
        own.0.0,
        comment.version,
        comment.words,
        comment.audience as Audience,
        now,
    )
    .execute(tx.conn())
    .await?;
    said::note(tx, std::slice::from_ref(&new.words), Some(comment.id.0)).await?;
    audit::record(tx, change("edited", comment.subject, comment.author, audience).field("words", &new.words)).await
}

/// Lets others read it from now on, or fewer; its words stay as they are.
pub(super) async fn set_readers(
    tx: &mut AgencyTx,
    version: i32,
    readers: Readers,
    comment: &Comment,
    audience: Audience,
) -> Result<(), Error> {
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update comment set audience = $4, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        readers.0.0,
        version,
        audience as Audience,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, change("set who reads", comment.subject, comment.author, audience.min(comment.audience))).await
}

/// Takes a comment back: the words are gone from it, its former texts, whatever was hidden, and wherever they were copied to
/// from here; a mark stays.
pub(super) async fn withdraw(tx: &mut AgencyTx, own: Own, comment: &Comment) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), own.0.0);
    tx.as_keeper("taking a comment back", async |tx| {
        let texts = sqlx::query_scalar!(
            r#"select w.words as "words!"
               from (select words from comment where agency_id = $1 and id = $2
                     union select words from comment_hidden where agency_id = $1 and comment_id = $2
                     union select words from comment_revision where agency_id = $1 and comment_id = $2) w
               where w.words is not null order by w.words"#,
            agency.0,
            id,
        )
        .fetch_all(tx.conn())
        .await?;
        consent::seal(tx, comment.subject, Some(id), &texts).await?;
        consent::erase_copies(tx, &texts, id).await?;
        consent::recall_from_bodies(tx, comment.subject, Some(id)).await?;
        sqlx::query!(
            "update comment set words = null, hidden_reason = null, hidden_because = null, withdrawn_at = $3, version = version + 1
             where agency_id = $1 and id = $2",
            agency.0,
            id,
            now,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!("update comment_revision set words = null where agency_id = $1 and comment_id = $2", agency.0, id)
            .execute(tx.conn())
            .await?;
        sqlx::query!("delete from comment_hidden where agency_id = $1 and comment_id = $2", agency.0, id).execute(tx.conn()).await?;
        Ok(())
    })
    .await?;
    audit::record(tx, change("took back", comment.subject, comment.author, comment.audience)).await
}
