//! Those whom nobody knows: somebody at a page that an agency opened to anybody, and whoever holds the code of something that was asked
//! there. No sign-in is looked for, and nothing is kept of whoever it is: an agency that is not open answers like one that is not there.

use super::{
    access::{Guard, Need},
    app::App,
    asker::Asker,
    db::Standing,
    error::Error,
    here::{Here, Place},
    ids::{self, AgencyId, SubjectId},
    limits::{self, Whom},
    network::Network,
    policy::Hat,
    session::{self, Agency, LINK_COOKIE, Token, set_cookie},
    submission::Submission,
    visit::Visit,
};
use axum::extract::FromRequestParts;
use http::{HeaderValue, request::Parts};
use std::{marker::PhantomData, ops::Deref};

/// How long a browser remembers a code, in seconds: whoever comes next to a shared one finds nothing soon after.
const REMEMBERED: i64 = 3600;

/// The cookie that a return code is swapped for.
#[must_use]
pub fn code_cookie(token: &Token) -> HeaderValue {
    set_cookie(LINK_COOKIE, token.reveal(), REMEMBERED)
}

/// Which of the two doors it is.
pub trait Door: Send + Sync + 'static {
    /// It also opens where nobody new may ask, while somebody may still come back.
    const STAYS_OPEN: bool;
}

/// Where something is asked.
#[derive(Debug)]
pub struct ToAsk;
impl Door for ToAsk {
    const STAYS_OPEN: bool = false;
}

/// Where one comes back with a code.
#[derive(Debug)]
pub struct ToReturn;
impl Door for ToReturn {
    const STAYS_OPEN: bool = true;
}

/// Somebody at the door of an agency that lets anybody ask. Derefs to the [`Asker`], who reaches the one record that they make and
/// nothing else.
#[derive(Debug)]
pub struct Stranger<D> {
    asker: Asker,
    /// The application.
    pub app: App,
    /// Whether something may be asked now.
    pub may_ask: bool,
    /// The record that they would make: the same for the same form, however often it is sent.
    pub record: SubjectId,
    door: PhantomData<fn() -> D>,
}

impl<D> Deref for Stranger<D> {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl<D: Door> Guard for Stranger<D> {
    fn need() -> Need {
        Need::Anyone
    }
}

impl<D: Door> FromRequestParts<App> for Stranger<D> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        let submission = Submission::of(parts);
        let found = open(app, slug_of(parts)).await?;
        let (may_ask, agency) = found.filter(|(may_ask, _)| *may_ask || D::STAYS_OPEN).ok_or(Error::NotFound)?;
        let record = submission.key().map_or_else(ids::anonymous, ids::anonymous_of);
        let asker = asker(parts, app, &agency, record, submission);
        limits::keep(&app.db, app, parts, Whom::Nobody).await?;
        Ok(Self { asker, app: app.clone(), may_ask, record: SubjectId(record), door: PhantomData })
    }
}

/// Whoever holds the code of something that was asked without an account. Derefs to the [`Asker`].
#[derive(Debug)]
pub struct ByCode {
    asker: Asker,
    token: Token,
    /// What was asked.
    pub record: SubjectId,
}

impl ByCode {
    /// The browser's cookie for some while longer.
    #[must_use]
    pub fn cookie(&self) -> HeaderValue {
        code_cookie(&self.token)
    }
}

impl Deref for ByCode {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl Guard for ByCode {
    fn need() -> Need {
        Need::Link
    }
}

impl FromRequestParts<App> for ByCode {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        let token = session::cookie(&parts.headers, LINK_COOKIE).and_then(Token::from_text).ok_or(Error::LinkOver)?;
        let (submission, network) = (Submission::of(parts), Network::of(parts, &app.settings));
        let Some((record, agency)) = asked(app, slug_of(parts), &token).await? else {
            return limits::missed(app, network, Error::LinkOver).await;
        };
        if let Some(before) = submission.answered(&app.db, standing(&agency, record.0)).await? {
            return Err(Error::Answered(before));
        }
        limits::keep(&app.db, app, parts, Whom::Link(record.0)).await?;
        Ok(Self { asker: asker(parts, app, &agency, record.0, submission), token, record })
    }
}

fn slug_of(parts: &Parts) -> &str {
    parts.uri.path().split('/').nth(1).unwrap_or_default()
}

fn standing(agency: &Agency, record: uuid::Uuid) -> Standing {
    Standing {
        agency: agency.id,
        account: None,
        membership: None,
        hat: Hat::Link,
        body: None,
        landscape: false,
        link: Some(record),
        zone: agency.zone,
    }
}

fn asker(parts: &Parts, app: &App, agency: &Agency, record: uuid::Uuid, submission: Submission) -> Asker {
    Visit::note(parts, |noted| noted.agency = Some(agency.id));
    let here = Here::at_the_door(parts, app, agency, None);
    Place::note(parts, here.clone());
    Asker::new(app.db.clone(), standing(agency, record), here, None, submission, app.settings.scanner.is_some())
}

/// The agency of an address, where anybody may ask it something now (true), or did and may come back.
async fn open(app: &App, slug: &str) -> Result<Option<(bool, Agency)>, Error> {
    let mut tx = app.db.begin_system().await?;
    let row = sqlx::query!(
        r#"select coalesce(k.open, false) as "open!", g.id as "id: AgencyId", g.name, g.is_demo, g.zone, g.accent, g.contact, g.hotline, g.public_records
           from agency g left join asking k on k.agency_id = g.id
           where g.slug = $1 and (k.open or exists (select 1 from return_code c where c.agency_id = g.id))"#,
        slug,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| {
        let said = [row.contact, row.hotline, row.public_records];
        let agency = face(row.id, row.name, row.is_demo, (&row.zone, row.accent), said);
        (row.open, agency)
    }))
}

/// What was asked under a code, in the agency of the address.
async fn asked(app: &App, slug: &str, token: &Token) -> Result<Option<(SubjectId, Agency)>, Error> {
    let mut tx = app.db.begin_system().await?;
    let row = sqlx::query!(
        r#"select c.loop_id as "record: SubjectId", g.id as "id: AgencyId", g.name, g.is_demo, g.zone, g.accent, g.contact, g.hotline, g.public_records
           from return_code c join agency g on g.id = c.agency_id
           where c.code_hash = $1 and g.slug = $2"#,
        &token.hash(),
        slug,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| {
        let said = [row.contact, row.hotline, row.public_records];
        let agency = face(row.id, row.name, row.is_demo, (&row.zone, row.accent), said);
        (row.record, agency)
    }))
}

fn face(id: AgencyId, name: String, is_demo: bool, (zone, accent): (&str, Option<String>), said: [String; 3]) -> Agency {
    let ([contact, hotline, public_records], zone) = (said, zone.parse().unwrap_or(chrono_tz::Tz::UTC));
    Agency { id, name, is_demo, zone, accent, logo: None, contact, hotline, public_records }
}

/// Whether a code opens something at the agency of an address. Every one is looked up in the same way, whatever was typed.
///
/// # Errors
/// When the database is away.
pub async fn opens(app: &App, slug: &str, token: &Token) -> Result<bool, Error> {
    Ok(asked(app, slug, token).await?.is_some())
}
