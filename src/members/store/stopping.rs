//! Suspending somebody, letting them in again, and ending a membership for good; and who is suspended, and why.

use super::{
    super::{
        model::{Carries, Member, Side, State, Suspended, Who},
        paths,
    },
    people::{find, fresh, of_member},
    roles::{end_every_duty, end_what_they_lent, keep_one_administrator, still_there},
};
use crate::{
    audit,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId},
        policy::{Hat, StopMembers},
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

/// What goes with somebody of the agency's own side; of sessions and promises those that the asker may see.
pub(in crate::members) async fn carries(tx: &mut AgencyTx, id: MembershipId) -> Result<Carries, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    Ok(sqlx::query_as!(
        Carries,
        r#"select m.role = 'director' and m.state = 'active' and not o.others as "only_director!",
                  m.role = 'administrator' and m.state = 'active' and not o.others as "only_administrator!",
                  (select count(*) from delegation d where d.agency_id = $1 and d.lent_by = $2 and d.ended_at is null and d.until >= $3
                       and (d.duty <> 'absence' or d.taken_at is not null)) as "lent!",
                  (select count(*) from delegation d where d.agency_id = $1 and d.lent_to = $2 and d.ended_at is null and d.until >= $3
                       and (d.duty <> 'absence' or d.taken_at is not null)) as "held!",
                  (select count(*) from session_duty d join listening_session s on s.agency_id = d.agency_id and s.id = d.session_id
                   where d.agency_id = $1 and d.membership_id = $2 and s.state not in ('closed', 'cancelled')) as "sessions!",
                  (select count(*) from commitment c where c.agency_id = $1 and c.state in ('open', 'returned')
                       and $2 in (c.promised_by, c.delegate_id)) as "promises!"
           from membership m
           cross join lateral (select exists (select 1 from membership x where x.agency_id = m.agency_id and x.role = m.role and x.state = 'active'
                                   and x.id <> m.id) as others) o
           where m.agency_id = $1 and m.id = $2"#,
        agency.0,
        id.0,
        today,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Suspends somebody; they are out at their next request. Whoever suspends the only director is asked once.
pub(in crate::members) async fn suspend(
    tx: &mut AgencyTx,
    can: &Can<StopMembers>,
    id: MembershipId,
    (why, sure): (&str, bool),
) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("why", why)]).await?;
    let who = Who::of(can);
    let member = find(tx, who, id).await?;
    still_there(&member)?;
    if !who.may_suspend(&member) {
        return Err(Error::NotAllowed);
    }
    if !sure && carries(tx, id).await?.only_director {
        return Err(Error::refused("sure", "Tick this if the agency is to have no director until another one serves"));
    }
    keep_one_administrator(tx, &member).await?;
    let side = if who.hat.is_agency_side() { Side::Agency } else { Side::Body };
    put_state(tx, can, &member, State::Suspended, Some((side, why))).await?;
    told(tx, can, &member, "suspended").await?;
    end_what_they_lent(tx, &member).await?;
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
    told(tx, can, &member, "took up again").await?;
    audit::record(tx, of_member("took up again", &member)).await
}

/// Ends a membership for good.
pub(in crate::members) async fn end(tx: &mut AgencyTx, can: &Can<StopMembers>, id: MembershipId) -> Result<(), Error> {
    let who = Who::of(can);
    let member = find(tx, who, id).await?;
    still_there(&member)?;
    if !who.may_end(&member) {
        return Err(Error::NotAllowed);
    }
    keep_one_administrator(tx, &member).await?;
    put_state(tx, can, &member, State::Ended, None).await?;
    end_every_duty(tx, &member).await?;
    let action = match (member.is_proposal(), who.hat.is_agency_side()) {
        (true, true) => "took back the proposal of",
        (true, false) => "declined the proposal of",
        _ => "ended the membership of",
    };
    told(tx, can, &member, action).await?;
    audit::record(tx, of_member(action, &member)).await
}

/// The person hears what was done; the stewards of their body hear of each of its people; and where the agency stops a steward, so do
/// its directors: the body has one voice less.
async fn told(tx: &mut AgencyTx, can: &Can<StopMembers>, member: &Member, action: &str) -> Result<(), Error> {
    let now = member_now(action);
    let own = Notice { kind: "membership", said: format!("Your membership {now}"), path: crate::accounts::paths::HATS.to_owned() };
    notices::tell(tx, &[member.id], &own).await?;
    let (Some(body), Some(body_name)) = (member.body, &member.body_name) else { return Ok(()) };
    let by = can.member().map_or_else(String::new, |member| member.name.clone());
    let said = format!("{by} {action} {}, of {body_name}", member.name);
    let others = Notice { kind: "membership", said, path: paths::changes(can.slug()) };
    notices::tell_stewards(tx, body, &others).await?;
    if !member.steward || !can.hat().is_agency_side() {
        return Ok(());
    }
    notices::tell_hats(tx, &[Hat::Director], None, &others).await
}

/// How the same reads to the person.
fn member_now(action: &str) -> &'static str {
    match action {
        "suspended" => "was suspended",
        "took up again" => "was taken up again",
        _ => "was ended",
    }
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
             ended_at = case when $4 = 'ended' then $6::timestamptz end, version = version + 1,
             stopped_as_steward_at = case when steward and $4 in ('suspended', 'ended') then $6::timestamptz else stopped_as_steward_at end
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
