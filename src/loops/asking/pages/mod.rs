//! The pages of those whom nobody knows, and the setting that opens them.

mod back;
mod setting;

use super::{forms::AskForm, model::ReturnCode, paths, store, view::Text};
use crate::{
    mail::Language,
    platform::{
        prelude::*,
        session::{cookie, set_cookie},
        stranger::{ToAsk, ToReturn},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use http::{HeaderMap, header};
use serde::Deserialize;

/// Carries the code from the form to the one page that shows it.
const SHOWN_COOKIE: &str = "__Host-shown";

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let asked = "language=en&kind=concern&words=Visits+are+called+off+on+the+same+day&about=the+hill+villages&audience=agency\
        &seed=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&website=";
    Routes::new()
        .get(paths::Ask::PATH, show)
        .post(paths::Ask::PATH, ask, Example { who: "", path: "", form: asked })
        .limited(&limits::ASKING)
        .get(paths::Sent::PATH, sent)
        .join(back::routes())
        .join(setting::routes())
}

/// What an address says beside the agency.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    language: String,
    done: String,
}

impl Said {
    fn language(&self) -> Language {
        Language::known(Some(&self.language))
    }
}

#[derive(Template)]
#[template(path = "loops/asking/ask.html")]
struct Ask {
    here: Here,
    text: Text,
    form: AskForm,
    problems: Problems,
}

async fn show(who: Stranger<ToAsk>, _: paths::Ask, Query(said): Query<Said>) -> Result<Page<Ask>, Error> {
    let (text, form) = (Text::of(said.language())?, AskForm::fresh(said.language()));
    Ok(Page(Ask { here: who.here(), text, form, problems: Problems::default() }))
}

async fn ask(who: Stranger<ToAsk>, _: paths::Ask, Form(form): Form<AskForm>) -> Result<Response, Error> {
    let language = Language::known(Some(&form.language));
    let text = Text::of(language)?;
    let written = match form.parse() {
        Ok(new) => {
            let ask = async |tx: &mut AgencyTx| {
                store::ask(tx, (who.slug(), language), who.record, &new).await?;
                Ok(Done::at(paths::sent(who.slug(), language), ""))
            };
            // A form sent twice hands the same code over twice: the first answer may never have arrived.
            let shown = set_cookie(SHOWN_COOKIE, &format!("ask.{}", new.code.reveal()), 60);
            who.write(ask).await.map(|mut response| {
                response.headers_mut().append(header::SET_COOKIE, shown);
                response
            })
        }
        Err(error) => Err(error),
    };
    written.or_again(|problems| Ask { here: who.here(), text, form: form.with_seed(), problems })
}

#[derive(Template)]
#[template(path = "loops/asking/sent.html")]
struct Sent {
    here: Here,
    text: Text,
    /// Only on the page that follows the form.
    code: Option<String>,
    /// Where the code is good, for the paper.
    address: String,
}

async fn sent(who: Stranger<ToReturn>, _: paths::Sent, headers: HeaderMap, Query(said): Query<Said>) -> Result<Response, Error> {
    let carried = cookie(&headers, SHOWN_COOKIE).and_then(|shown| shown.strip_prefix("ask."));
    let code = carried.and_then(ReturnCode::parse).map(|code| code.shown());
    let address = format!("{}{}", who.app.settings.public_url.trim_end_matches('/'), paths::back(who.slug(), said.language()));
    let mut response = Page(Sent { here: who.here(), text: Text::of(said.language())?, code, address }).into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SHOWN_COOKIE, "", 0));
    Ok(response)
}
