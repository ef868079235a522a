//! A link for somebody who came to a session and has no sign-in: made by the agency, shown once, spent by the answer and not by
//! opening it.

use super::super::{
    forms::AnswerForm,
    model::{Round, RoundId, Wording},
    paths, store,
};
use crate::platform::{bearer, policy::AskTrust, prelude::*, shown_once};
use askama::Template;
use axum::extract::State;
use axum_extra::routing::TypedPath as _;
use http::HeaderMap;

pub(super) fn routes() -> Routes {
    let made = Example { who: "staff", path: "round=@trust_session", form: "" };
    let answered = Example { who: "@trust_token", path: "", form: "step=4&words=" };
    Routes::new()
        .get(paths::Links::PATH, show)
        .post(paths::Links::PATH, create, made)
        .get(paths::Thanks::PATH, thanks)
        .get(paths::LinkToken::PATH, swap)
        .get(paths::Link::PATH, ask)
        .post(paths::Link::PATH, answer, answered)
        .limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "trust/links.html")]
struct Show {
    here: Here,
    round: Round,
    address: Option<String>,
    problems: Problems,
}

/// A round about a session, while it is open.
async fn open_round(can: &Can<AskTrust>, id: RoundId) -> Result<Round, Error> {
    let round = can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await?;
    if round.session.is_some() && round.is_open(can.today()) { Ok(round) } else { Err(Error::NotFound) }
}

async fn show(can: Can<AskTrust>, at: paths::Links, State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let round = open_round(&can, at.round).await?;
    let address = shown_once::carried(&headers, at.round)
        .map(|token| format!("{}{}", app.settings.public_url, paths::link_token(can.slug(), token.reveal())));
    Ok(shown_once::shown(Page(Show { here: can.here(), round, address, problems: Problems::default() }).into_response()))
}

async fn create(can: Can<AskTrust>, at: paths::Links) -> Result<Response, Error> {
    let round = open_round(&can, at.round).await?;
    let mut made = None;
    let written = can
        .write(async |tx| {
            made = Some(store::make_link(tx, &can, at.round).await?);
            Ok(Done::at(&at, "Link made"))
        })
        .await;
    let response = written.or_again(|problems| Show { here: can.here(), round, address: None, problems })?;
    Ok(shown_once::with(response, at.round, made.as_ref()))
}

/// The token leaves the address at once and goes into a cookie. Whether it is a live one, the next page finds out.
async fn swap(_: Anyone, at: paths::LinkToken) -> Result<Response, Error> {
    bearer::swapped(&at.token, &paths::link(&at.agency))
}

#[derive(Template)]
#[template(path = "trust/link.html")]
struct Asking {
    here: Here,
    wording: Wording,
    form: AnswerForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "trust/thanks.html")]
struct Thanks {
    here: Here,
}

/// The question that the link is about.
async fn asked(bearer: &Bearer) -> Result<(RoundId, Wording), Error> {
    if bearer.purpose != "trust" {
        return Err(Error::NotFound);
    }
    bearer.read(async |tx| store::link_round(tx, bearer.subject).await?.ok_or(Error::LinkOver)).await
}

async fn ask(bearer: Bearer, _: paths::Link) -> Result<Page<Asking>, Error> {
    let (_, wording) = asked(&bearer).await?;
    Ok(Page(Asking { here: bearer.here(), wording, form: AnswerForm::default(), problems: Problems::default() }))
}

async fn answer(bearer: Bearer, _: paths::Link, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (round, wording) = asked(&bearer).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::answer_by_link(tx, &bearer, round, &said).await?;
                Ok(Done::at(paths::thanks(bearer.slug()), "Your answer is kept, without a name"))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking { here: bearer.here(), wording, form, problems })
}

/// Where an answer by link leads: the link opens nothing any more.
async fn thanks(visitor: Anyone, _: paths::Thanks) -> Result<Page<Thanks>, Error> {
    Ok(Page(Thanks { here: visitor.here() }))
}
