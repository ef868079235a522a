//! Out of the provider too: asked after somebody signed out here, and never done by itself. Other people's work may hang on it there.

use super::{
    super::{model::Purpose, protocol, store},
    way::{self, Set, WAY_COOKIE},
};
use crate::{
    accounts::paths,
    platform::{
        prelude::*,
        session::{Person, set_cookie},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Leaving::PATH, leaving).get(paths::Left::PATH, left)
}

/// Whether out of the provider too.
#[derive(Template)]
#[template(path = "accounts/leaving.html")]
struct LeavingPage {
    here: Here,
    label: String,
    agency: String,
    address: String,
}

/// Where somebody goes who signs out of what a provider vouched for: to a page that asks. Nobody waits for the provider meanwhile.
pub(in crate::accounts) async fn over(app: &App, headers: &HeaderMap, person: &Person) -> Result<Option<Done>, Error> {
    if person.proof.vouched_by.is_none() {
        return Ok(None);
    }
    let Some(id) = store::vouched_through(&app.db, person.account, person.session).await? else { return Ok(None) };
    let Some(provider) = store::provider(&app.db, None, id).await? else { return Ok(None) };
    let (state, kept) = way::noted_down(app, headers, &provider, (Purpose::Leave, "", "")).await?;
    Ok(Some(Done::at(paths::leaving(&provider.slug, state.reveal()), "").with_cookie(kept)))
}

async fn leaving(anyone: Anyone, at: paths::Leaving, headers: HeaderMap, Query(set): Query<Set>) -> Result<Response, Error> {
    let Some((provider, state)) = way::leaving(&anyone, &at.agency, &headers, &set.state).await? else {
        return Ok(Done::at(paths::SIGN_IN, "").into_response());
    };
    match protocol::way_out(&anyone.app, &provider, &state).await {
        Ok(Some(address)) => {
            let (label, agency) = (provider.label, provider.agency_name);
            Ok(Page(LeavingPage { here: anyone.here(), label, agency, address }).into_response())
        }
        Ok(None) => Ok(Done::at(paths::SIGN_IN, "You have signed out").into_response()),
        Err(fault) => {
            let cause = fault.to_string().escape_debug().to_string();
            tracing::warn!(agency = %provider.agency, provider = %provider.id, cause, "nobody is led to a provider to sign out there");
            Ok(Done::at(paths::SIGN_IN, "You have signed out").into_response())
        }
    }
}

/// What is said is true of the browser that was led there, and of no other.
async fn left(anyone: Anyone, at: paths::Left, headers: HeaderMap, Query(set): Query<Set>) -> Result<Response, Error> {
    let done = match way::leaving(&anyone, &at.agency, &headers, &set.state).await? {
        Some(_) => Done::at(paths::SIGN_IN, "You have signed out there too").with_cookie(set_cookie(WAY_COOKIE, "", 0)),
        None => Done::at(paths::SIGN_IN, ""),
    };
    Ok(done.into_response())
}
