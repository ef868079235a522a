//! Representatives in and out of the database.

use super::model::{NewRepresentative, Representative};
use crate::{
    audit::{self, Change},
    partners::find_name,
    platform::{
        asker::Asker,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{PartnerId, SubjectId},
        policy::{EditOwnPartner, EditPartners},
        subject::Kind,
    },
};
use chrono::NaiveDate;

/// Whether this person may name who speaks for the partner: the agency's staff until the body has members of its own who
/// speak for it, and those members.
pub(super) fn may_name(asker: &Asker, partner: PartnerId) -> bool {
    let own = asker.body() == Some(partner) && asker.member().is_some_and(|member| member.steward || member.speaks);
    asker.may::<EditPartners>() || (own && asker.may::<EditOwnPartner>())
}

/// Everybody who speaks or spoke for a partner, those in office first.
pub(super) async fn list(tx: &mut AgencyTx, partner: PartnerId) -> Result<Vec<Representative>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Representative,
        r#"select id, name, position, mandate, may_bind, starts_on, ends_on, handover_note, handover_done_at is not null as "handed_over!", version
           from representative where agency_id = $1 and (partner_id = $2
               or partner_id in (select g.id from partner g where g.agency_id = $1 and g.merged_into = $2))
           order by ends_on desc nulls first, starts_on desc, name, id limit 200"#,
        agency.0,
        partner.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One of them.
pub(super) async fn find(tx: &mut AgencyTx, partner: PartnerId, id: uuid::Uuid) -> Result<Option<Representative>, Error> {
    Ok(list(tx, partner).await?.into_iter().find(|one| one.id == id))
}

/// Adds a person.
pub(super) async fn add(tx: &mut AgencyTx, asker: &Asker, partner: PartnerId, new: &NewRepresentative) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    find_name(tx, partner).await?.filter(|_| may_name(asker, partner)).ok_or(Error::NotFound)?;
    sqlx::query!(
        "insert into representative (agency_id, id, partner_id, name, position, mandate, may_bind, starts_on, ends_on, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        crate::platform::ids::fresh(),
        partner.0,
        new.name,
        new.position,
        new.mandate,
        new.may_bind,
        new.starts_on,
        new.ends_on,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("named a representative of", Kind::Partner, SubjectId(partner.0)).field("mandate", &new.mandate)).await
}

/// Notes the last day, what a successor will be told, and whether that has been done.
pub(super) async fn end(
    tx: &mut AgencyTx,
    asker: &Asker,
    partner: PartnerId,
    id: uuid::Uuid,
    (ends_on, note, handed_over): &(NaiveDate, String, bool),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("handover_note", note)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    find(tx, partner, id).await?.filter(|_| may_name(asker, partner)).ok_or(Error::NotFound)?;
    let done = sqlx::query!(
        "update representative set ends_on = $5, handover_note = $6, handover_done_at = case when $7 then $8::timestamptz end, version = version + 1
         where agency_id = $1 and partner_id = $2 and id = $3 and version = $4",
        agency.0,
        partner.0,
        id,
        asker.version(),
        ends_on,
        note,
        handed_over,
        now,
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("ended a representative’s time at", Kind::Partner, SubjectId(partner.0)).field("handover_note", note))
        .await
}
