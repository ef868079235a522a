//! What the operator gives an agency at a terminal, as the owner of the tables.

use super::founding::FoundingError;
use crate::{
    audit::{self, Change},
    platform::ids::AgencyId,
};
use chrono::{DateTime, Utc};
use sqlx::{Connection as _, PgConnection};

/// Says how many bytes the files of an agency, and those of one person of it, may take together; what is not said stays. Answers both.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transaction, outside any agency")]
pub async fn give_room(
    owner: &mut PgConnection,
    slug: &str,
    (most, most_person): (Option<i64>, Option<i64>),
    now: DateTime<Utc>,
) -> Result<(i64, i64), FoundingError> {
    let mut tx = owner.begin().await?;
    sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
    let found = sqlx::query_scalar!(r#"select id as "id: AgencyId" from agency where slug = $1"#, slug).fetch_optional(&mut *tx).await?;
    sqlx::raw_sql("reset role").execute(&mut *tx).await?;
    let agency = found.ok_or_else(|| FoundingError::NoAgency(slug.to_owned()))?;
    sqlx::query_scalar!(r#"select set_config('app.agency', $1, true) as "set!""#, agency.to_string()).fetch_one(&mut *tx).await?;
    let row = sqlx::query!(
        "update agency set files_most = coalesce($2, files_most), files_most_person = coalesce($3, files_most_person)
         where id = $1 returning files_most, files_most_person",
        agency.0,
        most,
        most_person,
    )
    .fetch_one(&mut *tx)
    .await?;
    if most.or(most_person).is_some() {
        audit::record_of_operator(&mut tx, agency, now, Change::about("changed the room for files of", "agency")).await?;
    }
    tx.commit().await?;
    Ok((row.files_most, row.files_most_person))
}
