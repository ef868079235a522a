//! Comments in and out of the database. Who sees which is row security's business; a reply whose comment is out of sight
//! is left out with it.

mod before;
mod own;
mod steward;

pub(super) use before::{hidden_words, history};
pub(super) use own::{find_own, mine};
pub use steward::{narrow, take_back};

use super::model::{Because, Comment, CommentId, Hiding, Own, Readers, Thread, Voice, Written};
use crate::{
    audit::{self, Change, Readers as LogReaders},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        paging::Paging,
        policy::{self, Hat, ModerateComments, SecondLook},
        said,
        subject::{self, Audience},
    },
    protocols::{self, Mark},
};
use sqlx::types::Json;

/// Comments shown on one page.
const MOST: usize = 200;

/// The comments on a record, for whoever the transaction runs for.
///
/// # Errors
/// When the database refuses.
pub async fn of(tx: &mut AgencyTx, subject: SubjectId) -> Result<Thread, Error> {
    let mut all = rows(tx, Some(subject), None, false, MOST as i64 + 1, 0).await?;
    let more = all.len() > MOST;
    all.truncate(MOST);
    let (mut list, replies): (Vec<Comment>, Vec<Comment>) = all.into_iter().partition(|one| one.parent.is_none());
    for reply in replies {
        if let Some(parent) = list.iter_mut().find(|one| Some(one.id) == reply.parent) {
            parent.replies.push(reply);
        }
    }
    Ok(Thread { subject, list, more, voice: voice(tx).await? })
}

/// Who reads and writes; none for a link's bearer.
pub(super) async fn voice(tx: &mut AgencyTx) -> Result<Option<Voice>, Error> {
    let (agency, standing, today) = (tx.agency(), *tx.standing(), tx.today());
    let Some(me) = standing.membership else { return Ok(None) };
    let row = sqlx::query!(
        r#"select p.name as "body?",
                  (m.speaks and coalesce(m.mandate_from <= $3, true) and coalesce(m.mandate_until >= $3, true)) as "speaks!"
           from membership m left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.id = $2"#,
        agency.0,
        me.0,
        today,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Some(Voice { me, hat: standing.hat, speaks: row.speaks && row.body.is_some(), body: row.body }))
}

/// One comment with its record, if this reader may see it.
pub(super) async fn find(tx: &mut AgencyTx, id: CommentId) -> Result<(Comment, subject::Subject), Error> {
    let comment = rows(tx, None, Some(id), false, 1, 0).await?.pop().ok_or(Error::NotFound)?;
    let about = subject::find(tx, comment.subject).await?.ok_or(Error::NotFound)?;
    Ok((comment, about))
}

/// Hidden comments that this reader may see, those with a wish for a second look first.
pub(super) async fn moderated(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Comment>, Error> {
    rows(tx, None, None, true, paging.limit(), paging.offset()).await
}

async fn rows(
    tx: &mut AgencyTx,
    of: Option<SubjectId>,
    id: Option<CommentId>,
    hidden: bool,
    limit: i64,
    offset: i64,
) -> Result<Vec<Comment>, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let rows = sqlx::query!(
        r#"select c.id as "id: CommentId", c.subject_id as "subject: SubjectId", c.parent_id as "parent: CommentId",
                  c.author_id as "author: MembershipId", case when m.lived_experience then 'community member' else m.name end as "name!",
                  m.partner_id, p.name as "body?", coalesce(p.is_tribe, false) or c.for_tribe as "is_tribe!", c.as_body, c.words, c.audience as "audience: Audience",
                  c.version, c.created_at, c.edited_at, c.withdrawn_at, c.hidden_because as "hidden: Because",
                  coalesce(c.hidden_reason, '') as "hidden_reason!", c.moderator_asked_at, c.looked_again_at,
                  case when c.marked then marks_beside(c.id, null) end as "beside: Json<Vec<Mark>>"
           from comment c
           join membership m on m.agency_id = c.agency_id and m.id = c.author_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where c.agency_id = $1
             and ($2::uuid is null or c.subject_id = $2)
             and ($3::uuid is null or c.id = $3)
             and (not $4 or c.hidden_because is not null)
             and (c.parent_id is null or c.author_id = $7 or exists (select 1 from comment o where o.agency_id = c.agency_id and o.id = c.parent_id))
           order by case when $4 then coalesce(c.looked_again_at, c.moderator_asked_at) end desc nulls last, c.created_at, c.id
           limit $5 offset $6"#,
        agency.0,
        of.map(|id| id.0),
        id.map(|id| id.0),
        hidden,
        limit,
        offset,
        standing.membership.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows_comments(rows.iter().filter(|row| row.words.is_some()).map(|row| row.id));
    Ok(rows
        .into_iter()
        .map(|row| Comment {
            id: row.id,
            subject: row.subject,
            parent: row.parent,
            author: row.author,
            name: row.name,
            stewarded: standing.hat == Hat::Steward && row.partner_id.is_some() && row.partner_id == standing.body.map(|id| id.0),
            body: row.body,
            as_body: row.as_body,
            is_tribe: row.is_tribe,
            words: row.words,
            audience: row.audience,
            version: row.version,
            created_at: row.created_at,
            edited_at: row.edited_at,
            withdrawn_at: row.withdrawn_at,
            hidden: row.hidden,
            hidden_reason: row.hidden_reason,
            asked_at: row.moderator_asked_at,
            looked_at: row.looked_again_at,
            beside: row.beside.map(|all| all.0).unwrap_or_default(),
            mine: Some(row.author) == standing.membership,
            replies: Vec::new(),
        })
        .collect())
}

/// What the log may say of a comment: those read of it who may read the comment, and its author.
fn change<'a>(action: &'a str, subject: SubjectId, author: MembershipId, audience: Audience) -> Change<'a> {
    let change = Change { subject: Some(subject), author: Some(author), ..Change::about(action, "comment") };
    change.for_readers(LogReaders::Of(audience))
}

/// Adds a comment to a record, or a reply to a comment on it.
pub(super) async fn add(
    tx: &mut AgencyTx,
    can: &Can<policy::Comment>,
    about: SubjectId,
    new: &Written,
) -> Result<(subject::Subject, CommentId), Error> {
    let record = subject::find(tx, about).await?.ok_or(Error::NotFound)?;
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
        "insert into comment (agency_id, id, subject_id, parent_id, to_id, author_id, body_id, as_body, audience, words, created_at, for_tribe, thread_protocols)
         values ($1, $2, $3, $4, $5, $6, case when $4::uuid is null then $7::uuid else (select o.body_id from comment o where o.agency_id = $1 and o.id = $4) end,
             $8, $9, $10, $11, $8 and exists (select 1 from partner p where p.agency_id = $1 and p.id = $7 and p.is_tribe),
             (select o.protocols from comment o where o.agency_id = $1 and o.id = $4))",
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
    )
    .execute(tx.conn())
    .await?;
    said::note(tx, std::slice::from_ref(&new.words), Some(id.0)).await?;
    audit::record(tx, change("added", about, parent.map_or(can.me(), |one| one.author), audience).field("words", &new.words)).await?;
    Ok((record, id))
}

/// Replaces the words; the former ones are kept, and shown as such to those who could read them then.
pub(super) async fn edit(tx: &mut AgencyTx, can: &Can<policy::Comment>, own: Own, comment: &Comment, new: &Written) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "comment", &new.words).await?;
    let audience = if comment.parent.is_some() { comment.audience } else { new.audience.unwrap_or(comment.audience) };
    let kept = sqlx::query!(
        "update comment set words = $4, audience = $5, as_body = $6, edited_at = $7, version = version + 1,
             for_tribe = for_tribe or ($6 and exists (select 1 from partner p where p.agency_id = $1 and p.id = $8 and p.is_tribe))
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

/// Hides a comment or a passage of it; its words as they were stand apart.
pub(super) async fn hide(tx: &mut AgencyTx, can: &Can<ModerateComments>, comment: &Comment, hiding: &Hiding) -> Result<(), Error> {
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
    .await?;
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
pub(super) async fn show_again(tx: &mut AgencyTx, _: &Can<ModerateComments>, comment: &Comment) -> Result<(), Error> {
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
pub(super) async fn ask(tx: &mut AgencyTx, own: Own, comment: &Comment) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update comment set moderator_asked_at = $3 where agency_id = $1 and id = $2", agency.0, own.0.0, now)
        .execute(tx.conn())
        .await?;
    audit::record(tx, change("asked for a second look at", comment.subject, comment.author, comment.audience)).await
}

/// A steward's finding after that second look; never on a comment of the steward's own body.
pub(super) async fn look_again(tx: &mut AgencyTx, can: &Can<SecondLook>, comment: &Comment, show: bool) -> Result<(), Error> {
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
