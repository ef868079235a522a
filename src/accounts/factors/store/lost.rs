//! What was asked for somebody who lost every second factor, as their account sees it: from all places in which they serve at once. No
//! place learns here of another.

use super::{
    super::{
        super::store::serving,
        model::{LOST_ASKED, LOST_HOLDS, LOST_WAITS, LostAsked},
    },
    forget::forget_in,
};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        db::{AgencyTx, Db, Standing, SystemTx},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, PartnerId, SubjectId},
        policy::Hat,
    },
};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// Forgets every second factor if all places agree that they are lost, in one transaction: a stop, or something set up, comes before it or
/// after it. Answers whether they were forgotten.
pub(in super::super) async fn forget_lost(db: &Db, account: AccountId, by: &'static str) -> Result<bool, Error> {
    let hats = serving(db, account).await?;
    let mut tx = db.begin_system().await?;
    lost_in_turn(tx.conn(), account).await?;
    let Some(asked) = agreed(&mut tx, account).await? else { return Ok(false) };
    tx.become_account(account).await?;
    if has_newer(&mut tx, account, asked).await? { Ok(false) } else { forget_in(db, tx, (account, &hats), by).await }
}

/// One after the other: a stop, and the forgetting of what was lost. Whoever ends what was asked waits here first.
///
/// # Errors
/// When the database is away.
pub async fn lost_in_turn(conn: &mut PgConnection, account: AccountId) -> Result<(), Error> {
    sqlx::query!("select lost_factors_turn($1)", account.0).execute(conn).await?;
    Ok(())
}

/// Since when it was asked, where every place in which the person serves has confirmed it, each by people of its own, and the time to stop
/// it is over. A place is an agency’s own side, or one body there; one in which they are suspended counts, or suspending somebody would
/// open the way in.
async fn agreed(tx: &mut SystemTx, account: AccountId) -> Result<Option<DateTime<Utc>>, Error> {
    let waited = tx.now() - LOST_WAITS;
    let asked = sqlx::query!(
        r#"select coalesce(bool_and(r.asked_at is not null), false) as "everywhere!", min(r.asked_at) as first
           from (select distinct agency_id, partner_id from membership where account_id = $1 and state in ('active', 'suspended')) place
           cross join lateral (
               select max(l.asked_at) as asked_at
               from lost_factors l join membership m on m.agency_id = l.agency_id and m.id = l.membership_id
               where l.agency_id = place.agency_id and m.partner_id is not distinct from place.partner_id
                 and m.account_id = $1 and m.state = 'active' and l.ended_at is null and l.confirmed_at > $2 and l.confirmed_at <= $3) r"#,
        account.0,
        waited - LOST_HOLDS,
        waited,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(asked.first.filter(|_| asked.everywhere))
}

/// Whether something was set up since it was asked: that is not what was lost. Nothing is added to a locked account, and a seed that
/// waits is not confirmed meanwhile.
async fn has_newer(tx: &mut SystemTx, account: AccountId, asked: DateTime<Utc>) -> Result<bool, Error> {
    sqlx::query_scalar!("select id from account where id = $1 for update", account.0).fetch_one(tx.conn()).await?;
    sqlx::query_scalar!("select account_id from code_seed where account_id = $1 for update", account.0).fetch_optional(tx.conn()).await?;
    Ok(sqlx::query_scalar!(
        r#"select exists (select from passkey where account_id = $1 and made_at >= $2)
                  or exists (select from code_seed where account_id = $1 and confirmed_at >= $2) as "newer!""#,
        account.0,
        asked,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What was asked and is not over, in every place.
pub(in super::super::super) async fn lost_asked(db: &Db, account: AccountId) -> Result<Vec<LostAsked>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let rows = sqlx::query_as!(
        LostAsked,
        r#"select l.id, g.id as "agency: AgencyId", g.name as agency_name, g.slug, m.id as "membership: MembershipId",
                  m.partner_id as "body: PartnerId", l.asked_at, l.confirmed_at
           from lost_factors l
           join membership m on m.agency_id = l.agency_id and m.id = l.membership_id
           join agency g on g.id = l.agency_id
           where m.account_id = $1 and m.state = 'active' and l.ended_at is null
             and (l.confirmed_at > $2 or (l.confirmed_at is null and l.asked_at > $3))
           order by l.asked_at, l.id"#,
        account.0,
        now - LOST_WAITS - LOST_HOLDS,
        now - LOST_ASKED,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows)
}

/// The person stops all of it. Whoever sees to it in each place hears of it the same minute.
pub(in super::super) async fn stop_lost(db: &Db, account: AccountId) -> Result<(), Error> {
    for one in lost_asked(db, account).await? {
        let mut tx = db.begin_account(account).await?.become_member(Standing::plain(one.agency, account, one.membership)).await?;
        lost_in_turn(tx.conn(), account).await?;
        stop(&mut tx, &one).await?;
        tx.end().await?;
    }
    Ok(())
}

async fn stop(tx: &mut AgencyTx, one: &LostAsked) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let stopped =
        sqlx::query!("update lost_factors set ended_at = $3 where agency_id = $1 and id = $2 and ended_at is null", agency.0, one.id, now)
            .execute(tx.conn())
            .await?;
    if stopped.rows_affected() == 0 {
        return Ok(());
    }
    let said = "One of your people says that their second step is not lost. What was asked for them has stopped".to_owned();
    let told = Notice { kind: "lost_factors", said, path: format!("/{}/members/{}/lost-factors", one.slug, one.membership) };
    match one.body {
        Some(body) => notices::tell_stewards(tx, body, &told).await?,
        None => notices::tell_hats(tx, &[Hat::Director, Hat::Administrator], Some(one.membership), &told).await?,
    }
    let body = one.body.map(|body| SubjectId(body.0));
    audit::record(tx, Change::of_member("stopped a sign-in without the second step for", one.membership, body)).await
}
