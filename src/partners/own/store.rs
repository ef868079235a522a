//! The own entry into the database.

use super::forms::{OwnEntry, Says};
use crate::{
    audit::{self, Change},
    partners::{
        model::{Kind as PartnerKind, Partner, Recognition},
        store as entries,
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Problems,
        ids::{PartnerId, SubjectId},
        policy::EditOwnPartner,
        subject::Kind,
    },
};
use chrono::NaiveDate;

/// The entry that the person may keep: they must decide or speak for its body. Where the body's entry was joined to another,
/// it is that one.
pub(super) async fn body_of(tx: &mut AgencyTx, can: &Can<EditOwnPartner>) -> Result<PartnerId, Error> {
    can.member().filter(|member| member.steward || member.speaks).and(can.body()).ok_or(Error::NotFound)?;
    entries::own_body(tx).await?.ok_or(Error::NotFound)
}

/// What the entry says of recognition afterwards, and whether the Tribe has spoken of it.
fn recognition<'a>(before: &'a Partner, entry: &'a OwnEntry) -> (Recognition, &'a str, bool) {
    match entry.says {
        // Said again as it was said before: its day stays.
        Some(Says::OwnWords) if before.recognition == Recognition::OwnWords && before.recognition_words == entry.recognition_words => {
            (before.recognition, &before.recognition_words, false)
        }
        Some(Says::OwnWords) => (Recognition::OwnWords, &entry.recognition_words, true),
        Some(Says::NotStated) => (Recognition::NotStated, "", true),
        Some(Says::AsItStands) | None => (before.recognition, &before.recognition_words, false),
    }
}

/// Keeps the entry. What a Tribe says of its recognition replaces whatever stood there, with the Tribe as its source; from
/// then on nobody else changes it. A former name stays findable.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditOwnPartner>, entry: &OwnEntry, today: NaiveDate) -> Result<(), Error> {
    crate::consent::in_own_words(
        tx,
        &[("description", &entry.description), ("agenda_theirs", &entry.agenda_theirs), ("recognition_words", &entry.recognition_words)],
    )
    .await?;
    let (agency, now, id) = (tx.agency(), tx.now(), body_of(tx, can).await?);
    let before = entries::find(tx, id).await?.ok_or(Error::NotFound)?;
    let (recognition, words, spoke) = recognition(&before, entry);
    let kind = entry.kind.unwrap_or(before.kind);
    let kept = sqlx::query!(
        "update partner set description = $4, communities = $5, languages = $6, counties = $7, brings = $8, city = $9, state = $10, website = $11,
             email = $12, phone = $13, agenda_theirs = $14, name = $18, sort_name = $19, folded = $20, own_kept_at = $17::timestamptz,
             recognition = case when is_tribe and $21 then $22 else recognition end,
             recognition_words = case when is_tribe and $21 then $15 else recognition_words end,
             recognition_source = case when is_tribe and $21 then 'the Tribe' else recognition_source end,
             recognition_on = case when is_tribe and $21 then $16::date else recognition_on end,
             recognition_spoken_at = case when is_tribe and $21 then $17 else recognition_spoken_at end,
             kind = $23, is_tribe = $24, updated_at = $17, version = version + 1
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
        words,
        today,
        now,
        entry.name,
        fold(&entry.name),
        entries::folded(&entry.name, &entry.communities, &entry.city),
        spoke,
        recognition as Recognition,
        kind as PartnerKind,
        kind == PartnerKind::Tribe,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    entries::called_otherwise(tx, id, &before.name, &entry.name).await?;
    let change = Change::of("kept its own entry", Kind::Partner, SubjectId(id.0));
    audit::record(tx, change.differing(differing(&before, entry, (recognition, words)))).await
}

/// The fields of the entry before and after.
fn differing(before: &Partner, after: &OwnEntry, (recognition, words): (Recognition, &str)) -> [(&'static str, String, String); 15] {
    [
        ("name", before.name.clone(), after.name.clone()),
        ("kind", before.kind.to_string(), after.kind.unwrap_or(before.kind).to_string()),
        ("about", before.description.clone(), after.description.clone()),
        ("communities", before.communities.join(", "), after.communities.join(", ")),
        ("languages", before.languages.join(", "), after.languages.join(", ")),
        ("counties", before.counties.join(", "), after.counties.join(", ")),
        ("brings", before.brings.join(", "), after.brings.join(", ")),
        ("city", before.city.clone(), after.city.clone()),
        ("state", before.state.clone(), after.state.clone()),
        ("website", before.website.clone(), after.website.clone()),
        ("email", before.email.clone(), after.email.clone()),
        ("telephone", before.phone.clone(), after.phone.clone()),
        ("their agenda", before.agenda_theirs.clone(), after.agenda_theirs.clone()),
        ("recognition", before.recognition.to_string(), recognition.to_string()),
        ("recognition words", before.recognition_words.clone(), words.to_owned()),
    ]
}
