//! The own entry into the database.

use super::forms::OwnEntry;
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{PartnerId, SubjectId},
        policy::EditOwnPartner,
        subject::Kind,
    },
};
use chrono::NaiveDate;

/// The body that the person may keep the entry of: they must decide or speak for it.
pub(super) fn body_of(can: &Can<EditOwnPartner>) -> Result<PartnerId, Error> {
    can.member().filter(|member| member.steward || member.speaks).and(can.body()).ok_or(Error::NotFound)
}

/// Keeps the entry. A Tribe's own words on its recognition replace whatever stood there, with the Tribe as their source.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditOwnPartner>, entry: &OwnEntry, today: NaiveDate) -> Result<(), Error> {
    crate::consent::in_own_words(
        tx,
        &[("description", &entry.description), ("agenda_theirs", &entry.agenda_theirs), ("recognition_words", &entry.recognition_words)],
    )
    .await?;
    let (agency, now, id) = (tx.agency(), tx.now(), body_of(can)?);
    let kept = sqlx::query!(
        "update partner set description = $4, communities = $5, languages = $6, counties = $7, brings = $8, city = $9, state = $10, website = $11,
             email = $12, phone = $13, agenda_theirs = $14,
             recognition = case when is_tribe and $15 <> '' then 'own_words' when recognition = 'own_words' then 'not_stated' else recognition end,
             recognition_words = case when is_tribe then $15 else recognition_words end,
             recognition_source = case when is_tribe and $15 <> '' then 'the Tribe' else recognition_source end,
             recognition_on = case when is_tribe and $15 <> '' then $16 else recognition_on end,
             updated_at = $17, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.description,
        &entry.communities,
        &entry.languages,
        &entry.counties,
        &entry.brings,
        entry.city,
        entry.state,
        entry.website,
        entry.email,
        entry.phone,
        entry.agenda_theirs,
        entry.recognition_words,
        today,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("kept its own entry", Kind::Partner, SubjectId(id.0)).field("description", &entry.description)).await
}
