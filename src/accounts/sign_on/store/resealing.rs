//! The secrets of providers, sealed anew once the site has another key: as the owner of the tables, agency by agency.

use super::super::model::purpose_of;
use crate::platform::{
    ids::{AgencyId, ProviderId},
    seal::Keys,
};
use sqlx::{Connection as _, PgConnection};

/// Seals anew by the newest key what an older one sealed. Answers how many were, and how many open by none of the keys.
///
/// # Errors
/// When the database refuses; then nothing has changed.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transaction, over all agencies")]
pub async fn reseal(owner: &mut PgConnection, keys: &Keys) -> Result<(usize, usize), sqlx::Error> {
    let (mut anew, mut lost, mut tx) = (0, 0, owner.begin().await?);
    sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
    let agencies = sqlx::query_scalar!(r#"select id as "id: AgencyId" from agency order by id"#).fetch_all(&mut *tx).await?;
    sqlx::raw_sql("reset role").execute(&mut *tx).await?;
    for agency in agencies {
        sqlx::query_scalar!(r#"select set_config('app.agency', $1, true) as "set!""#, agency.to_string()).fetch_one(&mut *tx).await?;
        let held = sqlx::query!(
            r#"select id as "id: ProviderId", secret as "secret!" from sign_on_provider
               where agency_id = $1 and secret is not null order by id for update"#,
            agency.0,
        )
        .fetch_all(&mut *tx)
        .await?;
        for one in held.iter().filter(|one| !keys.is_newest(&one.secret)) {
            let purpose = purpose_of(agency, one.id);
            let Some(sealed) = keys.open(&purpose, &one.secret).and_then(|text| keys.seal(&purpose, &text)) else {
                lost += 1;
                continue;
            };
            sqlx::query!("update sign_on_provider set secret = $3 where agency_id = $1 and id = $2", agency.0, one.id.0, sealed)
                .execute(&mut *tx)
                .await?;
            anew += 1;
        }
    }
    tx.commit().await?;
    Ok((anew, lost))
}
