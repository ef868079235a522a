//! The settings in and out.

use super::model::{Accent, Set, Use};
use crate::{
    audit::{self, Change},
    platform::{access::Can, db::AgencyTx, error::Error, form::Problems, ids::FileId, labels::Label as _, policy::ManageSettings},
};

/// What is set now, the logo, and the version that an edit names.
pub(super) async fn find(tx: &mut AgencyTx) -> Result<(Set, Option<FileId>, i32), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select name, zone, contact, accent, logo_file_id as "logo: FileId", hotline, public_records, reporting_notice, minors_rule,
                  scale, assess_at, acknowledge_days, answer_days, working_days, director_reviews, card_table, version
           from agency where id = $1"#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let set = Set {
        name: row.name,
        zone: row.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
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
    let (before, ..) = find(tx).await?;
    if set.scale.len() < before.scale.len() {
        return Err(Error::refused("scale", format!("Keep at least {} steps: ratings were given with them", before.scale.len())));
    }
    let kept = sqlx::query!(
        "update agency set name = $3, zone = $4, contact = $5, accent = $6, hotline = $7, public_records = $8, reporting_notice = $9,
             minors_rule = $10, scale = $11, assess_at = $12, acknowledge_days = $13, answer_days = $14, working_days = $15,
             director_reviews = $16, card_table = $17, version = version + 1
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
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, changes(&before, set)).await
}

/// Names of what differs, with the lengths of the new texts.
fn changes<'a>(before: &Set, after: &Set) -> Change<'a> {
    let fields = [
        ("name", before.name.clone(), after.name.clone()),
        ("time zone", before.zone.to_string(), after.zone.to_string()),
        ("contact", before.contact.clone(), after.contact.clone()),
        ("accent", format!("{:?}", before.accent), format!("{:?}", after.accent)),
        ("hotline", before.hotline.clone(), after.hotline.clone()),
        ("public records", before.public_records.clone(), after.public_records.clone()),
        ("reporting notice", before.reporting_notice.clone(), after.reporting_notice.clone()),
        ("rule for people under 18", before.minors_rule.clone().unwrap_or_default(), after.minors_rule.clone().unwrap_or_default()),
        ("scale", before.scale.join(", "), after.scale.join(", ")),
        ("assessment offered at", format!("{:?}", before.assess_at), format!("{:?}", after.assess_at)),
        ("days to acknowledge", before.acknowledge_days.to_string(), after.acknowledge_days.to_string()),
        ("days to answer", before.answer_days.to_string(), after.answer_days.to_string()),
        ("working days", before.working_days.to_string(), after.working_days.to_string()),
        ("director reviews", before.director_reviews.to_string(), after.director_reviews.to_string()),
        ("consent card", card_table(before).to_string(), card_table(after).to_string()),
    ];
    Change::about("changed", "settings").differing(fields)
}

/// Puts another logo up, or takes it down; answers the one before.
pub(super) async fn put_logo(tx: &mut AgencyTx, _: &Can<ManageSettings>, logo: Option<FileId>) -> Result<Option<FileId>, Error> {
    let agency = tx.agency();
    let (_, before, _) = find(tx).await?;
    sqlx::query!("update agency set logo_file_id = $2, version = version + 1 where id = $1", agency.0, logo.map(|id| id.0))
        .execute(tx.conn())
        .await?;
    audit::record(tx, Change::about(if logo.is_some() { "changed the logo in" } else { "took down the logo in" }, "settings")).await?;
    Ok(before)
}
