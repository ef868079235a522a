//! A provider says by itself that somebody signed out there. No browser comes here, and nothing is shown.

use super::super::{
    forms::ToldForm,
    logout::{self, Told},
    protocol::{Fault, unsound},
    store,
};
use crate::{
    accounts::paths,
    platform::{limits::Whom, prelude::*},
};
use axum_extra::routing::TypedPath as _;
use http::StatusCode;

pub(super) fn routes() -> Routes {
    let nothing = Example { who: "", path: "", form: "" };
    Routes::new().post(paths::SignedOutThere::PATH, told, nothing).limited(&limits::UNSOUND_WORDS)
}

async fn told(server: Server, at: paths::SignedOutThere, Form(form): Form<ToldForm>) -> Result<Response, Error> {
    match taken(&server.app, &at.agency, &form.logout_token).await? {
        Ok(()) => Ok(StatusCode::OK.into_response()),
        Err(fault) => {
            // Counted first: whoever sends many fills no log.
            limits::UNSOUND_WORDS.count(&server.app.db, Whom::Nobody, server.network).await?;
            let (agency, cause) = (at.agency.escape_debug().to_string(), fault.to_string().escape_debug().to_string());
            tracing::warn!(agency, cause, "what a provider said of signing out does not hold");
            Ok(StatusCode::BAD_REQUEST.into_response())
        }
    }
}

/// Whether what was said holds and was said for the first time; then it is done.
async fn taken(app: &App, slug: &str, token: &str) -> Result<Result<(), Fault>, Error> {
    let Some(told) = Told::read(token) else { return Ok(Err(unsound("it is no token"))) };
    let Some(names) = told.names() else { return Ok(Err(unsound("it names no provider"))) };
    let Some(provider) = store::provider_named(&app.db, slug, names).await? else {
        return Ok(Err(unsound("it is of no provider in use here")));
    };
    match logout::checked(app, &provider, &told).await {
        Ok(said) if store::end(&app.db, &provider, &said).await? => Ok(Ok(())),
        Ok(_) => Ok(Err(unsound("it was said before"))),
        Err(fault) => Ok(Err(fault)),
    }
}
