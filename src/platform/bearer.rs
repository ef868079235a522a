//! The bearer of a link about one record, one invitation, or all that one speaker said in one session: no account, nothing else. The
//! token stands in the address once, is swapped for a cookie at once, and is spent by the answer, not by opening it.

use super::{
    access::{Guard, Need},
    app::App,
    asker::Asker,
    db::Standing,
    error::Error,
    here::{Here, Place},
    ids::{AgencyId, FileId, SubjectId},
    limits::{self, Whom},
    network::Network,
    policy::Hat,
    session::{self, Agency, LINK_COOKIE, Token, set_cookie},
    submission::Submission,
    visit::Visit,
};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};
use http::{HeaderValue, StatusCode, header, request::Parts};
use std::ops::Deref;

/// How long a browser remembers the link, in seconds: a working day.
const REMEMBERED: i64 = 8 * 3600;

/// The cookie that a link's token is swapped for.
fn link_cookie(token: &Token) -> HeaderValue {
    set_cookie(LINK_COOKIE, token.reveal(), REMEMBERED)
}

/// A link’s token leaves the address at once and goes into a cookie. Whether it is a live one, the page that it leads to finds out.
///
/// # Errors
/// When it is no token.
pub fn swapped(token: &str, to: &str) -> Result<Response, Error> {
    let token = Token::from_text(token).ok_or(Error::LinkOver)?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, HeaderValue::from_str(to).map_err(|_| Error::NotFound)?);
    response.headers_mut().append(header::SET_COOKIE, link_cookie(&token));
    Ok(response)
}

/// The proof that the asker holds a live, unspent link. Derefs to the [`Asker`].
#[derive(Debug)]
pub struct Bearer {
    asker: Asker,
    /// The link.
    pub link: uuid::Uuid,
    /// The record it is about.
    pub subject: SubjectId,
    /// What it is for.
    pub purpose: String,
    /// The link that takes its place once it is spent. It follows from the link and the form's key, so that a form sent
    /// twice hands over the same one.
    pub next: Token,
    token: Token,
}

impl Bearer {
    /// Whether this is the link that was handed to the speaker, or one that somebody is invited by: the first thing they do with it
    /// spends it.
    #[must_use]
    pub fn is_first(&self) -> bool {
        matches!(self.purpose.as_str(), "confirm" | "reply")
    }

    /// Once the word is kept, the browser holds the next link in place of the one that is spent, or goes on holding its own.
    ///
    /// # Errors
    /// Whatever went wrong before.
    pub fn with_next(&self, written: Result<Response, Error>) -> Result<Response, Error> {
        let mut response = written?;
        response.headers_mut().append(header::SET_COOKIE, link_cookie(if self.is_first() { &self.next } else { &self.token }));
        Ok(response)
    }
}

impl Deref for Bearer {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl Guard for Bearer {
    fn need() -> Need {
        Need::Link
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        let token = session::cookie(&parts.headers, LINK_COOKIE).and_then(Token::from_text).ok_or(Error::LinkOver)?;
        let submission = Submission::of(parts);
        let next = submission.key().map_or_else(Token::fresh, |key| token.followed_by(key));
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default();
        let network = Network::of(parts, &app.settings);
        let Some(found) = find(app, &token, &next, slug).await? else { return limits::missed(app, network, Error::LinkOver).await };
        let standing = Standing {
            agency: found.agency.id,
            account: None,
            membership: None,
            hat: Hat::Link,
            body: None,
            landscape: false,
            link: Some(found.about),
            zone: found.agency.zone,
        };
        let before = submission.answered(&app.db, standing).await?;
        if let Some(before) = before {
            let held = if found.was_followed { &next } else { &token };
            return Err(Error::Answered(before.with_cookie(link_cookie(held))));
        }
        if found.spent_at.is_some() || found.expires_at <= app.now() {
            return limits::missed(app, network, Error::LinkOver).await;
        }
        limits::keep(&app.db, app, parts, Whom::Link(found.link)).await?;
        Visit::note(parts, |noted| noted.agency = Some(found.agency.id));
        let here = Here::by_link(parts, app, &found.agency, &format!("/{slug}/return"));
        Place::note(parts, here.clone());
        let asker = Asker::new(app.db.clone(), standing, here, None, submission, app.settings.scanner.is_some());
        Ok(Self { asker, link: found.link, subject: found.subject, purpose: found.purpose, next, token })
    }
}

/// A link as it is stored, spent or not.
struct Found {
    link: uuid::Uuid,
    subject: SubjectId,
    about: uuid::Uuid,
    purpose: String,
    spent_at: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    /// The link that would take its place is there already.
    was_followed: bool,
    agency: Agency,
}

async fn find(app: &App, token: &Token, next: &Token, slug: &str) -> Result<Option<Found>, Error> {
    let mut tx = app.db.begin_system().await?;
    let row = sqlx::query!(
        r#"select l.id, l.subject_id as "subject_id: SubjectId", coalesce(l.speaker_id, l.invitee_id, l.subject_id) as "about!", l.purpose, l.spent_at, l.expires_at,
                  exists (select from return_link n where n.token_hash = $3) as "was_followed!",
                  g.id as "agency_id: AgencyId", g.name, g.is_demo, g.zone, g.accent, g.logo_file_id as "logo: FileId", g.contact, g.hotline, g.public_records
           from return_link l join agency g on g.id = l.agency_id
           where l.token_hash = $1 and g.slug = $2"#,
        &token.hash(),
        slug,
        &next.hash(),
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| Found {
        link: row.id,
        subject: row.subject_id,
        about: row.about,
        purpose: row.purpose,
        spent_at: row.spent_at,
        expires_at: row.expires_at,
        was_followed: row.was_followed,
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
