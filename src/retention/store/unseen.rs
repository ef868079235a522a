//! Holds for a second person who may not see what they keep, be it a body's, an author's, a director's or under a protocol. Row security
//! does not let them at it, so this runs as keeper; why a hold was set and on what is not read.

use super::{
    super::model::{EndDecision, HoldId, Unseen},
    holds::{ALREADY, ended, once},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        policy::{LiftHolds, SetHolds},
    },
};

/// Those in force that the asker does not see, what waits for somebody first.
pub(in crate::retention) async fn list(tx: &mut AgencyTx) -> Result<Vec<Unseen>, Error> {
    in_force(tx, None).await
}

/// One of them. Asked only where the asker does not see the hold itself.
pub(in crate::retention) async fn find(tx: &mut AgencyTx, id: HoldId) -> Result<Unseen, Error> {
    in_force(tx, Some(id)).await?.pop().ok_or(Error::NotFound)
}

/// Which of them the asker sees is asked under row security, in the same statement; what is left the database tells only to those who
/// answer for holds (`unseen_holds`).
async fn in_force(tx: &mut AgencyTx, id: Option<HoldId>) -> Result<Vec<Unseen>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Unseen,
        r#"select h.id as "id!: HoldId", h.set_by as "set_by!", h.set_at as "set_at!", h.to_confirm as "to_confirm!", h.end_by, h.end_at,
                  h.end_by_another as "end_by_another!", h.end_by_director as "end_by_director!", h.version as "version!"
           from unseen_holds($2, array(select l.id from legal_hold l where l.agency_id = $1 and l.lifted_at is null and l.subject_id is not null)) h"#,
        agency.0,
        id.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Confirms one.
pub(super) async fn confirm(tx: &mut AgencyTx, can: &Can<SetHolds>, id: HoldId) -> Result<(), Error> {
    if !find(tx, id).await?.to_confirm {
        return Err(Error::NotFound);
    }
    let (agency, now, mut rows) = (tx.agency(), tx.now(), 0);
    tx.as_keeper("confirm a hold whose second person may not see what it keeps", async |tx| {
        let confirmed = sqlx::query!(
            "update legal_hold set confirmed_by = $4, confirmed_at = $5, version = version + 1
             where agency_id = $1 and id = $2 and version = $3 and confirmed_by is null and lifted_at is null and is_another(set_by)",
            agency.0,
            id.0,
            can.version(),
            can.me().0,
            now,
        )
        .execute(tx.conn())
        .await?;
        rows = confirmed.rows_affected();
        Ok(())
    })
    .await?;
    once(rows)?;
    audit::record(tx, Change::about("confirmed", "legal hold")).await
}

/// Proposes that one ends, in words of the asker's own: what it keeps they do not know.
pub(super) async fn propose_end(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId, because: &str) -> Result<(), Error> {
    if find(tx, id).await?.end_by.is_some() {
        return Err(Error::refused("", ALREADY));
    }
    let (agency, now, mut rows) = (tx.agency(), tx.now(), 0);
    tx.as_keeper("propose the end of a hold that keeps what its proposer may not see", async |tx| {
        let proposed = sqlx::query!(
            "update legal_hold set end_by = $4, end_at = $5, lifted_because = $6, version = version + 1
             where agency_id = $1 and id = $2 and version = $3 and lifted_at is null and (end_by is null or not still_answers(end_by))",
            agency.0,
            id.0,
            can.version(),
            can.me().0,
            now,
            because,
        )
        .execute(tx.conn())
        .await?;
        rows = proposed.rows_affected();
        Ok(())
    })
    .await?;
    once(rows)
}

/// Decides whether one ends. Whoever proposed it may take that back.
pub(super) async fn decide_end(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId, decision: EndDecision) -> Result<(), Error> {
    let hold = find(tx, id).await?;
    if hold.end_by.is_none() {
        return Err(Error::NotFound);
    }
    if decision == EndDecision::End && !hold.is_decided_by(can.hat()) {
        return Err(Error::refused("", "Two people let a hold end, and one of them is a director"));
    }
    let (agency, now, ends, mut rows) = (tx.agency(), tx.now(), decision == EndDecision::End, 0);
    tx.as_keeper("decide on the end of a hold whose second person may not see what it keeps", async |tx| {
        let decided = sqlx::query!(
            "update legal_hold set lifted_by = case when $6 then $4::uuid end, lifted_at = case when $6 then $5::timestamptz end,
                 end_by = case when $6 then end_by end, end_at = case when $6 then end_at end,
                 lifted_because = case when $6 then lifted_because else '' end, version = version + 1
             where agency_id = $1 and id = $2 and version = $3 and lifted_at is null and end_by is not null
               and (is_another(end_by) or not $6) and still_answers(end_by)",
            agency.0,
            id.0,
            can.version(),
            can.me().0,
            now,
            ends,
        )
        .execute(tx.conn())
        .await?;
        rows = decided.rows_affected();
        Ok(())
    })
    .await?;
    once(rows)?;
    if ends { ended(tx, id).await } else { audit::record(tx, Change::about("did not end", "legal hold")).await }
}
