//! Accounts, sessions, hats and invitations: the look-ups that stand outside any agency, and taking an invitation up.

use super::model::{Account, HatOnOffer, OpenInvitation, OtherHat, SignIn};
use crate::platform::{
    db::{AgencyTx, Db, Standing, SystemTx},
    errand::Errand,
    error::{Error, OnConstraint as _},
    ids::{AccountId, AgencyId, MembershipId, PartnerId, SessionId, SubjectId},
    policy::Hat,
    session::{self, SESSION_HOURS, Token},
};
use chrono::Duration;

/// The account of an address.
pub(super) async fn account_of(db: &Db, email: &str) -> Result<Option<Account>, Error> {
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
pub(super) async fn begin_session(db: &Db, account: AccountId, device: &str) -> Result<Token, Error> {
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

async fn insert_session(tx: &mut SystemTx, account: AccountId, device: &str, lasts: Duration) -> Result<(SessionId, Token), Error> {
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
pub(super) async fn end_session(db: &Db, account: AccountId, session: SessionId) -> Result<bool, Error> {
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
pub(super) async fn sessions(db: &Db, account: AccountId) -> Result<Vec<SignIn>, Error> {
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
pub(super) async fn hats(db: &Db, account: AccountId) -> Result<Vec<HatOnOffer>, Error> {
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
pub(super) async fn wear(db: &Db, account: AccountId, session: SessionId, hat: &HatOnOffer) -> Result<(), Error> {
    let tx = db.begin_account(account).await?;
    let mut tx = tx.become_member(plain(hat.agency, account, hat.membership)).await?;
    put_on(&mut tx, session, hat.membership).await?;
    tx.end().await
}

async fn put_on(tx: &mut AgencyTx, session: SessionId, membership: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from session_hat where agency_id = $1 and session_id = $2", agency.0, session.0).execute(tx.conn()).await?;
    sqlx::query!("insert into session_hat (agency_id, session_id, membership_id) values ($1, $2, $3)", agency.0, session.0, membership.0,)
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn plain(agency: AgencyId, account: AccountId, membership: MembershipId) -> Standing {
    Standing { agency, account: Some(account), membership: Some(membership), hat: Hat::Partner, body: None, landscape: false, link: None }
}

/// The invitation of a token, while it may be taken up.
pub(super) async fn invitation(db: &Db, token: &Token) -> Result<Option<OpenInvitation>, Error> {
    let mut tx = db.begin_system().await?;
    let (hash, now) = (token.hash(), tx.now());
    let row = sqlx::query_as!(
        OpenInvitation,
        r#"select i.id, g.id as "agency: AgencyId", g.name as agency_name, g.slug, g.contact, m.id as "membership: MembershipId", m.partner_id as "body: PartnerId", i.email,
                  coalesce(p.name, case when m.lived_experience then 'community member' else m.role end) as "hat!",
                  by_whom.name as inviter, a.id as "account?: AccountId", coalesce(a.is_demo, g.is_demo) as "is_demo!",
                  m.steward and exists (select 1 from membership o where o.agency_id = m.agency_id and o.account_id = a.id
                      and o.role <> 'partner' and o.state <> 'ended') as "on_both_sides!"
           from invitation i
           join agency g on g.id = i.agency_id
           join membership m on m.agency_id = i.agency_id and m.id = i.membership_id
           join membership by_whom on by_whom.agency_id = i.agency_id and by_whom.id = i.made_by
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           left join account a on a.email = i.email and a.closed_at is null
           where i.token_hash = $1 and i.accepted_at is null and i.expires_at > $2 and m.state = 'invited'"#,
        &hash,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row)
}

/// The account and the agency of an invitation that was taken up by a form with this key.
pub(super) async fn taken_up(db: &Db, token: &Token, key: &str) -> Result<Option<(Account, String)>, Error> {
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
    let mut tx = tx.become_member(plain(row.agency, row.id, row.membership)).await?;
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
pub(super) async fn password_of(db: &Db, email: &str) -> Result<Option<String>, Error> {
    Ok(account_of(db, email).await?.and_then(|account| account.password_hash))
}

/// Takes an invitation up: a new account (name and hash) or the one of that address, an active membership, a session.
pub(super) async fn accept(db: &Db, open: &OpenInvitation, new: Option<(&str, &str)>, (device, key): (&str, &str)) -> Result<Token, Error> {
    let account = open.account.unwrap_or_else(AccountId::fresh);
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    if let Some((name, hash)) = new {
        sqlx::query!(
            "insert into account (id, email, name, password_hash, is_demo, created_at) values ($1, $2, $3, $4, $5, $6)",
            account.0,
            open.email,
            name,
            hash,
            open.is_demo,
            now,
        )
        .execute(tx.conn())
        .await?;
    }
    let (session, token) = insert_session(&mut tx, account, device, Duration::hours(SESSION_HOURS)).await?;
    let mut tx = tx.become_member(plain(open.agency, account, open.membership)).await?;
    let agency = tx.agency();
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
    note_key(&mut tx, open.membership, key, &open.slug).await?;
    let body = open.body.map(|body| SubjectId(body.0));
    crate::audit::record(&mut tx, crate::audit::Change::of_member("accepted the invitation", open.membership, body)).await?;
    tx.end().await?;
    Ok(token)
}

/// Whose sign-in a token is or was: also one that has ended.
pub(super) async fn whose(db: &Db, token: &Token) -> Result<Option<AccountId>, Error> {
    let mut tx = db.begin_system().await?;
    let account = sqlx::query_scalar!(r#"select account_id as "id: AccountId" from session where token_hash = $1"#, &token.hash())
        .fetch_optional(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(account)
}

/// Keeps a sealed form for an account.
pub(super) async fn park(db: &Db, account: AccountId, id: &[u8], sealed: &[u8], lasts: Duration) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, expires) = (tx.now(), tx.now() + lasts);
    sqlx::query!("delete from parked_form where expires_at <= $1", now).execute(tx.conn()).await?;
    sqlx::query!("insert into parked_form (id, account_id, sealed, expires_at) values ($1, $2, $3, $4)", id, account.0, sealed, expires)
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// A sealed form, while its hour lasts.
pub(super) async fn parked(db: &Db, account: AccountId, id: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let sealed =
        sqlx::query_scalar!("select sealed from parked_form where id = $1 and expires_at > $2", id, now).fetch_optional(tx.conn()).await?;
    tx.commit().await?;
    Ok(sealed)
}

/// How long a sign-in that is over is kept.
const KEPT: Duration = Duration::days(30);

/// Takes away sign-ins that have been over for 30 days and texts past their hour, of every account.
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
                Ok(())
            })
            .await
        })
        .await
}

/// Takes a sealed form away; those past their hour go with it.
pub(super) async fn discard(db: &Db, account: AccountId, id: &[u8]) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    sqlx::query!("delete from parked_form where id = $1 or expires_at <= $2", id, now).execute(tx.conn()).await?;
    tx.commit().await
}
