//! Closing an account: its memberships end, everything by which somebody could come in is gone, and so is how to reach the person. What
//! they said stays where it is, under the name that it was said under.

use super::super::model::ACCOUNT_CLOSED;
use crate::{
    audit::{self, Change},
    mail,
    notices::{self, Notice},
    platform::{
        db::{AgencyTx, Db, Standing, SystemTx},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, PartnerId, SubjectId},
        policy::Hat,
    },
};

/// What the last administrator of an agency does first.
pub(in super::super) const LAST: &str = "Make somebody else an administrator first: an agency needs at least one";

/// Agencies that would be left without an administrator.
pub(in super::super) async fn held_by(db: &Db, account: AccountId) -> Result<Vec<String>, Error> {
    let mut tx = db.begin_system().await?;
    let names = sqlx::query_scalar!(
        "select g.name from membership m join agency g on g.id = m.agency_id
         where m.account_id = $1 and m.role = 'administrator' and m.state = 'active' and not exists (
             select from membership o where o.agency_id = m.agency_id and o.role = 'administrator' and o.state = 'active'
             and o.account_id is distinct from $1)
         order by g.name",
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(names)
}

/// Bodies that would be left without a steward, each with its agency, as their page of leaving says it (`members/me`).
pub(in super::super) async fn last_steward_of(db: &Db, account: AccountId) -> Result<Vec<(String, String)>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query!(
        "select p.name as body, g.name as agency from membership m join agency g on g.id = m.agency_id
         join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
         where m.account_id = $1 and m.steward and m.state = 'active' and not exists (
             select from membership o where o.agency_id = m.agency_id and o.partner_id = m.partner_id and o.steward and o.state = 'active'
             and o.account_id is distinct from $1)
         group by g.name, p.name order by g.name, p.name",
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(|row| (row.body, row.agency)).collect())
}

/// Leaves every agency, each in a transaction of its own, and closes the account at last: whoever is interrupted presses again.
/// `letters`: they leave here, and one confirms it.
pub(in super::super) async fn close(db: &Db, account: AccountId, letters: bool) -> Result<(), Error> {
    for place in places(db, account).await? {
        let mut tx = db.begin_account(account).await?.become_member(Standing::plain(place.agency, account, place.membership)).await?;
        leave(&mut tx, account, &place).await?;
        tx.end().await?;
    }
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    if letters {
        confirm(&mut tx, account).await?;
    }
    // The address is free for a new invitation, and nobody's any more here.
    sqlx::query!(
        "update account set closed_at = $2, password_hash = null, name = 'a closed account', email = 'closed:' || id where id = $1",
        account.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("update session set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now).execute(tx.conn()).await?;
    sqlx::query!("update password_reset set used_at = $2 where account_id = $1 and used_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!("update address_change set ended_at = $2, ended = 'stopped' where account_id = $1 and ended_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!("update half_sign_in set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    sqlx::query!("delete from code_seed where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("delete from recovery_code where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("delete from passkey where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("delete from known_device where account_id = $1", account.0).execute(tx.conn()).await?;
    sqlx::query!("delete from parked_form where account_id = $1", account.0).execute(tx.conn()).await?;
    tx.commit().await
}

/// A letter confirms it to the address that is about to be forgotten; nobody is written to in a demonstration.
async fn confirm(tx: &mut SystemTx, account: AccountId) -> Result<(), Error> {
    let open = sqlx::query_scalar!("select email from account where id = $1 and closed_at is null and not is_demo", account.0);
    match open.fetch_optional(tx.conn()).await? {
        Some(address) => mail::enqueue_to(tx, ACCOUNT_CLOSED, account.0, &address).await,
        None => Ok(()),
    }
}

/// A membership of the account, whatever became of it.
pub(super) struct Place {
    pub(super) agency: AgencyId,
    pub(super) membership: MembershipId,
    /// It is not over.
    pub(super) serves: bool,
    slug: String,
}

pub(super) async fn places(db: &Db, account: AccountId) -> Result<Vec<Place>, Error> {
    let mut tx = db.begin_system().await?;
    let places = sqlx::query_as!(
        Place,
        r#"select g.id as "agency: AgencyId", m.id as "membership: MembershipId", m.state <> 'ended' as "serves!", g.slug
           from membership m join agency g on g.id = m.agency_id
           where m.account_id = $1 order by g.id, m.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(places)
}

/// Ends the membership, unless somebody has stopped or ended it already; what the agency's provider says of the person opens nothing
/// any more, and how to reach them is gone.
async fn leave(tx: &mut AgencyTx, account: AccountId, place: &Place) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), place.membership);
    keep_one_administrator(tx, account).await?;
    sqlx::query!(
        "update sign_on_identity set ended_at = $3 where agency_id = $1 and account_id = $2 and ended_at is null",
        agency.0,
        account.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update member_identity set email = '', reach_channel = '', reach_at = '', reach_hours = '', may_leave_message = false, may_name_agency = false
         where agency_id = $1 and membership_id = $2",
        agency.0,
        me.0,
    )
    .execute(tx.conn())
    .await?;
    // Nobody brings back any more what waits aside.
    sqlx::query!(
        "update speaker set reach_aside = '{}' where agency_id = $1 and membership_id = $2 and reach_aside <> '{}'",
        agency.0,
        me.0,
    )
    .execute(tx.conn())
    .await?;
    let left = sqlx::query!(
        r#"update membership set state = 'ended', ended_at = $3, version = version + 1
           where agency_id = $1 and id = $2 and state = 'active' returning partner_id as "body: PartnerId", role"#,
        agency.0,
        me.0,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(left) = left else { return Ok(()) };
    if left.role == "director" {
        tell_of_vacancy(tx, &place.slug).await?;
    }
    if let Some(body) = left.body {
        let said = "Somebody of your body closed their account here".to_owned();
        notices::tell_stewards(tx, body, &Notice { kind: "membership", said, path: format!("/{}/members/changes", place.slug) }).await?;
    }
    audit::record(tx, Change::of_member("left, closing their account", me, left.body.map(|body| SubjectId(body.0)))).await
}

/// An agency can be without a director for a while: its administrators hear that it is.
async fn tell_of_vacancy(tx: &mut AgencyTx, slug: &str) -> Result<(), Error> {
    let agency = tx.agency();
    let directed = sqlx::query_scalar!(
        r#"select exists (select from membership where agency_id = $1 and role = 'director' and state = 'active') as "directed!""#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if directed {
        return Ok(());
    }
    let said = "The last director closed their account here. The agency has none until you make somebody else one".to_owned();
    let told = Notice { kind: "membership", said, path: format!("/{slug}/members") };
    notices::tell_hats(tx, &[Hat::Administrator], None, &told).await
}

/// Of two administrators who close their accounts at once, the second finds that they are the last.
async fn keep_one_administrator(tx: &mut AgencyTx, account: AccountId) -> Result<(), Error> {
    let agency = tx.agency();
    let all = sqlx::query_scalar!(
        r#"select account_id = $2 as "own!" from membership
           where agency_id = $1 and role = 'administrator' and state = 'active' and account_id is not null order by id for update"#,
        agency.0,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    if all.is_empty() || all.iter().any(|own| !own) { Ok(()) } else { Err(Error::refused("", LAST)) }
}
