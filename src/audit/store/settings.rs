//! What an agency set before and what it sets now, for the history of its settings. The agency's own words, never a contribution.

use crate::platform::{db::AgencyTx, error::Error};

/// Keeps what was set otherwise (name, before, after) under the name of whoever sets it; what stays as it was is no change.
///
/// # Errors
/// When the database refuses.
pub async fn note_settings(tx: &mut AgencyTx, set: &[(&str, String, String)]) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    let changed: Vec<_> = set.iter().filter(|(_, was, becomes)| was != becomes).collect();
    sqlx::query!(
        "insert into settings_change (agency_id, id, at, by_id, field, was, becomes)
         select $1, c.id, $2, $3, c.field, c.was, c.becomes from unnest($4::uuid[], $5::text[], $6::text[], $7::text[]) as c(id, field, was, becomes)",
        agency.0,
        now,
        me.map(|id| id.0),
        &changed.iter().map(|_| crate::platform::ids::fresh()).collect::<Vec<_>>(),
        &changed.iter().map(|(field, ..)| (*field).to_owned()).collect::<Vec<_>>(),
        &changed.iter().map(|(_, was, _)| was.clone()).collect::<Vec<_>>(),
        &changed.iter().map(|(.., becomes)| becomes.clone()).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
