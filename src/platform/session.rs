//! Cookie → person → membership of the agency in the address: one round trip, one indexed query, never cached.
//! The database's function `look_up_session` answers only what the bearer of the token stands for.

pub(super) mod own_side;

use super::{
    acting::{Acting, ActingId, ToldHow},
    clock,
    db::{Db, Standing},
    error::Error,
    ids::{AccountId, AgencyId, FileId, MembershipId, PartnerId, SessionId},
    pool::{self, Patience},
    proof::{Proof, ProvedBy, SignInRule},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use http::{HeaderMap, HeaderValue};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};
use sqlx::{Postgres, pool::PoolConnection};

/// The cookie of a sign-in.
pub const SESSION_COOKIE: &str = "__Host-session";
/// The cookie that a link is swapped for.
pub const LINK_COOKIE: &str = "__Host-link";
/// A sign-in ends after this long, whatever is done in it.
pub const SESSION_HOURS: i64 = 8;
/// The browser keeps its cookie for a day more: the server alone says when a sign-in has ended, and whose text it was that
/// came too late.
pub const COOKIE_HOURS: i64 = SESSION_HOURS + 24;

/// A secret of 32 random bytes; only its hash is ever stored.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one from the operating system's source of chance.
    #[must_use]
    pub fn fresh() -> Self {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// One that came back from a browser or a link.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        (text.len() == 43 && URL_SAFE_NO_PAD.decode(text).is_ok()).then(|| Self(text.to_owned()))
    }

    /// The one that takes its place once it is spent by a form with this key. Whoever finds the old one alone cannot tell it.
    #[must_use]
    pub fn followed_by(&self, key: &str) -> Self {
        Self(URL_SAFE_NO_PAD.encode(Sha256::digest(format!("after {} by {key}", self.0))))
    }

    /// To be shown once, in a cookie or a link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// By which a form knows again that it was opened by this one; it opens nothing.
    #[must_use]
    pub fn mark(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(format!("opened by {}", self.0))).chars().take(16).collect()
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// One cookie of a request.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';')).find_map(
        |pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then_some(value)
        },
    )
}

/// A `Set-Cookie` value with the attributes all our cookies have. `seconds` 0 takes the cookie away.
#[must_use]
pub fn set_cookie(name: &str, value: &str, seconds: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}"))
        .unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// What the look-up answers about the person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The sign-in.
    pub session: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How the account calls itself.
    pub name: String,
    /// One of the demonstration's accounts.
    pub is_demo: bool,
    /// Active memberships in all agencies.
    pub hats: i64,
    /// How it was shown that it is them.
    pub proof: Proof,
}

/// What it answers about the agency of the address.
#[derive(Debug, Clone)]
pub struct Agency {
    /// The tenant.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// One of the demonstration's agencies.
    pub is_demo: bool,
    /// Its time zone.
    pub zone: chrono_tz::Tz,
    /// Its accent colour, such as `#1f5c46`.
    pub accent: Option<String>,
    /// Its logo.
    pub logo: Option<FileId>,
    /// A person to talk to.
    pub contact: String,
    /// Where abuse is reported.
    pub hotline: String,
    /// What it says about public records at every free text.
    pub public_records: String,
}

/// What it answers about the membership worn.
#[derive(Debug, Clone)]
pub struct Member {
    /// The membership.
    pub id: MembershipId,
    /// The name shown in this agency.
    pub name: String,
    /// Its role as stored.
    pub role: String,
    /// The body it belongs to.
    pub body: Option<PartnerId>,
    /// That body's name.
    pub body_name: Option<String>,
    /// That body is a Tribe.
    pub body_is_tribe: bool,
    /// Speaks from lived experience; known to them and whom they chose.
    pub lived_experience: bool,
    /// Decides for the body.
    pub steward: bool,
    /// May speak for the body.
    pub speaks: bool,
    /// May bind the body.
    pub binds: bool,
    /// The landscape of all ratings is open to them.
    pub landscape: bool,
    /// So much of what they were told here is unread; at most a hundred.
    pub unread: i64,
    /// For whom they enter just now.
    pub acting: Option<Acting>,
}

/// Who a live token stands for, and as what in the agency named.
#[derive(Debug, Clone)]
pub struct Found {
    /// The person.
    pub person: Person,
    /// The agency and the membership worn in it, when there is an active one.
    pub place: Option<(Agency, Member)>,
    /// The agency of the address, if there is one, whether or not the person belongs to it.
    pub agency: Option<AgencyId>,
    /// What that agency asks of its own side's sign-ins today.
    pub rule: SignInRule,
    /// The person has hats to wear there and wears none: several and none chosen, or the chosen one has ended.
    pub must_choose: bool,
    /// A membership of theirs there is suspended, and none other is open.
    pub suspended: bool,
    /// An administrator there ended the way of this sign-in into the agency's own side.
    pub way_ended: bool,
    /// When the sign-in was last noted as used.
    pub last_seen: DateTime<Utc>,
}

/// Looks a token up.
///
/// # Errors
/// When the database is away.
pub async fn look_up(db: &Db, token: &Token, slug: &str) -> Result<Option<Found>, Error> {
    Ok(look_up_on(db, token, slug).await?.0)
}

/// The same, with the connection that it was asked on.
pub(super) async fn look_up_on(db: &Db, token: &Token, slug: &str) -> Result<(Option<Found>, PoolConnection<Postgres>), Error> {
    #[cfg(feature = "bench")]
    if let Some(found) = fixed::visitor() {
        return Ok((Some(found), pool::borrow(db.pool()).await?));
    }
    let (hash, now) = (token.hash(), db.now());
    let mut patience = Patience::with(db.pool());
    let (row, connection) = loop {
        let mut connection = pool::borrow(db.pool()).await?;
        let row = sqlx::query!(
            r#"select session_id as "session_id!: SessionId", account_id as "account_id!: AccountId", account_name as "account_name!",
                  account_demo as "account_demo!", last_seen_at as "last_seen_at!", proved_by as "proved_by!: ProvedBy",
                  second_factor as "second_factor!", proved_at as "proved_at!", vouched_by as "vouched_by: AgencyId",
                  sign_in_rule as "sign_in_rule: SignInRule",
                  agency_id as "agency_id: AgencyId", agency_name, agency_demo, zone, accent, logo_file_id as "logo_file_id: FileId",
                  contact, hotline, public_records,
                  membership_id as "membership_id: MembershipId", member_name, role, body_id as "body_id: PartnerId", body_name, body_kind,
                  lived_experience, steward, speaks, binds, landscape, hats as "hats!", must_choose as "must_choose!",
                  suspended as "suspended!", way_ended as "way_ended!", unread,
                  acting_id as "acting_id: ActingId", acting_for, acting_body, acting_how as "acting_how: ToldHow", acting_until
           from look_up_session($1, $2, $3)"#,
            &hash,
            slug,
            now,
        )
        .fetch_optional(&mut *connection)
        .await;
        if !row.as_ref().is_err_and(|error| patience.bears(error)) {
            break (row?, connection);
        }
    };
    let found = row.map(|row| {
        let agency = row.agency_id.map(|id| Agency {
            id,
            name: row.agency_name.unwrap_or_default(),
            is_demo: row.agency_demo.unwrap_or_default(),
            zone: row.zone.and_then(|zone| zone.parse().ok()).unwrap_or(chrono_tz::Tz::UTC),
            accent: row.accent,
            logo: row.logo_file_id,
            contact: row.contact.unwrap_or_default(),
            hotline: row.hotline.unwrap_or_default(),
            public_records: row.public_records.unwrap_or_default(),
        });
        let member = row.membership_id.map(|id| Member {
            id,
            name: row.member_name.unwrap_or_default(),
            role: row.role.unwrap_or_default(),
            body: row.body_id,
            body_name: row.body_name,
            body_is_tribe: row.body_kind.as_deref() == Some("tribe"),
            lived_experience: row.lived_experience.unwrap_or_default(),
            steward: row.steward.unwrap_or_default(),
            speaks: row.speaks.unwrap_or_default(),
            binds: row.binds.unwrap_or_default(),
            landscape: row.landscape.unwrap_or_default(),
            unread: row.unread.unwrap_or_default(),
            acting: acting(row.acting_id, row.acting_for, row.acting_body, row.acting_how.zip(row.acting_until)),
        });
        Found {
            person: Person {
                session: row.session_id,
                account: row.account_id,
                name: row.account_name,
                is_demo: row.account_demo,
                hats: row.hats,
                proof: Proof { by: row.proved_by, second: row.second_factor, at: row.proved_at, vouched_by: row.vouched_by },
            },
            agency: row.agency_id,
            rule: row.sign_in_rule.unwrap_or(SignInRule::Password),
            must_choose: row.must_choose,
            suspended: row.suspended,
            way_ended: row.way_ended,
            place: agency.zip(member),
            last_seen: row.last_seen_at,
        }
    });
    #[cfg(feature = "bench")]
    fixed::keep(found.as_ref());
    Ok((found, connection))
}

/// For whom somebody enters, out of the columns that say so.
fn acting(id: Option<ActingId>, of: Option<String>, body: Option<String>, until: Option<(ToldHow, DateTime<Utc>)>) -> Option<Acting> {
    let (how, until) = until?;
    Some(Acting { id: id?, name: of?, body, how, until })
}

/// Only in the build that is measured: whoever was looked up first is everybody from then on, to see what looking up costs.
#[cfg(feature = "bench")]
pub mod fixed {
    use super::Found;
    use std::sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    };

    static IS_ON: AtomicBool = AtomicBool::new(false);
    static FIRST: OnceLock<Found> = OnceLock::new();

    /// From now on.
    pub fn begin() {
        IS_ON.store(true, Ordering::Relaxed);
    }

    pub(super) fn visitor() -> Option<Found> {
        FIRST.get().cloned()
    }

    pub(super) fn keep(found: Option<&Found>) {
        if let Some(found) = found.filter(|found| IS_ON.load(Ordering::Relaxed) && found.place.is_some()) {
            let _ = FIRST.set(found.clone());
        }
    }
}

/// Notes that the sign-in is in use, at most every five minutes.
///
/// # Errors
/// When the database is away.
pub async fn note_use(db: &Db, found: &Found) -> Result<(), Error> {
    if db.now() - found.last_seen < Duration::minutes(5) {
        return Ok(());
    }
    let mut tx = db.begin_account(found.person.account).await?;
    let now = tx.now();
    sqlx::query!("update session set last_seen_at = $2 where id = $1", found.person.session.0, now).execute(tx.conn()).await?;
    tx.commit().await
}

/// Whether its person has shown that it is them once more since it began.
///
/// # Errors
/// When the database is away.
pub(super) async fn was_confirmed(db: &Db, account: AccountId, session: SessionId) -> Result<bool, Error> {
    let mut tx = db.begin_account(account).await?;
    let confirmed =
        sqlx::query_scalar!(r#"select exists (select from session where id = $1 and proved_at > created_at) as "confirmed!""#, session.0)
            .fetch_one(tx.conn())
            .await?;
    tx.commit().await?;
    Ok(confirmed)
}

/// Notes that a membership is used in its agency today.
///
/// # Errors
/// When the database is away.
pub(super) async fn note_member(db: &Db, standing: Standing, two_factors: bool) -> Result<(), Error> {
    let mut tx = db.begin_write(standing).await?;
    let (agency, day) = (tx.agency(), clock::day_in(standing.zone, tx.now()));
    sqlx::query!(
        "insert into member_seen (agency_id, membership_id, seen_on, two_factors) values ($1, $2, $3, $4)
         on conflict (agency_id, membership_id) do update set seen_on = excluded.seen_on, two_factors = excluded.two_factors
             where member_seen.seen_on <= excluded.seen_on",
        agency.0,
        standing.membership.map(|id| id.0),
        day,
        two_factors,
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await
}

/// Whether the account of this standing was a member of the agency and is not any more.
///
/// # Errors
/// When the database is away.
pub(super) async fn has_ended(db: &Db, standing: Standing) -> Result<bool, Error> {
    let mut tx = db.begin_read(standing).await?;
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from membership where agency_id = $1 and account_id = $2 and state = 'ended') as "ended!""#,
        agency.0,
        standing.account.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?)
}
