//! A body's labels, and the notices of the agency.

use super::{
    super::{
        forms::NewNotice,
        model::{NewLabel, NoticeKind},
    },
    items::{self, settle},
};
use crate::{
    audit::{self, Change},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        paging::Paging,
        policy::PutNotices,
        subject::Kind,
    },
};
use chrono::{DateTime, Utc};

/// A label of the body.
#[derive(Debug)]
pub(in crate::protocols) struct Listed {
    pub(in crate::protocols) id: uuid::Uuid,
    pub(in crate::protocols) name: String,
    pub(in crate::protocols) words: String,
    pub(in crate::protocols) link: String,
    /// None: on everything of the body's people.
    pub(in crate::protocols) item: Option<uuid::Uuid>,
    pub(in crate::protocols) title: Option<String>,
    pub(in crate::protocols) set_by: String,
    pub(in crate::protocols) created_at: DateTime<Utc>,
}

/// The labels that a body has set, as far as the asker may read what they stand beside; those on everything first.
pub(in crate::protocols) async fn of_body(tx: &mut AgencyTx, body: PartnerId, paging: Paging) -> Result<Vec<Listed>, Error> {
    rows(tx, body, None, paging.limit(), paging.offset()).await
}

/// One label of the body that stands.
pub(in crate::protocols) async fn find_label(tx: &mut AgencyTx, body: PartnerId, id: uuid::Uuid) -> Result<Listed, Error> {
    rows(tx, body, Some(id), 1, 0).await?.pop().ok_or(Error::NotFound)
}

async fn rows(tx: &mut AgencyTx, body: PartnerId, id: Option<uuid::Uuid>, limit: i64, offset: i64) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select l.id, l.name, l.words, l.link, coalesce(l.subject_id, l.comment_id) as item, s.title as "title?", m.name as set_by, l.created_at
           from community_label l
           join membership m on m.agency_id = l.agency_id and m.id = l.set_by
           left join comment c on c.agency_id = l.agency_id and c.id = l.comment_id
           left join subject s on s.agency_id = l.agency_id and s.id = coalesce(l.subject_id, c.subject_id)
           where l.agency_id = $1 and l.body_id = $2 and l.ended_at is null and ($3::uuid is null or l.id = $3)
           order by coalesce(l.subject_id, l.comment_id) is not null, l.created_at desc, l.id
           limit $4 offset $5"#,
        agency.0,
        body.0,
        id,
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Sets a label; answers which one it is.
pub(super) async fn set(tx: &mut AgencyTx, body: PartnerId, label: &NewLabel) -> Result<uuid::Uuid, Error> {
    let (agency, now, me, id) = (tx.agency(), tx.now(), tx.standing().membership, crate::platform::ids::fresh());
    sqlx::query!(
        "insert into community_label (agency_id, id, body_id, subject_id, comment_id, name, words, link, set_by, created_at)
         values ($1, $2, $3, (select s.id from subject s where s.agency_id = $1 and s.id = $4),
                 (select c.id from comment c where c.agency_id = $1 and c.id = $4), $5, $6, $7, $8, $9)",
        agency.0,
        id,
        body.0,
        label.item,
        label.name,
        label.words,
        label.link,
        me.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    stand(tx, body, label.item).await?;
    Ok(id)
}

/// Takes a label off.
pub(super) async fn end(tx: &mut AgencyTx, body: PartnerId, id: uuid::Uuid) -> Result<(), Error> {
    let (agency, now, label) = (tx.agency(), tx.now(), find_label(tx, body, id).await?);
    sqlx::query!("update community_label set ended_at = $3 where agency_id = $1 and id = $2", agency.0, id, now).execute(tx.conn()).await?;
    stand(tx, body, label.item).await
}

/// Says beside the row itself, or beside the body's, whether a label stands there.
async fn stand(tx: &mut AgencyTx, body: PartnerId, item: Option<uuid::Uuid>) -> Result<(), Error> {
    if let Some(item) = item {
        return settle(tx, &[item]).await;
    }
    let agency = tx.agency();
    tx.as_keeper("whether a label stands beside everything of a body", async |tx| {
        sqlx::query!(
            "update partner set labelled = exists (select 1 from community_label l where l.agency_id = $1 and l.body_id = $2
                 and l.ended_at is null and l.subject_id is null and l.comment_id is null)
             where agency_id = $1 and id = $2",
            agency.0,
            body.0,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// A notice that stands, and where.
#[derive(Debug)]
pub(in crate::protocols) struct Notice {
    pub(in crate::protocols) id: uuid::Uuid,
    pub(in crate::protocols) kind: NoticeKind,
    pub(in crate::protocols) item: uuid::Uuid,
}

/// One notice, where the asker may read what it stands beside.
pub(in crate::protocols) async fn find_notice(tx: &mut AgencyTx, id: uuid::Uuid) -> Result<Notice, Error> {
    let agency = tx.agency();
    sqlx::query_as!(
        Notice,
        r#"select id, kind as "kind: NoticeKind", coalesce(subject_id, comment_id) as "item!" from label_notice
           where agency_id = $1 and id = $2 and ended_at is null"#,
        agency.0,
        id,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)
}

/// Puts a notice of the agency beside a record or a comment.
pub(in crate::protocols) async fn put_notice(tx: &mut AgencyTx, can: &Can<PutNotices>, new: &NewNotice) -> Result<(), Error> {
    consent::in_own_words(tx, &[("words", &new.words)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    items::find(tx, new.item).await.map_err(|_| Error::refused("item", "Choose what it stands beside"))?;
    sqlx::query!(
        "insert into label_notice (agency_id, id, subject_id, comment_id, kind, words, put_by, created_at)
         values ($1, $2, (select s.id from subject s where s.agency_id = $1 and s.id = $3),
                 (select c.id from comment c where c.agency_id = $1 and c.id = $3), $4, $5, $6, $7)",
        agency.0,
        crate::platform::ids::fresh(),
        new.item,
        new.kind as NoticeKind,
        new.words,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    settle(tx, &[new.item]).await?;
    let change = noted(tx, new.item, "put a notice on").await?;
    audit::record(tx, change.field("words", &new.words).saying(new.kind.to_string())).await
}

/// Takes a notice of the agency away.
pub(in crate::protocols) async fn end_notice(tx: &mut AgencyTx, _: &Can<PutNotices>, notice: &Notice) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update label_notice set ended_at = $3 where agency_id = $1 and id = $2", agency.0, notice.id, now)
        .execute(tx.conn())
        .await?;
    settle(tx, &[notice.item]).await?;
    let change = noted(tx, notice.item, "took a notice away from").await?;
    audit::record(tx, change.saying(notice.kind.to_string())).await
}

/// An entry of the log on the record that the notice stands beside, or on the record of the comment.
async fn noted(tx: &mut AgencyTx, item: uuid::Uuid, action: &'static str) -> Result<Change<'static>, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select s.id as "id: SubjectId", s.kind as "kind: Kind" from subject s
           where s.agency_id = $1 and s.id = coalesce((select c.subject_id from comment c where c.agency_id = $1 and c.id = $2), $2)"#,
        agency.0,
        item,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Change::of(action, row.kind, row.id))
}
