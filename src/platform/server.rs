//! Another server that speaks by itself: an agency's provider of single sign-on. It carries no sign-in; what it says has to prove itself.

use super::{
    access::{Guard, Need},
    app::App,
    error::Error,
    limits::{self, Whom},
    network::Network,
    visit::Visit,
};
use axum::extract::FromRequestParts;
use http::{HeaderMap, header, request::Parts};

/// Whoever is no browser.
#[derive(Debug)]
pub struct Server {
    /// The application.
    pub app: App,
    /// Where the request comes from.
    pub network: Option<Network>,
}

impl Server {
    /// Every browser says where a form comes from; a server does not.
    #[must_use]
    pub fn is_a_browser(headers: &HeaderMap) -> bool {
        headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN)
    }
}

impl Guard for Server {
    fn need() -> Need {
        Need::Server
    }
}

impl FromRequestParts<App> for Server {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Visit::note(parts, |_| ());
        if Self::is_a_browser(&parts.headers) {
            return Err(Error::NotFound);
        }
        limits::keep(&app.db, app, parts, Whom::Nobody).await?;
        Ok(Self { app: app.clone(), network: Network::of(parts, &app.settings) })
    }
}
