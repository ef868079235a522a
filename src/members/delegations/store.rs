//! Lent duties in and out.

use super::{
    super::{
        model::Who,
        paths,
        store::{find, fresh, of_member},
    },
    model::{Duty, Ending, Lending, Lent},
};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{access::Can, db::AgencyTx, error::Error, form::Choice, ids::MembershipId, paging::Paging, policy::LendDuties, words},
};
use chrono::{TimeZone as _, Timelike as _};
use sqlx::types::Json;

/// What was lent, the latest first, and to whom this member may lend a duty.
pub(super) async fn list(tx: &mut AgencyTx, me: MembershipId, paging: Paging) -> Result<(Vec<Lent>, Vec<Choice>), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(l), '[]')
                   from (select d.id, d.duty, b.name as lent_by, t.name as lent_to, d.reason, d.until, d.created_at, d.ended_at
                         from delegation d
                         join membership b on b.agency_id = d.agency_id and b.id = d.lent_by
                         join membership t on t.agency_id = d.agency_id and t.id = d.lent_to
                         where d.agency_id = $1 and d.duty <> 'absence'
                         order by d.created_at desc, d.id
                         limit $3 offset $4) l) as "lent!: Json<Vec<Lent>>",
                  (select coalesce(json_agg(json_build_object('value', m.id, 'label', m.name || ', ' || m.role) order by m.name, m.id), '[]')
                   from membership m
                   where m.agency_id = $1 and m.role in ('director', 'staff') and m.state = 'active' and m.id <> $2) as "people!: Json<Vec<Choice>>""#,
        agency.0,
        me.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.lent.0, row.people.0))
}

/// A duty may be lent to directors and staff, but not to oneself.
async fn may_have_it(tx: &mut AgencyTx, me: MembershipId, to: MembershipId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from membership
               where agency_id = $1 and role in ('director', 'staff') and state = 'active' and id <> $2 and id = $3) as "may!""#,
        agency.0,
        me.0,
        to.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Lends a duty.
pub(super) async fn lend(tx: &mut AgencyTx, can: &Can<LendDuties>, lending: &Lending) -> Result<(), Error> {
    crate::consent::in_own_words(tx, &[("reason", &lending.reason)]).await?;
    let (agency, now) = (tx.agency(), tx.now());
    if !may_have_it(tx, can.me(), lending.to).await? {
        return Err(Error::refused("to", "Choose to whom"));
    }
    sqlx::query!(
        "insert into delegation (agency_id, id, duty, lent_by, lent_to, reason, until, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        lending.duty as Duty,
        can.me().0,
        lending.to.0,
        lending.reason,
        lending.until,
        now,
    )
    .execute(tx.conn())
    .await?;
    let said = format!("{} lent you a duty until {}: {}", by(can), words::day(lending.until), lending.duty);
    told(tx, can, lending.to, said).await?;
    audit::record(tx, Change::of_member("lent a duty to", lending.to, None).field("reason", &lending.reason)).await
}

fn by(can: &Can<LendDuties>) -> String {
    can.member().map_or_else(String::new, |member| member.name.clone())
}

/// Whoever has the duty hears of it.
async fn told(tx: &mut AgencyTx, can: &Can<LendDuties>, to: MembershipId, said: String) -> Result<(), Error> {
    notices::tell(tx, &[to], &Notice { kind: "duty", said, path: paths::delegations(can.slug()) }).await
}

/// Ends a lent duty before its day.
pub(super) async fn end(tx: &mut AgencyTx, can: &Can<LendDuties>, id: uuid::Uuid) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), can.today());
    let lent = sqlx::query!(
        r#"select lent_to as "to: MembershipId", duty as "duty: Duty" from delegation
           where agency_id = $1 and id = $2 and duty <> 'absence' and ended_at is null and until >= $3"#,
        agency.0,
        id,
        today,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    sqlx::query!("update delegation set ended_at = $3 where agency_id = $1 and id = $2", agency.0, id, now).execute(tx.conn()).await?;
    let said = format!("{} took a duty back that was lent to you: {}", by(can), lent.duty);
    told(tx, can, lent.to, said).await?;
    audit::record(tx, Change::of_member("ended the duty lent to", lent.to, None)).await
}

/// From this hour on it is evening at the agency.
const EVENING: u32 = 17;

/// Tells both sides of duties that end, each once. For the keeper.
pub(super) async fn tell_due(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now, today, zone) = (tx.agency(), tx.now(), tx.today(), tx.zone());
    let due = sqlx::query_as!(
        Ending,
        r#"select d.id, d.duty as "duty: Duty", d.until, d.lent_by as "lent_by: MembershipId", d.lent_to as "lent_to: MembershipId",
                  b.name as lender, t.name as holder,
                  d.eve_told_at is null and d.until - (d.created_at at time zone $3)::date >= 7 as "has_eve!"
           from delegation d
           join membership b on b.agency_id = d.agency_id and b.id = d.lent_by
           join membership t on t.agency_id = d.agency_id and t.id = d.lent_to
           where d.agency_id = $1 and d.duty <> 'absence' and d.ended_at is null and d.end_told_at is null and d.until <= $2::date + 1
           order by d.until, d.id limit 500"#,
        agency.0,
        today,
        zone,
    )
    .fetch_all(tx.conn())
    .await?;
    let is_evening = tx.standing().zone.from_utc_datetime(&now.naive_utc()).hour() >= EVENING;
    for one in due {
        if let Some((when, is_eve)) = one.said_on(today, is_evening) {
            tell_both(tx, &one, &when).await?;
            sqlx::query!(
                "update delegation set eve_told_at = $3, end_told_at = case when $4 then end_told_at else $3 end where agency_id = $1 and id = $2",
                agency.0,
                one.id,
                now,
                is_eve,
            )
            .execute(tx.conn())
            .await?;
        }
    }
    Ok(())
}

async fn tell_both(tx: &mut AgencyTx, one: &Ending, when: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    let path = paths::delegations(&slug);
    let notice = |said: String| Notice { kind: "duty", said, path: path.clone() };
    notices::tell(tx, &[one.lent_to], &notice(format!("A duty that {} lent you {when}: {}", one.lender, one.duty))).await?;
    notices::tell(tx, &[one.lent_by], &notice(format!("A duty that you lent {} {when}: {}", one.holder, one.duty))).await
}

/// Opens the landscape of all ratings to a named member of staff, or closes it.
pub(super) async fn open_landscape(tx: &mut AgencyTx, can: &Can<LendDuties>, id: MembershipId, open: bool) -> Result<(), Error> {
    let (agency, who) = (tx.agency(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_open_landscape(&member) {
        return Err(Error::NotAllowed);
    }
    let changed = sqlx::query!(
        "update membership set sees_landscape = $4, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        open,
    )
    .execute(tx.conn())
    .await?;
    fresh(changed.rows_affected())?;
    audit::record(tx, of_member(if open { "opened the landscape to" } else { "closed the landscape to" }, &member)).await
}
