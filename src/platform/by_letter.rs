//! The bearer of one line of the letter about what waits for a person’s word: no sign-in, and one thing. The token stands in the
//! address once and is swapped for a cookie at once; it is spent by the answer, never by opening it. What is asked is asked as that
//! person, under the least of their hats and without their body, so that nothing can be bound by it.

use super::{
    access::{Can, Guard, Need},
    app::App,
    asker::Asker,
    db::{AgencyTx, Standing},
    error::Error,
    here::{Here, Place},
    ids::{AccountId, AgencyId, FileId, MembershipId, SubjectId},
    limits::{self, Whom},
    network::Network,
    policy::{Hat, Permission},
    session::{self, Agency, Token, set_cookie},
    submission::Submission,
    visit::Visit,
};
use axum::extract::FromRequestParts;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderValue, request::Parts};
use std::ops::Deref;

/// The cookie that a line’s token is swapped for. It holds the last few, the newest first: several lines of one letter may be open.
pub const WORD_COOKIE: &str = "__Host-word";
/// So many are held.
const HELD: usize = 6;
/// How long a browser remembers them, in seconds: a working day.
const REMEMBERED: i64 = 8 * 3600;

fn held(headers: &HeaderMap) -> Vec<Token> {
    let tokens = session::cookie(headers, WORD_COOKIE).unwrap_or_default();
    tokens.split('.').filter_map(Token::from_text).take(HELD).collect()
}

/// The cookie with one more token in it.
#[must_use]
pub fn word_cookie(headers: &HeaderMap, token: &Token) -> HeaderValue {
    let mut all = vec![token.reveal().to_owned()];
    all.extend(held(headers).iter().map(|one| one.reveal().to_owned()).filter(|one| one != token.reveal()).take(HELD - 1));
    set_cookie(WORD_COOKIE, &all.join("."), REMEMBERED)
}

/// Where a line leads, as its letter has it. It names no agency.
#[must_use]
pub fn address(link: uuid::Uuid, token: &Token) -> String {
    format!("/word/{link}/{}", token.reveal())
}

/// Where whoever has answered by a line goes on to.
#[must_use]
pub fn thanks(agency: &str) -> String {
    format!("/{agency}/word/thanks")
}

/// The proof that the asker holds a live, unspent line of a letter, and that its person’s role has the permission. Derefs to [`Can`].
#[derive(Debug)]
pub struct ByLetter<P> {
    can: Can<P>,
    link: uuid::Uuid,
    what: String,
    record: uuid::Uuid,
    by_telephone: Option<String>,
}

impl<P> ByLetter<P> {
    /// The record that the line is about, where it asks for this.
    ///
    /// # Errors
    /// When it asks for something else.
    pub fn about(&self, what: &str) -> Result<uuid::Uuid, Error> {
        if self.what == what { Ok(self.record) } else { Err(Error::LinkOver) }
    }

    /// The same for a record that is a subject.
    ///
    /// # Errors
    /// As with [`Self::about`].
    pub fn subject(&self, what: &str) -> Result<SubjectId, Error> {
        self.about(what).map(SubjectId)
    }

    /// The link, as its address has it.
    #[must_use]
    pub fn link_id(&self) -> uuid::Uuid {
        self.link
    }

    /// Who of the agency writes down what the person says on the telephone, where they do not answer by themselves.
    #[must_use]
    pub fn by_telephone(&self) -> Option<&str> {
        self.by_telephone.as_deref()
    }

    /// Spends it, in the transaction of the answer.
    ///
    /// # Errors
    /// When somebody was faster.
    pub async fn spend(&self, tx: &mut AgencyTx) -> Result<(), Error> {
        let agency = tx.agency();
        let spent = sqlx::query!("update word_link set spent = true where agency_id = $1 and id = $2 and not spent", agency.0, self.link,)
            .execute(tx.conn())
            .await?;
        if spent.rows_affected() == 0 { Err(Error::LinkOver) } else { Ok(()) }
    }
}

impl<P> Deref for ByLetter<P> {
    type Target = Can<P>;
    fn deref(&self) -> &Can<P> {
        &self.can
    }
}

impl<P: Permission> Guard for ByLetter<P> {
    fn need() -> Need {
        Need::Link
    }
}

/// What is no more than not there: whatever the reason, the answer is the same.
#[must_use]
pub fn nothing_waits(error: Error) -> Error {
    match error {
        Error::NotFound | Error::NotAllowed | Error::NotOfRole(_) => Error::LinkOver,
        other => other,
    }
}

impl<P: Permission> FromRequestParts<App> for ByLetter<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        let (submission, network) = (Submission::of(parts), Network::of(parts, &app.settings));
        let mut address = parts.uri.path().split('/').skip(1);
        let (slug, link) = (address.next().unwrap_or_default(), address.nth(1).and_then(|link| link.parse().ok()));
        let hashes: Vec<Vec<u8>> = held(&parts.headers).iter().map(Token::hash).collect();
        let found = match link {
            Some(link) if !hashes.is_empty() => find(app, link, &hashes, slug).await?,
            _ => return Err(Error::LinkOver),
        };
        let Some(found) = found else { return limits::missed(app, network, Error::LinkOver).await };
        let standing = Standing {
            agency: found.agency.id,
            account: Some(found.account),
            membership: Some(found.member),
            hat: Hat::Partner,
            body: None,
            landscape: false,
            link: None,
            zone: found.agency.zone,
        };
        if let Some(before) = submission.answered(&app.db, standing).await? {
            return Err(Error::Answered(before));
        }
        if found.spent || found.expires_at <= app.now() {
            return limits::missed(app, network, Error::LinkOver).await;
        }
        limits::keep(&app.db, app, parts, Whom::Link(found.link)).await?;
        Visit::note(parts, |noted| (noted.agency, noted.membership) = (Some(found.agency.id), Some(found.member)));
        let here = Here::by_link(parts, app, &found.agency, &format!("/{slug}/word/{}", found.link));
        Place::note(parts, here.clone());
        let asker = Asker::new(app.db.clone(), standing, here, None, submission, app.settings.scanner.is_some());
        let can = Can::by_letter(asker).ok_or(Error::LinkOver)?;
        Ok(Self { can, link: found.link, what: found.what, record: found.record, by_telephone: found.by_telephone })
    }
}

/// A line as it is stored, spent or not; its person is a member on the partners’ side now.
struct Found {
    link: uuid::Uuid,
    what: String,
    record: uuid::Uuid,
    by_telephone: Option<String>,
    spent: bool,
    expires_at: DateTime<Utc>,
    account: AccountId,
    member: MembershipId,
    agency: Agency,
}

async fn find(app: &App, link: uuid::Uuid, hashes: &[Vec<u8>], slug: &str) -> Result<Option<Found>, Error> {
    let mut tx = app.db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select l.id, l.what, l.record_id, l.spent, l.expires_at, m.id as "member: MembershipId", a.id as "account: AccountId",
                  case when l.token_hash = any($2) then null else t.name end as by_telephone,
                  g.id as "agency_id: AgencyId", g.name, g.is_demo, g.zone, g.accent, g.logo_file_id as "logo: FileId", g.contact, g.hotline, g.public_records
           from word_link l
           join agency g on g.id = l.agency_id
           join membership m on m.agency_id = l.agency_id and m.id = l.membership_id and m.state = 'active' and m.role = 'partner'
           join account a on a.id = m.account_id and a.closed_at is null
           left join lateral (
               select w.name from word_by_telephone t
               join membership w on w.agency_id = t.agency_id and w.id = t.taken_by and w.state = 'active' and w.role in ('director', 'staff')
               where t.agency_id = l.agency_id and t.link_id = l.id and t.token_hash = any($2) and t.until > $4 limit 1) t on true
           where l.id = $1 and g.slug = $3 and (l.token_hash = any($2) or t.name is not null)"#,
        link,
        hashes,
        slug,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| Found {
        link: row.id,
        what: row.what,
        record: row.record_id,
        by_telephone: row.by_telephone,
        spent: row.spent,
        expires_at: row.expires_at,
        account: row.account,
        member: row.member,
        agency: Agency {
            id: row.agency_id,
            name: row.name,
            is_demo: row.is_demo,
            zone: row.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
            accent: row.accent,
            logo: row.logo,
            contact: row.contact,
            hotline: row.hotline,
            public_records: row.public_records,
        },
    }))
}

/// Where a line’s token leads: the agency’s part of the address, and what it asks for. Asking changes nothing.
///
/// # Errors
/// When it leads nowhere now, or the database is away.
pub async fn place(app: &App, network: Option<Network>, link: uuid::Uuid, token: &Token) -> Result<(String, String), Error> {
    let mut tx = app.db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        "select g.slug, l.what from word_link l
         join agency g on g.id = l.agency_id
         join membership m on m.agency_id = l.agency_id and m.id = l.membership_id and m.state = 'active' and m.role = 'partner'
         join account a on a.id = m.account_id and a.closed_at is null
         where l.id = $1 and l.token_hash = $2 and not l.spent and l.expires_at > $3",
        link,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    match row {
        Some(row) => Ok((row.slug, row.what)),
        None => limits::missed(app, network, Error::LinkOver).await,
    }
}
