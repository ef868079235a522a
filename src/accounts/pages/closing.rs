//! Closing one's account.

use super::super::{forms::ClosingForm, model::HatOnOffer, paths, store};
use crate::platform::{
    access::Fresh,
    prelude::*,
    session::{SESSION_COOKIE, set_cookie},
};
use askama::Template;
use http::{HeaderValue, header};

pub(super) fn routes() -> Routes {
    let close = Example { who: "parent", path: "", form: "close=yes" };
    Routes::new().get(paths::CLOSING, ask).post(paths::CLOSING, close_it, close)
}

#[derive(Template)]
#[template(path = "accounts/closing.html")]
struct ClosingPage {
    here: Here,
    hats: Vec<HatOnOffer>,
    /// Agencies that would be left without an administrator.
    held_by: Vec<String>,
    /// Bodies that would be left without a steward, and where.
    last_steward_of: Vec<(String, String)>,
    /// What waits with them on the agencies’ own side.
    left_behind: Vec<store::Left>,
    problems: Problems,
}

async fn page(who: &SignedIn, problems: Problems) -> Result<ClosingPage, Error> {
    let (db, account) = (&who.app.db, who.found.person.account);
    let hats = store::hats(db, account).await?;
    let held_by = store::held_by(db, account).await?;
    let last_steward_of = store::last_steward_of(db, account).await?;
    let left_behind = store::left_behind(db, account).await?;
    Ok(ClosingPage { here: who.here(), hats, held_by, last_steward_of, left_behind, problems })
}

impl ClosingPage {
    /// Somebody is left who can take back what the person's body contributed.
    fn leaves_stewards(&self) -> bool {
        let is_last = |body: &str, agency: &str| self.last_steward_of.iter().any(|(last, at)| last == body && at == agency);
        self.hats.iter().any(|hat| hat.body_name.as_ref().is_some_and(|body| !is_last(body, &hat.agency_name)))
    }
}

async fn ask(who: Fresh) -> Result<Page<ClosingPage>, Error> {
    Ok(Page(page(&who, Problems::default()).await?))
}

async fn close_it(who: Fresh, Form(form): Form<ClosingForm>) -> Result<Response, Error> {
    let (db, account) = (&who.app.db, who.found.person.account);
    let mut problems = form.problems();
    if !store::held_by(db, account).await?.is_empty() {
        problems.add("", store::LAST);
    }
    if !problems.is_empty() {
        return Ok(Again(page(&who, problems).await?).into_response());
    }
    match store::close(db, account, who.app.settings.mail.is_some()).await {
        Err(Error::Refused(problems)) => return Ok(Again(page(&who, problems).await?).into_response()),
        closed => closed?,
    }
    let mut response = Done::at(paths::SIGN_IN, "Your account is closed").into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SESSION_COOKIE, "", 0));
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}
