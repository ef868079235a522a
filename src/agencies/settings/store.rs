//! The settings in and out.

use super::model::{Accent, Changed, Set, Use};
use crate::{
    audit::{self, Change},
    mail::Language,
    platform::{
        access::Can, db::AgencyTx, error::Error, form::Problems, ids::FileId, labels::Label as _, paging::Paging, policy::ManageSettings,
    },
};

/// What is set now, the logo, and the version that an edit names.
pub(super) async fn find(tx: &mut AgencyTx) -> Result<(Set, Option<FileId>, i32), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select name, place, zone, language, contact, accent, logo_file_id as "logo: FileId", hotline, public_records, reporting_notice, minors_rule,
                  scale, assess_at, acknowledge_days, answer_days, escalate_days, working_days, director_reviews, card_table, version
           from agency where id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let set = Set {
        name: row.name,
        place: row.place,
        zone: row.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
        language: Language::known(Some(&row.language)),
        contact: row.contact,
        accent: row.accent.as_deref().and_then(Accent::parse),
        hotline: row.hotline,
        public_records: row.public_records,
        reporting_notice: row.reporting_notice,
        minors_rule: row.minors_rule,
        scale: row.scale,
        assess_at: row.assess_at,
        acknowledge_days: row.acknowledge_days,
        answer_days: row.answer_days,
        escalate_days: row.escalate_days,
        working_days: row.working_days,
        director_reviews: row.director_reviews,
        without_name: uses(&row.card_table, "without_name"),
        with_name: uses(&row.card_table, "with_name"),
    };
    Ok((set, row.logo, row.version))
}

fn uses(table: &serde_json::Value, card: &str) -> Vec<Use> {
    let listed = table.get(card).and_then(serde_json::Value::as_array);
    listed.into_iter().flatten().filter_map(|one| Use::parse(one.as_str()?)).collect()
}

fn card_table(set: &Set) -> serde_json::Value {
    let list = |uses: &[Use]| uses.iter().map(|one| one.as_str()).collect::<Vec<_>>();
    serde_json::json!({ "without_name": list(&set.without_name), "with_name": list(&set.with_name) })
}

/// Keeps the settings. A scale does not lose a step that somebody may have rated with.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<ManageSettings>, set: &Set) -> Result<(), Error> {
    let agency = tx.agency();
    let (before, _, version) = find(tx).await?;
    let changed: Vec<_> = changes(&before, set).into_iter().filter(|(_, was, becomes)| was != becomes).collect();
    // The form sent as it was is no change, and no entry.
    if changed.is_empty() && version == can.version() {
        return Ok(());
    }
    if set.scale.len() < before.scale.len() {
        return Err(Error::refused("scale", format!("Keep at least {} steps: ratings were given with them", before.scale.len())));
    }
    let kept = sqlx::query!(
        "update agency set name = $3, zone = $4, contact = $5, accent = $6, hotline = $7, public_records = $8, reporting_notice = $9,
             minors_rule = $10, scale = $11, assess_at = $12, acknowledge_days = $13, answer_days = $14, working_days = $15,
             director_reviews = $16, card_table = $17, language = $18, escalate_days = $19, place = $20, version = version + 1
         where id = $1 and version = $2",
        agency.0,
        can.version(),
        set.name,
        set.zone.name(),
        set.contact,
        set.accent.map(|accent| accent.to_string()),
        set.hotline,
        set.public_records,
        set.reporting_notice,
        set.minors_rule,
        &set.scale,
        set.assess_at,
        set.acknowledge_days,
        set.answer_days,
        set.working_days,
        set.director_reviews,
        card_table(set),
        set.language.code(),
        set.escalate_days,
        set.place,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::note_settings(tx, &changed).await?;
    audit::record(tx, Change::about("changed", "settings").from_to(&changed)).await
}

/// What can be set, as it was and as it becomes.
fn changes(before: &Set, after: &Set) -> [(&'static str, String, String); 19] {
    let both = |name, of: fn(&Set) -> String| (name, of(before), of(after));
    [
        both("name", |set| set.name.clone()),
        both("place", |set| set.place.clone()),
        both("time zone", |set| set.zone.to_string()),
        both("language of letters", |set| set.language.code().to_owned()),
        both("contact", |set| set.contact.clone()),
        both("accent", |set| set.accent.map(|accent| accent.to_string()).unwrap_or_default()),
        both("hotline", |set| set.hotline.clone()),
        both("public records", |set| set.public_records.clone()),
        both("reporting notice", |set| set.reporting_notice.clone()),
        both("rule for people under 18", |set| set.minors_rule.clone().unwrap_or_default()),
        both("scale", |set| set.scale.join(", ")),
        both("step from which an assessment is offered", |set| set.assess_at.map(|step| step.to_string()).unwrap_or_default()),
        both("days to acknowledge", |set| set.acknowledge_days.to_string()),
        both("days to answer", |set| set.answer_days.to_string()),
        both("days late until the director", |set| set.escalate_days.map(|days| days.to_string()).unwrap_or_default()),
        both("working days", |set| yes_or_no(set.working_days)),
        both("director reviews", |set| yes_or_no(set.director_reviews)),
        both("consent card without a name", |set| said(&set.without_name)),
        both("consent card with the name", |set| said(&set.with_name)),
    ]
}

fn yes_or_no(on: bool) -> String {
    if on { "yes" } else { "no" }.to_owned()
}

fn said(uses: &[Use]) -> String {
    uses.iter().map(|one| one.label()).collect::<Vec<_>>().join(", ")
}

/// Every change of the settings, the newest first.
pub(super) async fn history(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Changed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Changed,
        "select c.at, m.name as by, c.field, c.was, c.becomes
         from settings_change c join membership m on m.agency_id = c.agency_id and m.id = c.by_id
         where c.agency_id = $1
         order by c.at desc, c.id desc limit $2 offset $3",
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Puts another logo up, or takes it down; answers the one before.
pub(super) async fn put_logo(tx: &mut AgencyTx, _: &Can<ManageSettings>, logo: Option<FileId>) -> Result<Option<FileId>, Error> {
    let agency = tx.agency();
    let (_, before, _) = find(tx).await?;
    sqlx::query!("update agency set logo_file_id = $2, version = version + 1 where id = $1", agency.0, logo.map(|id| id.0))
        .execute(tx.conn())
        .await?;
    let shown = |logo: Option<FileId>| if logo.is_some() { "a picture" } else { "none" }.to_owned();
    let becomes = if before.is_some() && logo.is_some() { "another picture".to_owned() } else { shown(logo) };
    audit::note_settings(tx, &[("logo", shown(before), becomes)]).await?;
    audit::record(tx, Change::about(if logo.is_some() { "changed the logo in" } else { "took down the logo in" }, "settings")).await?;
    Ok(before)
}
