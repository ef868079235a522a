//! Who is asking and what they have been shown they may do. A handler's first argument is one of these guards, and only
//! here can they be made: `Can<P>` from the cookie, the agency in the address and the policy; `Bearer` from a link's
//! cookie; `SignedIn` and `Anyone` for pages outside an agency.

use super::{
    app::App,
    asker::Asker,
    db::Standing,
    error::Error,
    here::Here,
    policy::{Grant, Hat, Permission},
    session::{self, Found, Member, SESSION_COOKIE, Token},
    settings::is_local,
    submission::Submission,
};
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::{marker::PhantomData, ops::Deref};

/// What a route needs, as the printed table says it.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// Nothing.
    Anyone,
    /// A live sign-in.
    SignedIn,
    /// A permission in the agency of the address.
    May(Grant),
    /// A link about one record.
    Link,
}

/// Something that a handler's first argument may be.
pub trait Guard: FromRequestParts<App, Rejection = Error> {
    /// What it takes to get one.
    fn need() -> Need;
}

/// The proof that the asker may do `P` in the agency of the address. Derefs to the [`Asker`].
#[derive(Debug)]
pub struct Can<P> {
    asker: Asker,
    permission: PhantomData<fn() -> P>,
}

impl<P> Deref for Can<P> {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl<P: Permission> Guard for Can<P> {
    fn need() -> Need {
        Need::May(P::GRANT)
    }
}

impl<P: Permission> FromRequestParts<App> for Can<P> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let found = signed_in(parts, app).await?;
        let Some((agency, member)) = found.place else { return Err(Error::NotFound) };
        let hat = hat_of(&member).ok_or(Error::NotFound)?;
        if !P::GRANT.hats.contains(&hat) {
            return Err(Error::NotAllowed);
        }
        let standing = Standing {
            agency: agency.id,
            account: Some(found.person.account),
            membership: Some(member.id),
            hat,
            body: member.body,
            landscape: member.landscape,
            link: None,
        };
        let here = Here::inside(parts, app, &agency, &found.person, &member, hat);
        Ok(Self { asker: Asker::new(app.db.clone(), standing, here, Some(member), Submission::of(parts)), permission: PhantomData })
    }
}

fn hat_of(member: &Member) -> Option<Hat> {
    use super::labels::Label as _;
    let hat = Hat::parse(&member.role)?;
    Some(if hat == Hat::Partner && member.steward { Hat::Steward } else { hat })
}

/// The live sign-in of a request, with the membership of the agency that its address names.
async fn signed_in(parts: &Parts, app: &App) -> Result<Found, Error> {
    let token = session::cookie(&parts.headers, SESSION_COOKIE).and_then(Token::from_text).ok_or(Error::SignInRequired)?;
    let slug = parts.uri.path().split('/').nth(1).unwrap_or_default();
    let found = session::look_up(&app.db, &token, slug).await?.ok_or(Error::SignInRequired)?;
    if found.person.is_demo && !demo_may_come_in(parts, app) {
        return Err(Error::SignInRequired);
    }
    session::note_use(&app.db, &found).await?;
    Ok(found)
}

/// The demonstration's people are let in only on this machine itself, without anything in front, and never beside a real agency.
#[must_use]
pub fn demo_may_come_in(parts: &Parts, app: &App) -> bool {
    let host = parts.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let forwarded = parts.headers.keys().any(|name| name == http::header::FORWARDED || name.as_str().starts_with("x-forwarded-"));
    app.allows_demo() && is_local(host) && !forwarded
}

/// Somebody with a live sign-in, outside any agency.
#[derive(Debug)]
pub struct SignedIn {
    /// The person and the sign-in.
    pub found: Found,
    /// The application.
    pub app: App,
    here: Here,
}

impl SignedIn {
    /// What every page needs.
    #[must_use]
    pub fn here(&self) -> Here {
        self.here.clone()
    }
}

impl Guard for SignedIn {
    fn need() -> Need {
        Need::SignedIn
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let found = signed_in(parts, app).await?;
        let here = Here::outside(parts, app, Some(&found.person));
        Ok(Self { found, app: app.clone(), here })
    }
}

/// Anybody at all; said aloud.
#[derive(Debug)]
pub struct Anyone {
    /// The application.
    pub app: App,
    /// Whether the demonstration's people may sign in through this request.
    pub demo_may_come_in: bool,
    /// The sign-in that the browser carries, if any; it may have ended.
    pub token: Option<Token>,
    here: Here,
}

impl Anyone {
    /// What every page needs.
    #[must_use]
    pub fn here(&self) -> Here {
        self.here.clone()
    }
}

impl Guard for Anyone {
    fn need() -> Need {
        Need::Anyone
    }
}

impl FromRequestParts<App> for Anyone {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(Self {
            app: app.clone(),
            demo_may_come_in: demo_may_come_in(parts, app),
            token: session::cookie(&parts.headers, SESSION_COOKIE).and_then(Token::from_text),
            here: Here::outside(parts, app, None),
        })
    }
}
