//! Requests in and out. Who may confirm one is asked of the database, which also refuses everybody else.

use super::{
    super::{
        model::{Member, State, Who},
        paths,
        store::{find, of_member},
    },
    model::{Asked, Standing},
};
use crate::{
    accounts::{self, FACTORS_LOST, FACTORS_LOST_CONFIRMED, LOST_ASKED, LOST_HOLDS, LOST_WAITS},
    audit, mail,
    notices::{self, Notice},
    platform::{
        access::Can,
        asker::Asker,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::{AccountId, MembershipId},
        policy::{AllowLostFactors, Hat, ReportLostFactors},
    },
};

/// The member, and where their lost factors stand for whoever asks.
pub(super) async fn standing(tx: &mut AgencyTx, can: &Asker, id: MembershipId) -> Result<(Member, Standing), Error> {
    let member = find(tx, Who::of(can), id).await?;
    let (agency, now, me) = (tx.agency(), tx.now(), can.me());
    let row = sqlx::query!(
        r#"select r.id, r.asked_at, r.confirmed_at, k.name,
                  r.confirmed_at is null and coalesce(lost_factors_may_be_confirmed(r.membership_id, r.asked_by, r.asked_at), false) as "may_confirm!"
           from lost_factors r
           join membership k on k.agency_id = r.agency_id and k.id = r.asked_by
           where r.agency_id = $1 and r.membership_id = $2 and r.ended_at is null
             and (r.confirmed_at > $4 or (r.confirmed_at is null and r.asked_at > $3))
           order by r.asked_at desc, r.id
           limit 1"#,
        agency.0,
        id.0,
        now - LOST_ASKED,
        now - LOST_WAITS - LOST_HOLDS,
    )
    .fetch_optional(tx.conn())
    .await?;
    let may_ask = row.is_none() && can.hat() == Hat::Administrator && member.state == State::Active && id != me;
    let may_confirm = row.as_ref().is_some_and(|row| row.may_confirm);
    let asked = row.map(|row| Asked { id: row.id, by: row.name, at: row.asked_at, confirmed_at: row.confirmed_at });
    let of_a_body = member.body.is_some();
    Ok((member, Standing { asked, may_ask, may_confirm, of_a_body }))
}

/// Asks. The person has a letter about it.
pub(super) async fn ask(tx: &mut AgencyTx, can: &Can<ReportLostFactors>, id: MembershipId) -> Result<(), Error> {
    let (member, standing) = standing(tx, can, id).await?;
    if !standing.may_ask {
        return Err(Error::NotAllowed);
    }
    let (agency, now) = (tx.agency(), tx.now());
    // A request that nobody confirmed in time makes room.
    sqlx::query!(
        "update lost_factors set ended_at = $3 where agency_id = $1 and membership_id = $2 and confirmed_at is null and ended_at is null and asked_at <= $4",
        agency.0,
        id.0,
        now,
        now - LOST_ASKED,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into lost_factors (agency_id, id, membership_id, asked_by, asked_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("lost_factors_open", "", "Somebody asked already. A second person has to confirm it")?;
    tell(tx, id, FACTORS_LOST).await?;
    heard(tx, can, &member, "It was asked that one of your people may sign in without the second step").await?;
    audit::record(tx, of_member("asked for a sign-in without the second step for", &member)).await
}

/// The person has a letter: whoever plays them is found out before anything is taken away.
async fn tell(tx: &mut AgencyTx, id: MembershipId, letter: &'static str) -> Result<(), Error> {
    let account = account_of(tx, id).await?;
    mail::enqueue(tx, letter, account.0).await
}

async fn account_of(tx: &mut AgencyTx, id: MembershipId) -> Result<AccountId, Error> {
    let agency = tx.agency();
    let found = sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from membership where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    );
    found.fetch_one(tx.conn()).await?.ok_or(Error::NotFound)
}

/// Whoever may confirm it, or put an end to it, hears of it the same minute: the stewards of a body of what concerns its people, and
/// directors and administrators of what concerns the agency’s.
async fn heard(tx: &mut AgencyTx, can: &Asker, member: &Member, said: &str) -> Result<(), Error> {
    let told = Notice { kind: "lost_factors", said: said.to_owned(), path: paths::lost_factors(can.slug(), member.id) };
    if let Some(body) = member.body {
        return notices::tell_stewards(tx, body, &told).await;
    }
    notices::tell_hats(tx, &[Hat::Director, Hat::Administrator], Some(member.id), &told).await
}

/// A second person confirms. Nothing goes by it yet: the person has a letter, and time to stop it.
pub(super) async fn confirm(tx: &mut AgencyTx, can: &Can<AllowLostFactors>, id: MembershipId) -> Result<(), Error> {
    let (member, standing) = standing(tx, can, id).await?;
    let Some(asked) = standing.asked.filter(|_| standing.may_confirm) else { return Err(Error::NotAllowed) };
    if let_each_other_in(tx, asked.id, can.me()).await? {
        return Err(Error::NotAllowed);
    }
    let (agency, now) = (tx.agency(), tx.now());
    let confirmed = sqlx::query!(
        "update lost_factors set confirmed_by = $3, confirmed_at = $4
         where agency_id = $1 and id = $2 and confirmed_at is null and ended_at is null",
        agency.0,
        asked.id,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    // Stopped, or confirmed by somebody else, since it was looked at.
    if confirmed.rows_affected() == 0 {
        return Err(Error::NotAllowed);
    }
    tell(tx, id, FACTORS_LOST_CONFIRMED).await?;
    heard(tx, can, &member, "It was confirmed that one of your people may sign in without the second step, in three days").await?;
    audit::record(tx, of_member("confirmed the loss of the second step of", &member)).await
}

/// Whether one of the two let the other in. By whom a link was made anew is not every confirmer's to read: it is looked through once
/// more as keeper.
async fn let_each_other_in(tx: &mut AgencyTx, request: uuid::Uuid, me: MembershipId) -> Result<bool, Error> {
    let (agency, mut found) = (tx.agency(), true);
    tx.as_keeper("look whether one of two who say that a second step is lost let the other in", async |tx| {
        found = sqlx::query_scalar!(
            r#"select came_in_through(own.id, one.account_id) or came_in_through(one.id, own.account_id) as "found!"
               from lost_factors l
               join membership one on one.agency_id = l.agency_id and one.id = l.asked_by
               join membership own on own.agency_id = l.agency_id and own.id = $3
               where l.agency_id = $1 and l.id = $2"#,
            agency.0,
            request,
            me.0,
        )
        .fetch_one(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    Ok(found)
}

/// It is not done.
pub(super) async fn end(tx: &mut AgencyTx, can: &Can<AllowLostFactors>, id: MembershipId) -> Result<(), Error> {
    find(tx, Who::of(can), id).await?;
    let account = account_of(tx, id).await?;
    accounts::lost_in_turn(tx.conn(), account).await?;
    let (member, standing) = standing(tx, can, id).await?;
    let asked = standing.asked.ok_or(Error::NotFound)?;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update lost_factors set ended_at = $3 where agency_id = $1 and id = $2", agency.0, asked.id, now)
        .execute(tx.conn())
        .await?;
    heard(tx, can, &member, "It was declined that one of your people signs in without the second step").await?;
    audit::record(tx, of_member("declined a sign-in without the second step for", &member)).await
}
