//! What is to be told, in and out. Row security shows it to the person and to the facilitators whom they chose, and only while they
//! are not reached by letter (0286_told_by_hand.sql).

use super::{
    super::{model::Who, store::find},
    model::Waits,
};
use crate::{
    audit::{self, Change},
    platform::{access::Can, db::AgencyTx, error::Error, ids::MembershipId, policy::TellByHand},
};
use chrono::{DateTime, Utc};

/// What waits for a member whom the asker is to tell.
pub(in crate::members) async fn waits_for(tx: &mut AgencyTx, member: MembershipId) -> Result<Option<Waits>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let row = sqlx::query!(
        r#"select count(*) as "count!", min(made_at) as since, max(made_at) as until from told_by_hand
           where agency_id = $1 and membership_id = $2 and membership_id is distinct from $3 and read_at is null and handed_at is null"#,
        agency.0,
        member.0,
        me,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(row.since.zip(row.until).map(|(since, until)| Waits { count: row.count, since, until }))
}

/// Notes that the member was told of what waited up to a moment; answers whether anything did. That they are told by hand is for
/// nobody to read but those whom they chose, and so only whoever told them reads it in the log.
pub(super) async fn note_told(tx: &mut AgencyTx, can: &Can<TellByHand>, id: MembershipId, until: DateTime<Utc>) -> Result<bool, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let member = find(tx, Who::of(can), id).await?;
    if !member.known || !member.community || member.id == can.me() {
        return Err(Error::NotFound);
    }
    let told = sqlx::query!(
        "update told_by_hand set handed_at = $4, handed_by = $3
         where agency_id = $1 and membership_id = $2 and read_at is null and handed_at is null and made_at <= $5",
        agency.0,
        id.0,
        can.me().0,
        now,
        until,
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    if told == 0 {
        return Ok(false);
    }
    audit::record(tx, Change::of_member("told that something waits", id, None).for_oneself()).await?;
    Ok(true)
}
