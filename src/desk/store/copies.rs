//! Copies that a body's stewards took: made, taken, and called back when words in them are.

use super::super::model::{BodyCopy, CopyId, Everything, LIFE};
use crate::{
    audit::{self, Change, Readers},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        files::{self, NewFile, Origin},
        ids::{FileId, MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::KeepDesk,
        reading,
        subject::{Audience, Kind},
    },
};
use chrono::{DateTime, Utc};

/// The copies of the asker's body, the latest first.
pub(in crate::desk) async fn list(tx: &mut AgencyTx, body: PartnerId, one: Option<CopyId>, paging: Paging) -> Result<Vec<BodyCopy>, Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        BodyCopy,
        r#"select c.id as "id: CopyId", m.name as by, c.made_by as "made_by: MembershipId", c.created_at as at, c.records::bigint as "records!",
                  case when c.created_at > $6 then c.file_id end as "file: FileId", c.void_at,
                  (select count(*) from body_copy_taken t where t.agency_id = c.agency_id and t.copy_id = c.id) as "taken!",
                  exists (select 1 from recall r where r.agency_id = c.agency_id and r.copy_id = c.id and r.taken_by = $7
                          and r.state in ('open', 'notice_sent')) as "asked_back!"
           from body_copy c
           join membership m on m.agency_id = c.agency_id and m.id = c.made_by
           where c.agency_id = $1 and c.body_id = $2 and ($3::uuid is null or c.id = $3)
           order by c.created_at desc, c.id
           limit $4 offset $5"#,
        agency.0,
        body.0,
        one.map(|id| id.0),
        paging.limit(),
        paging.offset(),
        now - LIFE,
        me,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// No words are taken back while a copy is made: what is under way is waited for, what comes later finds the copy.
pub(in crate::desk) async fn stand_still(tx: &mut AgencyTx) -> Result<(), Error> {
    sqlx::query!("select exports_wait()").execute(tx.conn()).await?;
    Ok(())
}

/// Keeps a copy with its file, and whose words are in it.
pub(in crate::desk) async fn keep(
    tx: &mut AgencyTx,
    can: &Can<KeepDesk>,
    body: PartnerId,
    all: &Everything,
    zip: &[u8],
) -> Result<CopyId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), CopyId::fresh());
    let name = format!("{}-{}-copy.zip", can.slug(), all.taken_on);
    let new = NewFile { name: &name, mime: "application/zip", shared: false, expires_at: Some(now + LIFE), origin: Origin::Here };
    let file = files::store(tx, new, zip, u64::MAX).await?;
    sqlx::query!(
        "insert into body_copy (agency_id, id, body_id, made_by, records, file_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        id.0,
        body.0,
        can.me().0,
        all.records(),
        file.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into body_copy_row (agency_id, copy_id, word_id) select $1, $2, w from unnest($3::uuid[]) w",
        agency.0,
        id.0,
        &all.words(),
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, of_body("made a copy of all that is the body’s", body).rows(i64::from(all.records()))).await?;
    Ok(id)
}

/// An entry of the log that the body's people read, and nobody else.
fn of_body(action: &str, body: PartnerId) -> Change<'_> {
    let change = Change::of(action, Kind::Partner, SubjectId(body.0)).for_readers(Readers::Of(Audience::Body));
    Change { body: Some(body), ..change }
}

/// Its maker takes the file: on the copies' page, and where those whose words are in it can read it.
pub(in crate::desk) async fn take(tx: &mut AgencyTx, can: &Can<KeepDesk>, body: PartnerId, copy: &BodyCopy) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into body_copy_taken (agency_id, id, copy_id, taken_by, created_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        crate::platform::ids::fresh(),
        copy.id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let words = sqlx::query_scalar!("select word_id from body_copy_row where agency_id = $1 and copy_id = $2", agency.0, copy.id.0)
        .fetch_all(tx.conn())
        .await?;
    reading::note(tx, Some(can.me()), &words, "downloaded").await?;
    reading::note_comments(tx, can.me(), &words, "downloaded").await?;
    audit::record(tx, of_body("took a copy of all that is the body’s", body).rows(copy.records)).await
}

/// Whether the asker may still read every word in a copy. What was taken back while it was made, or what its author closed since, is
/// not handed out.
pub(in crate::desk) async fn is_whole(tx: &mut AgencyTx, id: CopyId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select not exists (
               select 1 from body_copy_row r where r.agency_id = $1 and r.copy_id = $2
                 and not exists (select 1 from statement t where t.agency_id = $1 and t.id = r.word_id and t.words is not null)
                 and not exists (select 1 from loop l where l.agency_id = $1 and l.id = r.word_id and l.words is not null)
                 and not exists (select 1 from comment c where c.agency_id = $1 and c.id = r.word_id and c.words is not null)) as "whole!""#,
        agency.0,
        id.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The file of a copy goes, and the copy is void from now on.
pub(in crate::desk) async fn void(tx: &mut AgencyTx, body: PartnerId, copy: &BodyCopy) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update body_copy set void_at = coalesce(void_at, $3), file_id = null where agency_id = $1 and id = $2",
        agency.0,
        copy.id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from file where agency_id = $1 and id = $2", agency.0, copy.file.map(|id| id.0)).execute(tx.conn()).await?;
    audit::record(tx, of_body("voided a copy of all that is the body’s", body)).await
}

/// Whoever took the file says that every copy of it is deleted.
pub(in crate::desk) async fn say_deleted(tx: &mut AgencyTx, can: &Can<KeepDesk>, body: PartnerId, id: CopyId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let said = sqlx::query!(
        "update body_copy_taken set deleted_at = coalesce(deleted_at, $4) where agency_id = $1 and copy_id = $2 and taken_by = $3",
        agency.0,
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if said.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    consent::deleted_by_holder(tx, id.0).await?;
    audit::record(tx, of_body("said that a copy of all that is the body’s is deleted", body)).await
}

/// Goes through the door that this member opened since `since`, and shuts it.
pub(in crate::desk) async fn go_through(tx: &mut AgencyTx, can: &Can<KeepDesk>, id: CopyId, since: DateTime<Utc>) -> Result<bool, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let gone = sqlx::query!(
        "update body_copy_taken set opened_at = $5
         where agency_id = $1 and copy_id = $2 and taken_by = $3 and created_at >= $4 and opened_at is null",
        agency.0,
        id.0,
        can.me().0,
        since,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// The files whose time is over go. For the keeper.
pub(in crate::desk) async fn expire(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "with gone as (
             update body_copy c set file_id = null from file f
             where c.agency_id = $1 and f.agency_id = c.agency_id and f.id = c.file_id and f.expires_at <= $2
             returning f.id)
         delete from file where agency_id = $1 and id in (select id from gone)",
        agency.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
