//! Comments as they are read: a record's, one, and those that are hidden. Who sees which is row security's business.

use super::super::model::{Because, Comment, CommentId, Thread, Voice};
use crate::{
    platform::{
        acting::{Entered, ToldHow},
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
        live::Sum,
        paging::Paging,
        policy::Hat,
        subject::{self, Audience},
        words::beginning,
    },
    protocols::Mark,
};
use sqlx::types::Json;

/// Stands for what a comment was about and is no more in its record.
const TAKEN_AWAY: &str = "something that was taken away since";

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
    let sum = Sum::of(all.iter().map(|one| (one.id, one.version)));
    let (mut list, replies): (Vec<Comment>, Vec<Comment>) = all.into_iter().partition(|one| one.parent.is_none());
    for reply in replies {
        if let Some(parent) = list.iter_mut().find(|one| Some(one.id) == reply.parent) {
            parent.replies.push(reply);
        }
    }
    Ok(Thread { subject, list, more, sum, voice: voice(tx).await?, may_be_asked_about: true, parts: Vec::new(), part: String::new() })
}

/// Who reads and writes; none for a link's bearer.
pub(in super::super) async fn voice(tx: &mut AgencyTx) -> Result<Option<Voice>, Error> {
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
pub(in super::super) async fn find(tx: &mut AgencyTx, id: CommentId) -> Result<(Comment, subject::Subject), Error> {
    let comment = rows(tx, None, Some(id), false, 1, 0).await?.pop().ok_or(Error::NotFound)?;
    let about = subject::find(tx, comment.subject).await?.ok_or(Error::NotFound)?;
    Ok((comment, about))
}

/// Hidden comments that this reader may see, those with a wish for a second look first.
pub(in super::super) async fn moderated(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Comment>, Error> {
    rows(tx, None, None, true, paging.limit(), paging.offset()).await
}

pub(super) async fn rows(
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
                  c.part_id, case when c.part_id is not null then part_called(c.subject_id, c.part_id) end as part,
                  c.author_id as "author: MembershipId", case when m.lived_experience then 'community member' else m.name end as "name!",
                  m.partner_id, p.name as "body?", coalesce(p.is_tribe, false) or c.for_tribe as "is_tribe!", c.as_body, c.words, c.audience as "audience: Audience",
                  c.version, c.created_at, c.edited_at, c.withdrawn_at, c.hidden_because as "hidden: Because",
                  coalesce(c.hidden_reason, '') as "hidden_reason!", c.moderator_asked_at, c.looked_again_at,
                  (select e.name from membership e where e.agency_id = c.agency_id and e.id = c.entered_by) as entered_by,
                  c.told_how as "told_how: ToldHow", c.confirmed_at, c.struck_at,
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
            part: row.part_id.map(|_| row.part.map_or_else(|| TAKEN_AWAY.to_owned(), |called| beginning(&called, 120))),
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
            entered: Entered::of(row.entered_by, row.told_how, (row.confirmed_at, row.struck_at)),
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
