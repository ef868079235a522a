//! Invitations: what a link opens, and taking one up.

use super::{
    super::model::{Account, Code, HowIn, OpenInvitation, Over},
    identities,
    sessions::{account_of, insert_session, put_on, vouch},
};
use crate::platform::{
    db::{AgencyTx, Db, Standing},
    error::{Error, OnConstraint as _},
    events,
    ids::{AccountId, AgencyId, MembershipId, PartnerId, SubjectId},
    session::{SESSION_HOURS, Token},
};
use chrono::Duration;

/// The invitation of a token, and whether it may still be taken up. Asked the same way whatever became of it.
pub(in super::super) async fn invitation(db: &Db, token: &Token) -> Result<Option<OpenInvitation>, Error> {
    let mut tx = db.begin_system().await?;
    let (hash, now) = (token.hash(), tx.now());
    let row = sqlx::query_as!(
        OpenInvitation,
        r#"select i.id, g.id as "agency: AgencyId", g.name as agency_name, g.slug, g.contact, m.id as "membership: MembershipId", m.partner_id as "body: PartnerId", i.email,
                  coalesce(p.name, case when m.lived_experience then 'community member' else m.role end) as "hat!",
                  by_whom.name as inviter, case when m.lived_experience then '' else m.name end as "invited!", a.id as "account?: AccountId", coalesce(a.is_demo, g.is_demo) as "is_demo!",
                  coalesce(i.language, g.language) as "language!", m.role <> 'partner' as "own_side!",
                  m.steward and exists (select 1 from membership o where o.agency_id = m.agency_id and o.account_id = a.id
                      and o.role <> 'partner' and o.state <> 'ended') as "on_both_sides!",
                  case when i.accepted_at is not null then 'used' when m.state <> 'invited' then 'withdrawn'
                       when i.expires_at <= $2 then 'expired' end as "over: Over"
           from invitation i
           join agency g on g.id = i.agency_id
           join membership m on m.agency_id = i.agency_id and m.id = i.membership_id
           join membership by_whom on by_whom.agency_id = i.agency_id and by_whom.id = i.made_by
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           left join account a on a.email = i.email and a.closed_at is null
           where i.token_hash = $1"#,
        &hash,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row)
}

/// The account and the agency of an invitation that was taken up by a form with this key.
pub(in super::super) async fn taken_up(db: &Db, token: &Token, key: &str) -> Result<Option<(Account, String)>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select a.id as "id: AccountId", a.password_hash, a.is_demo, g.id as "agency: AgencyId", g.slug, m.id as "membership: MembershipId"
           from invitation i
           join agency g on g.id = i.agency_id
           join membership m on m.agency_id = i.agency_id and m.id = i.membership_id
           join account a on a.id = m.account_id and a.closed_at is null
           where i.token_hash = $1 and i.accepted_at is not null and m.state = 'active'"#,
        &token.hash(),
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut tx = tx.become_member(Standing::plain(row.agency, row.id, row.membership)).await?;
    let same = sqlx::query_scalar!(
        r#"select exists (select from idempotency where agency_id = $1 and actor = $2 and key = $3) as "same!""#,
        row.agency.0,
        row.membership.0,
        key,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.end().await?;
    Ok(same.then_some((Account { id: row.id, password_hash: row.password_hash, is_demo: row.is_demo }, row.slug)))
}

/// Notes the form's key, so that the same form sent twice answers the same. Of the form itself nothing is kept: it holds a password.
async fn note_key(tx: &mut AgencyTx, membership: MembershipId, key: &str, slug: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into idempotency (agency_id, actor, key, body_hash, redirect, flash, created_at) values ($1, $2, $3, '', $4, '', $5)
         on conflict (agency_id, actor, key) do nothing",
        agency.0,
        membership.0,
        key,
        format!("/{slug}"),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The stored hash of an account, to check its password before joining another agency to it.
pub(in super::super) async fn password_of(db: &Db, email: &str) -> Result<Option<String>, Error> {
    Ok(account_of(db, email).await?.and_then(|account| account.password_hash))
}

/// Whether this is a body's first steward, who comes in with a code besides the link.
pub(in super::super) async fn wants_code(db: &Db, open: &OpenInvitation) -> Result<bool, Error> {
    if open.body.is_none() {
        return Ok(false);
    }
    let mut tx = as_invited(db, open).await?;
    let first = sqlx::query_scalar!(r#"select is_first_steward($1) as "first!""#, open.membership.0).fetch_one(tx.conn()).await?;
    tx.end().await?;
    Ok(first)
}

/// Counts a try of the code; answers whether it still holds.
pub(in super::super) async fn count_try(db: &Db, open: &OpenInvitation) -> Result<bool, Error> {
    let mut tx = as_invited(db, open).await?;
    let agency = tx.agency();
    let counted = sqlx::query!(
        "update steward_code set tries = tries + 1 where agency_id = $1 and membership_id = $2 and tries < $3",
        agency.0,
        open.membership.0,
        Code::TRIES,
    )
    .execute(tx.conn())
    .await?;
    tx.end().await?;
    Ok(counted.rows_affected() == 1)
}

async fn as_invited(db: &Db, open: &OpenInvitation) -> Result<AgencyTx, Error> {
    let nobody = AccountId::fresh();
    db.begin_account(nobody).await?.become_member(Standing::plain(open.agency, nobody, open.membership)).await
}

/// The transaction carries the code; row security compares it once more.
async fn show_code(tx: &mut AgencyTx, open: &OpenInvitation, code: &Code) -> Result<(), Error> {
    sqlx::query!("select set_config('app.code', $1, true)", code.reveal()).fetch_one(tx.conn()).await?;
    let fits = sqlx::query_scalar!(r#"select code_fits($1) as "fits!""#, open.membership.0).fetch_one(tx.conn()).await?;
    if fits { Ok(()) } else { Err(Error::refused("code", "Check the code: it is not the one that belongs to this link")) }
}

/// Takes an invitation up: a new account or the one of that address, an active membership, a session.
pub(in super::super) async fn accept(
    db: &Db,
    open: &OpenInvitation,
    HowIn { new, code, identity, vouching, shown, device, key }: HowIn<'_>,
) -> Result<Token, Error> {
    let account = open.account.unwrap_or_else(AccountId::fresh);
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    if let Some((name, hash)) = new {
        sqlx::query!(
            "insert into account (id, email, name, password_hash, is_demo, created_at, language) values ($1, $2, $3, $4, $5, $6, $7)",
            account.0,
            open.email,
            name,
            hash,
            open.is_demo,
            now,
            open.language,
        )
        .execute(tx.conn())
        .await
        .on_constraint(
            "account_email_key",
            "password",
            "This address has an account now. Open the link again, and sign in with it",
        )?;
    }
    let (session, token) = insert_session(&mut tx, account, (device, Duration::hours(SESSION_HOURS)), shown).await?;
    if let Some(vouching) = vouching {
        vouch(&mut tx, session, vouching).await?;
    }
    let mut tx = tx.become_member(Standing::plain(open.agency, account, open.membership)).await?;
    let agency = tx.agency();
    if let Some(code) = code {
        show_code(&mut tx, open, code).await?;
    }
    may_take_up(&mut tx, open, account).await?;
    let spent = sqlx::query!(
        "update invitation set accepted_at = $3 where agency_id = $1 and id = $2 and accepted_at is null",
        agency.0,
        open.id,
        now,
    )
    .execute(tx.conn())
    .await?;
    if spent.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update membership set account_id = $3, state = 'active', version = version + 1
         where agency_id = $1 and id = $2 and state = 'invited'",
        agency.0,
        open.membership.0,
        account.0,
    )
    .execute(tx.conn())
    .await
    .on_constraint("membership_once", "password", "You have this role here already. Sign in to use it")?;
    put_on(&mut tx, session, open.membership).await?;
    if let Some(identity) = identity {
        identities::insert(&mut tx, account, open.membership, identity).await?;
    }
    note_key(&mut tx, open.membership, key, &open.slug).await?;
    let body = open.body.map(|body| SubjectId(body.0));
    crate::audit::record(&mut tx, crate::audit::Change::of_member("accepted the invitation", open.membership, body)).await?;
    tx.end().await?;
    events::signed_in(account, "invitation");
    Ok(token)
}

/// What row security refuses, said in words: one's own invitation, a second first steward, a director whom no director made.
async fn may_take_up(tx: &mut AgencyTx, open: &OpenInvitation, account: AccountId) -> Result<(), Error> {
    let row = sqlx::query!(
        r#"select m.partner_id is null and was_invited_by(m.id, $2) as "own!",
                  (m.partner_id is not null and is_first_steward(m.id) and has_steward(m.partner_id))
                  or (m.role = 'director' and has_director() and m.invited_by is not null and not exists (
                      select 1 from membership i where i.agency_id = m.agency_id and i.id = m.invited_by and i.role = 'director')) as "late!"
           from membership m where m.agency_id = $1 and m.id = $3"#,
        open.agency.0,
        account.0,
        open.membership.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if row.own {
        return Err(Error::refused("", "Let somebody else invite you: nobody takes up an invitation that they made"));
    }
    if row.late {
        return Err(Error::refused("", "Somebody else came in meanwhile. Ask them to invite you"));
    }
    Ok(())
}
