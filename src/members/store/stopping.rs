//! Suspending somebody, letting them in again, and ending a membership for good; and who is suspended, and why.

use super::{
    super::model::{Member, Side, State, Suspended, Who},
    people::{find, fresh, of_member},
    roles::keep_one_administrator,
};
use crate::{
    audit,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
        policy::StopMembers,
    },
};

/// Who of a body is suspended, the latest first, and why: read by its stewards.
///
/// # Errors
/// When the database is away.
pub async fn suspended_of(tx: &mut AgencyTx, body: PartnerId, most: i64) -> Result<Vec<Suspended>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Suspended,
        r#"select m.id as "id: MembershipId", m.name, coalesce(m.suspended_by = 'agency', false) as "by_agency!",
                  coalesce(w.why, '') as "because!", m.suspended_at as at
           from membership m
           left join suspension w on w.agency_id = m.agency_id and w.membership_id = m.id
           where m.agency_id = $1 and m.partner_id = $2 and m.state = 'suspended'
           order by m.suspended_at desc nulls last, m.id limit $3"#,
        agency.0,
        body.0,
        most,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Suspends somebody; they are out at their next request.
pub(in crate::members) async fn suspend(tx: &mut AgencyTx, can: &Can<StopMembers>, id: MembershipId, why: &str) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("why", why)]).await?;
    let who = Who::of(can);
    let member = find(tx, who, id).await?;
    if !who.may_suspend(&member) {
        return Err(Error::NotAllowed);
    }
    keep_one_administrator(tx, &member).await?;
    let side = if who.hat.is_agency_side() { Side::Agency } else { Side::Body };
    put_state(tx, can, &member, State::Suspended, Some((side, why))).await?;
    audit::record(tx, of_member("suspended", &member).field("why", why)).await
}

/// Lets somebody in again.
pub(in crate::members) async fn take_up(tx: &mut AgencyTx, can: &Can<StopMembers>, id: MembershipId) -> Result<(), Error> {
    let who = Who::of(can);
    let member = find(tx, who, id).await?;
    if !who.may_take_up(&member) {
        return Err(Error::NotAllowed);
    }
    put_state(tx, can, &member, State::Active, None).await?;
    audit::record(tx, of_member("took up again", &member)).await
}

/// Ends a membership for good.
pub(in crate::members) async fn end(tx: &mut AgencyTx, can: &Can<StopMembers>, id: MembershipId) -> Result<(), Error> {
    let who = Who::of(can);
    let member = find(tx, who, id).await?;
    if !who.may_end(&member) {
        return Err(Error::NotAllowed);
    }
    keep_one_administrator(tx, &member).await?;
    put_state(tx, can, &member, State::Ended, None).await?;
    let action = match (member.is_proposal(), who.hat.is_agency_side()) {
        (true, true) => "took back the proposal of",
        (true, false) => "declined the proposal of",
        _ => "ended the membership of",
    };
    audit::record(tx, of_member(action, &member)).await
}

/// `suspended`: by which side, and why.
async fn put_state(
    tx: &mut AgencyTx,
    can: &Can<StopMembers>,
    member: &Member,
    state: State,
    suspended: Option<(Side, &str)>,
) -> Result<(), Error> {
    let (agency, now, side) = (tx.agency(), tx.now(), suspended.map(|(side, _)| side));
    let changed = sqlx::query!(
        "update membership set state = $4, suspended_by = $5, suspended_at = case when $4 = 'suspended' then $6::timestamptz end,
             ended_at = case when $4 = 'ended' then $6::timestamptz end, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        member.id.0,
        can.version(),
        state as State,
        side as Option<Side>,
        now,
    )
    .execute(tx.conn())
    .await?;
    fresh(changed.rows_affected())?;
    say_why(tx, member.id, suspended.map(|(_, why)| why)).await
}

/// Keeps why somebody is suspended, apart from their membership, which everybody reads; gone with the suspension.
async fn say_why(tx: &mut AgencyTx, member: MembershipId, why: Option<&str>) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from suspension where agency_id = $1 and membership_id = $2", agency.0, member.0).execute(tx.conn()).await?;
    let Some(why) = why else { return Ok(()) };
    sqlx::query!("insert into suspension (agency_id, membership_id, why) values ($1, $2, $3)", agency.0, member.0, why)
        .execute(tx.conn())
        .await?;
    Ok(())
}
