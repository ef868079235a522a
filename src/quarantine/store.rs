//! What was found, in and out. Never what a file held.

use super::{model::Quarantined, paths};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        db::AgencyTx,
        error::Error,
        files::{StoredFile, scanned},
        ids::MembershipId,
        paging::Paging,
        policy::Hat,
        scanner::Finding,
    },
};

/// Notes what was found in a file of somebody's. They are told, and of the agency's own side so are its administrators.
pub(super) async fn put(tx: &mut AgencyTx, sent_by: MembershipId, (name, finding): (&str, &Finding)) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let sender = sqlx::query!(
        r#"select g.slug, m.role <> 'partner' as "own_side!" from membership m join agency g on g.id = m.agency_id
           where m.agency_id = $1 and m.id = $2"#,
        agency.0,
        sent_by.0,
    )
    .fetch_one(tx.conn())
    .await?;
    sqlx::query!(
        "insert into quarantine (agency_id, id, name, size, sha256, found, sent_by, found_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        name,
        finding.size,
        &finding.sha256,
        finding.found,
        sent_by.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let told = |said: &str, path: String| Notice { kind: "quarantine", said: said.to_owned(), path };
    let own = told(
        "Something harmful was found in a file that you sent in. It was not kept. Check the device it came from",
        format!("/{}", sender.slug),
    );
    notices::tell_also(tx, &[sent_by], &own).await?;
    if sender.own_side {
        let others = told("Something harmful was found in a file that was sent in. It was not kept", paths::files(&sender.slug));
        notices::tell_hats(tx, &[Hat::Administrator], Some(sent_by), &others).await?;
    }
    audit::record(tx, Change::about("sent in a harmful", "file").field("file", name)).await
}

/// The same for a file that was here before the scanner: what it held is erased. For the keeper.
pub(super) async fn erase(tx: &mut AgencyTx, file: &StoredFile, finding: &Finding) -> Result<(), Error> {
    scanned::erase(tx, file.id).await?;
    put(tx, file.owner, (&file.name, finding)).await
}

/// What was found, the latest first.
pub(super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Quarantined>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Quarantined,
        "select q.name, q.size, q.found, m.name as by, q.found_at as at
         from quarantine q join membership m on m.agency_id = q.agency_id and m.id = q.sent_by
         where q.agency_id = $1 order by q.found_at desc, q.id limit $2 offset $3",
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}
