//! Marks that a record concerns a body. Who may put one and take it away, row security says once more.

use super::super::model::Concern;
use crate::{
    audit::{self, Change},
    partners,
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Choice,
        ids::{PartnerId, SubjectId},
        policy::MarkConcerns,
        subject::Subject,
    },
};

/// Whom a record concerns, as far as the reader may know.
pub(in crate::desk) async fn of(tx: &mut AgencyTx, can: &Can<MarkConcerns>, record: SubjectId) -> Result<Vec<Concern>, Error> {
    let (agency, body, agency_side) = (tx.agency(), tx.standing().body, can.hat().is_agency_side());
    Ok(sqlx::query_as!(
        Concern,
        r#"select k.body_id as "body: PartnerId", p.name, m.name as by, k.by_body, k.created_at as at,
                  (case when k.by_body then false else $3 end or k.body_id is not distinct from $4) as "can_go!"
           from concern k
           join partner p on p.agency_id = k.agency_id and p.id = k.body_id
           join membership m on m.agency_id = k.agency_id and m.id = k.marked_by
           where k.agency_id = $1 and k.subject_id = $2
           order by p.is_tribe desc, p.sort_name, p.id"#,
        agency.0,
        record.0,
        agency_side,
        body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whom the asker may mark: the agency's side every body, a steward their own.
pub(in crate::desk) async fn choices(tx: &mut AgencyTx, can: &Can<MarkConcerns>) -> Result<Vec<Choice>, Error> {
    let all = partners::choices(tx).await?;
    let own = can.body().map(|id| id.to_string());
    Ok(all.into_iter().filter(|one| can.hat().is_agency_side() || own.as_deref() == Some(&*one.value)).collect())
}

/// Marks that the record concerns the body.
pub(in crate::desk) async fn mark(tx: &mut AgencyTx, can: &Can<MarkConcerns>, record: &Subject, body: PartnerId) -> Result<(), Error> {
    if !choices(tx, can).await?.iter().any(|one| one.value == body.to_string()) {
        return Err(Error::refused("body", "Choose one of the list"));
    }
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into concern (agency_id, subject_id, body_id, by_body, marked_by, created_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        record.id.0,
        body.0,
        !can.hat().is_agency_side(),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("concern_pkey", "body", "That is marked already")?;
    audit::record(tx, Change { body: Some(body), ..Change::of("marked whom it concerns on", record.kind, record.id) }).await
}

/// Takes the mark away.
pub(in crate::desk) async fn unmark(tx: &mut AgencyTx, _: &Can<MarkConcerns>, record: &Subject, body: PartnerId) -> Result<(), Error> {
    let agency = tx.agency();
    let gone = sqlx::query!("delete from concern where agency_id = $1 and subject_id = $2 and body_id = $3", agency.0, record.id.0, body.0)
        .execute(tx.conn())
        .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change { body: Some(body), ..Change::of("took a mark of whom it concerns from", record.kind, record.id) }).await
}
