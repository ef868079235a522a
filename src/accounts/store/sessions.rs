//! Accounts, sessions and hats: the look-ups that stand outside any agency.

use super::super::{
    apart::{self, Called},
    factors,
    model::{Account, EndedHat, HatOnOffer, KNOWN_DAYS, OtherHat, Shown, SignIn, TakenHat},
    sign_on::Vouching,
};
use crate::platform::{
    db::{AgencyTx, Db, Standing, SystemTx},
    errand::Errand,
    error::Error,
    events,
    ids::{AccountId, AgencyId, MembershipId, PartnerId, SessionId},
    labels::Label as _,
    proof::{FRESH, ProvedBy},
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
pub(in super::super) async fn begin_session(db: &Db, account: AccountId, device: &str, shown: Shown) -> Result<Token, Error> {
    let mut tx = db.begin_account(account).await?;
    let (_, token) = insert_session(&mut tx, account, (device, Duration::hours(SESSION_HOURS)), shown).await?;
    tx.commit().await?;
    events::signed_in(account, if shown.second { "password and second step" } else { shown.by.as_str() });
    Ok(token)
}

/// Begins a session for which an agency's provider vouches, and wears the only hat that it vouches for.
pub(in super::super) async fn begin_vouched(
    db: &Db,
    account: AccountId,
    vouching: Vouching,
    (device, only): (&str, Option<&HatOnOffer>),
) -> Result<Token, Error> {
    let mut tx = db.begin_account(account).await?;
    let (session, token) = insert_session(&mut tx, account, (device, Duration::hours(SESSION_HOURS)), Shown::PASSWORD).await?;
    vouch(&mut tx, session, vouching).await?;
    match only {
        None => tx.commit().await?,
        Some(hat) => {
            let mut tx = tx.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
            put_on(&mut tx, session, hat.membership).await?;
            tx.end().await?;
        }
    }
    events::signed_in(account, "single sign-on");
    Ok(token)
}

/// Notes that a session rests on the word of an agency's provider. Where that does not say when it saw the person, they have to
/// show it again before anything delicate.
pub(super) async fn vouch(tx: &mut SystemTx, session: SessionId, word: Vouching) -> Result<(), Error> {
    let shown = word.seen.unwrap_or(tx.now() - FRESH);
    sqlx::query!(
        "update session set proved_by = 'sso', second_factor = $2, proved_at = $3, vouched_by = $4, provider_id = $5, provider_sid = $6
         where id = $1",
        session.0,
        word.second,
        shown,
        word.agency.0,
        word.provider.0,
        word.sid.as_ref().map(<[u8; 32]>::as_slice),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Gives a sign-in a new token; the old one opens nothing from now on. `shown`: the person has just shown that it is them, and
/// whether by more than a password.
pub(in super::super) async fn renew(db: &Db, account: AccountId, session: SessionId, shown: Option<bool>) -> Result<Token, Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, token) = (tx.now(), Token::fresh());
    sqlx::query!(
        "update session set token_before = token_hash, token_hash = $2, proved_at = case when $3 then $4 else proved_at end,
             second_factor = second_factor or $5
         where id = $1 and ended_at is null",
        session.0,
        &token.hash(),
        shown.is_some(),
        now,
        shown == Some(true),
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// Begins a session for whoever has this address, without a password: for the demonstration's year and for tests of pages.
/// In each agency it wears the oldest hat.
///
/// # Errors
/// When there is no such account or the database is away.
pub async fn begin_session_of(db: &Db, email: &str, lasts: Duration) -> Result<String, Error> {
    let account = account_of(db, email).await?.filter(|account| account.is_demo).ok_or(Error::NotFound)?;
    let mut tx = db.begin_account(account.id).await?;
    let (session, token) = insert_session(&mut tx, account.id, ("the demonstration", lasts), Shown::PASSWORD).await?;
    // Its clock runs through a year: whoever acts in it is asked nothing again.
    sqlx::query!("update session set proved_at = expires_at where id = $1", session.0).execute(tx.conn()).await?;
    tx.commit().await?;
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

/// Whether this sign-in was ended and not just over: whoever ends it here carries its cookie no more.
pub(in super::super) async fn was_ended(db: &Db, token: &Token) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let ended = sqlx::query_scalar!(
        r#"select exists (select from session where token_hash = $1 and ended_at is not null) as "ended!""#,
        &token.hash(),
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(ended)
}

pub(super) async fn insert_session(
    tx: &mut SystemTx,
    account: AccountId,
    (device, lasts): (&str, Duration),
    shown: Shown,
) -> Result<(SessionId, Token), Error> {
    let (id, token, now) = (SessionId::fresh(), Token::fresh(), tx.now());
    sqlx::query!(
        "insert into session (id, token_hash, account_id, device, created_at, last_seen_at, expires_at, proved_by, second_factor, proved_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $5)",
        id.0, &token.hash(), account.0, device, now, now + lasts, shown.by as ProvedBy, shown.second,
    )
    .execute(tx.conn())
    .await?;
    Ok((id, token))
}

/// Ends every session of the account but one, and every sign-in whose second step is waited for. Answers how many sessions.
pub(in super::super) async fn end_others(db: &Db, account: AccountId, but: SessionId) -> Result<u64, Error> {
    let mut tx = db.begin_account(account).await?;
    let ended = end_others_in(&mut tx, account, but).await?;
    tx.commit().await?;
    Ok(ended)
}

/// The same, with what changes by which its person signs in.
pub(in super::super) async fn end_others_in(tx: &mut SystemTx, account: AccountId, but: SessionId) -> Result<u64, Error> {
    let now = tx.now();
    let ended =
        sqlx::query!("update session set ended_at = $3 where account_id = $1 and id <> $2 and ended_at is null", account.0, but.0, now)
            .execute(tx.conn())
            .await?;
    sqlx::query!("update half_sign_in set ended_at = $2 where account_id = $1 and ended_at is null", account.0, now)
        .execute(tx.conn())
        .await?;
    Ok(ended.rows_affected())
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
    let mut rows = sqlx::query_as!(
        HatOnOffer,
        r#"select m.id as "membership: MembershipId", g.id as "agency: AgencyId", g.name as agency_name, g.slug, g.place, m.role,
                  m.partner_id as "body: PartnerId", p.name as "body_name?", m.steward, m.lived_experience, g.zone
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
    apart::tell(rows.iter_mut().map(|one| Called { name: &mut one.agency_name, place: &one.place, slug: &one.slug }).collect());
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
                  m.role <> 'partner' as "own_side!", m.suspended_by = 'agency' as "by_agency!", (m.suspended_at at time zone g.zone)::date as on_day
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
        let (agency, agency_name, contact, body_name) = (row.agency, row.agency_name, row.contact, row.body_name);
        taken.push(TakenHat {
            agency,
            own_side: row.own_side,
            agency_name,
            contact,
            body_name,
            by_agency: row.by_agency,
            because,
            on: row.on_day,
        });
    }
    Ok(taken)
}

/// The agencies that the account was a member of and in which nothing is left of it, the latest first.
pub(in super::super) async fn ended(db: &Db, account: AccountId) -> Result<Vec<EndedHat>, Error> {
    let mut tx = db.begin_system().await?;
    let rows = sqlx::query_as!(
        EndedHat,
        r#"select g.name as agency_name, g.contact, (max(m.ended_at) at time zone g.zone)::date as on
           from membership m join agency g on g.id = m.agency_id
           where m.account_id = $1
           group by g.id, g.name, g.contact, g.zone
           having bool_and(m.state = 'ended')
           order by max(m.ended_at) desc nulls last, g.name limit 20"#,
        account.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(rows)
}

/// Why this membership of the account was suspended: asked as the person themselves, who may read it.
async fn why_suspended(db: &Db, account: AccountId, (agency, membership): (AgencyId, MembershipId)) -> Result<String, Error> {
    let mut tx = db.begin_account(account).await?.become_member(Standing::plain(agency, account, membership)).await?;
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
    let (worn, proof) = (found.place.map(|(_, member)| member.id), found.person.proof);
    let all = hats(db, found.person.account).await?.into_iter();
    let all = all.filter(|hat| hat.slug == slug && Some(hat.membership) != worn && hat.is_open_to(&proof));
    Ok(all.filter_map(|hat| Some(OtherHat { membership: hat.membership, hat: hat.hat()?, words: hat.words() })).collect())
}

/// Puts a hat on for this sign-in.
pub(in super::super) async fn wear(db: &Db, account: AccountId, session: SessionId, hat: &HatOnOffer) -> Result<(), Error> {
    let tx = db.begin_account(account).await?;
    let mut tx = tx.become_member(Standing::plain(hat.agency, account, hat.membership)).await?;
    put_on(&mut tx, session, hat.membership).await?;
    tx.end().await
}

pub(super) async fn put_on(tx: &mut AgencyTx, session: SessionId, membership: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into session_hat (agency_id, session_id, membership_id) values ($1, $2, $3)
         on conflict (agency_id, session_id) do update set membership_id = excluded.membership_id",
        agency.0,
        session.0,
        membership.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whose sign-in a token is or was: also one that has ended, or has another token now.
pub(in super::super) async fn whose(db: &Db, token: &Token) -> Result<Option<AccountId>, Error> {
    let mut tx = db.begin_system().await?;
    let account = sqlx::query_scalar!(
        r#"select account_id as "id: AccountId" from session where token_hash = $1 or token_before = $1 limit 1"#,
        &token.hash()
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(account)
}

/// How long a sign-in that is over is kept.
const KEPT: Duration = Duration::days(30);
/// How long tries of a password are kept after the last one.
const TRIES_KEPT: Duration = Duration::days(1);
/// How long a browser is known after it signed in for the last time.
const DEVICES_KEPT: Duration = Duration::days(KNOWN_DAYS);

/// Takes away sign-ins that have been over for 30 days, texts past their hour, what was counted, tries of a password, ways to a new one and browsers that were not seen
/// for long, of every account.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            tx.as_keeper("take away sign-ins that are long over and texts past their hour", async |tx| {
                let (agency, now) = (tx.agency(), tx.now());
                sqlx::query!("delete from sign_on_identity where agency_id = $1 and ended_at < $2", agency.0, now - KEPT)
                    .execute(tx.conn())
                    .await?;
                sqlx::query!("delete from parked_form where expires_at <= $1", now).execute(tx.conn()).await?;
                sqlx::query!("delete from session where least(ended_at, expires_at) < $1", now - KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from tally where ends_at < $1", now).execute(tx.conn()).await?;
                sqlx::query!("delete from sign_in_try where last_at < $1", now - TRIES_KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from sign_on_attempt where expires_at < $1", now).execute(tx.conn()).await?;
                sqlx::query!("delete from sign_on_logout where expires_at < $1", now).execute(tx.conn()).await?;
                sqlx::query!("delete from address_change where expires_at < $1", now - TRIES_KEPT).execute(tx.conn()).await?;
                sqlx::query!("delete from password_reset where expires_at < $1", now - TRIES_KEPT).execute(tx.conn()).await?;
                factors::sweep_in(tx).await?;
                sqlx::query!("delete from known_device where last_at < $1", now - DEVICES_KEPT).execute(tx.conn()).await?;
                Ok(())
            })
            .await
        })
        .await
}
