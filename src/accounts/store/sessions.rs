//! Accounts, sessions and hats: the look-ups that stand outside any agency.

use super::super::model::{Account, HatOnOffer, KNOWN_DAYS, OtherHat, SignIn, TakenHat};
use crate::platform::{
    db::{AgencyTx, Db, Standing, SystemTx},
    errand::Errand,
    error::Error,
    ids::{AccountId, AgencyId, MembershipId, SessionId},
    policy::Hat,
    session::{self, SESSION_HOURS, Token},
};
use chrono::Duration;

/// The account of an address.
pub(in super::super) async fn account_of(db: &Db, email: &str) -> Result<Option<Account>, Error> {
    let mut tx = db.begin_system().await?;
    let found = sqlx::query_as!(
        Account,
        r#"select id as "id: AccountId", password_hash, is_demo from account where email = $1 and closed_at is null"#,
        email,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// Begins a session and answers its token.
pub(in super::super) async fn begin_session(db: &Db, account: AccountId, device: &str) -> Result<Token, Error> {
    Ok(begin(db, account, device, Duration::hours(SESSION_HOURS)).await?.1)
}

async fn begin(db: &Db, account: AccountId, device: &str, lasts: Duration) -> Result<(SessionId, Token), Error> {
    let mut tx = db.begin_account(account).await?;
    let begun = insert_session(&mut tx, account, device, lasts).await?;
    tx.commit().await?;
    Ok(begun)
}

/// Begins a session for whoever has this address, without a password: for the demonstration's year and for tests of pages.
/// In each agency it wears the oldest hat.
///
/// # Errors
/// When there is no such account or the database is away.
pub async fn begin_session_of(db: &Db, email: &str, lasts: Duration) -> Result<String, Error> {
    let account = account_of(db, email).await?.filter(|account| account.is_demo).ok_or(Error::NotFound)?;
    let (session, token) = begin(db, account.id, "the demonstration", lasts).await?;
    let mut worn = Vec::new();
    for hat in hats(db, account.id).await? {
        if !worn.contains(&hat.agency) {
            worn.push(hat.agency);
            wear(db, account.id, session, &hat).await?;
        }
    }
    Ok(token.reveal().to_owned())
}

/// Ends a session by its token.
///
/// # Errors
/// When the database is away.
pub async fn end_session_of(db: &Db, token: &str) -> Result<(), Error> {
    let token = Token::from_text(token).ok_or(Error::NotFound)?;
    let Some(account) = whose(db, &token).await? else { return Ok(()) };
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!("update session set ended_at = $2 where token_hash = $1 and ended_at is null", &token.hash(), now)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

pub(super) async fn insert_session(
    tx: &mut SystemTx,
    account: AccountId,
    device: &str,
    lasts: Duration,
) -> Result<(SessionId, Token), Error> {
    let (id, token, now) = (SessionId::fresh(), Token::fresh(), tx.now());
    sqlx::query!(
        "insert into session (id, token_hash, account_id, device, created_at, last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)",
        id.0, &token.hash(), account.0, device, now, now + lasts,
    )
    .execute(tx.conn())
    .await?;
    Ok((id, token))
}

/// Ends one of the account's sessions; one that has ended stays so. Answers whether it is the account's.
pub(in super::super) async fn end_session(db: &Db, account: AccountId, session: SessionId) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let ended =
        sqlx::query!("update session set ended_at = coalesce(ended_at, $3) where id = $1 and account_id = $2", session.0, account.0, now,)
            .execute(tx.conn())
            .await?;
    tx.commit().await?;
    Ok(ended.rows_affected() == 1)
}

/// The account's live sessions, the latest used first.
pub(in super::super) async fn sessions(db: &Db, account: AccountId) -> Result<Vec<SignIn>, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let rows = sqlx::query_as!(
        SignIn,
        r#"select id as "id: SessionId", device, created_at, last_seen_at from session
           where account_id = $1 and ended_at is null and expires_at > $2 order by last_seen_at desc, id"#,
        account.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows)
}

/// Every hat the account may wear now.
pub(in super::super) async fn hats(db: &Db, account: AccountId) -> Result<Vec<HatOnOffer>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query_as!(
        HatOnOffer,
        r#"select m.id as "membership: MembershipId", g.id as "agency: AgencyId", g.name as agency_name, g.slug, m.role,
                  p.name as "body_name?", m.steward, m.lived_experience
           from membership m
           join agency g on g.id = m.agency_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.account_id = $1 and m.state = 'active'
           order by g.name, m.created_at, m.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows)
}

/// The address and the stored hash of a live account.
pub(in super::super) async fn own_password(db: &Db, account: AccountId) -> Result<(String, Option<String>), Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!("select email, password_hash from account where id = $1 and closed_at is null", account.0)
        .fetch_optional(tx.conn())
        .await?;
    tx.commit().await?;
    row.map(|row| (row.email, row.password_hash)).ok_or(Error::NotFound)
}

/// The hats that were taken from the account until further notice.
pub(in super::super) async fn taken(db: &Db, account: AccountId) -> Result<Vec<TakenHat>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query!(
        r#"select g.id as "agency: AgencyId", m.id as "membership: MembershipId", g.name as agency_name, g.contact, p.name as "body_name?",
                  m.suspended_by = 'agency' as "by_agency!", (m.suspended_at at time zone g.zone)::date as on_day
           from membership m join agency g on g.id = m.agency_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.account_id = $1 and m.state = 'suspended' and m.suspended_by is not null
           order by g.name, m.id"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    let mut taken = Vec::new();
    for row in rows {
        let because = why_suspended(db, account, (row.agency, row.membership)).await?;
        let (agency_name, contact, body_name) = (row.agency_name, row.contact, row.body_name);
        taken.push(TakenHat { agency_name, contact, body_name, by_agency: row.by_agency, because, on: row.on_day });
    }
    Ok(taken)
}

/// Why this membership of the account was suspended: asked as the person themselves, who may read it.
async fn why_suspended(db: &Db, account: AccountId, (agency, membership): (AgencyId, MembershipId)) -> Result<String, Error> {
    let mut tx = db.begin_account(account).await?.become_member(plain(agency, account, membership)).await?;
    let why = sqlx::query_scalar!("select why from suspension where agency_id = $1 and membership_id = $2", agency.0, membership.0)
        .fetch_optional(tx.conn())
        .await?;
    tx.end().await?;
    Ok(why.unwrap_or_default())
}

/// The hats that the person of a live sign-in has in an agency, but for the one worn.
///
/// # Errors
/// When the database is away.
pub async fn other_hats(db: &Db, token: &Token, slug: &str) -> Result<Vec<OtherHat>, Error> {
    let Some(found) = session::look_up(db, token, slug).await? else { return Ok(Vec::new()) };
    let worn = found.place.map(|(_, member)| member.id);
    let all = hats(db, found.person.account).await?.into_iter().filter(|hat| hat.slug == slug && Some(hat.membership) != worn);
    Ok(all.filter_map(|hat| Some(OtherHat { membership: hat.membership, hat: hat.hat()?, words: hat.words() })).collect())
}

/// Puts a hat on for this sign-in.
pub(in super::super) async fn wear(db: &Db, account: AccountId, session: SessionId, hat: &HatOnOffer) -> Result<(), Error> {
    let tx = db.begin_account(account).await?;
    let mut tx = tx.become_member(plain(hat.agency, account, hat.membership)).await?;
    put_on(&mut tx, session, hat.membership).await?;
    tx.end().await
}

pub(super) async fn put_on(tx: &mut AgencyTx, session: SessionId, membership: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from session_hat where agency_id = $1 and session_id = $2", agency.0, session.0).execute(tx.conn()).await?;
    sqlx::query!("insert into session_hat (agency_id, session_id, membership_id) values ($1, $2, $3)", agency.0, session.0, membership.0,)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Coming in and changing hats: moments are written, and no day is asked for.
pub(super) fn plain(agency: AgencyId, account: AccountId, membership: MembershipId) -> Standing {
    let (zone, link, body) = (chrono_tz::Tz::UTC, None, None);
    Standing { agency, account: Some(account), membership: Some(membership), hat: Hat::Partner, body, landscape: false, link, zone }
}

/// Whose sign-in a token is or was: also one that has ended.
pub(in super::super) async fn whose(db: &Db, token: &Token) -> Result<Option<AccountId>, Error> {
    let mut tx = db.begin_system().await?;
    let account = sqlx::query_scalar!(r#"select account_id as "id: AccountId" from session where token_hash = $1"#, &token.hash())
        .fetch_optional(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(account)
}

/// Keeps a sealed form for an account.
pub(in super::super) async fn park(db: &Db, account: AccountId, id: &[u8], sealed: &[u8], lasts: Duration) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, expires) = (tx.now(), tx.now() + lasts);
    sqlx::query!("delete from parked_form where expires_at <= $1", now).execute(tx.conn()).await?;
    sqlx::query!("insert into parked_form (id, account_id, sealed, expires_at) values ($1, $2, $3, $4)", id, account.0, sealed, expires)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// A sealed form, while its hour lasts.
pub(in super::super) async fn parked(db: &Db, account: AccountId, id: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let sealed =
        sqlx::query_scalar!("select sealed from parked_form where id = $1 and expires_at > $2", id, now).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    Ok(sealed)
}

/// How long a sign-in that is over is kept.
const KEPT: Duration = Duration::days(30);
/// How long tries of a password are kept after the last one.
const TRIES_KEPT: Duration = Duration::days(1);
/// How long a browser is known after it signed in for the last time.
const DEVICES_KEPT: Duration = Duration::days(KNOWN_DAYS);

/// Takes away sign-ins that have been over for 30 days, texts past their hour, tries of a password, ways to a new one and browsers that were not seen
/// for long, of every account.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            tx.as_keeper("take away sign-ins that are long over and texts past their hour", async |tx| {
                let now = tx.now();
                sqlx::query!("delete from parked_form where expires_at <= $1", now).execute(tx.conn()).await?;
                sqlx::query!("delete from session where least(ended_at, expires_at) < $1", now - KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from sign_in_try where last_at < $1", now - TRIES_KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from password_reset where expires_at < $1", now - TRIES_KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from known_device where last_at < $1", now - DEVICES_KEPT).execute(tx.conn()).await?;
                Ok(())
            })
            .await
        })
        .await
}

/// Takes a sealed form away; those past their hour go with it.
pub(in super::super) async fn discard(db: &Db, account: AccountId, id: &[u8]) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!("delete from parked_form where id = $1 or expires_at <= $2", id, now).execute(tx.conn()).await?;
    tx.commit().await
}
