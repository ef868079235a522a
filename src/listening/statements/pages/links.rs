//! A link for a speaker: made by those on duty in the session whenever the speaker asks for one, shown once, without any words.

use crate::{
    listening::{
        sessions::{self, Brief},
        speakers::{self, Speaker, paths},
        statements::store::links,
    },
    platform::{
        ids::SubjectId,
        policy::WriteStatements,
        prelude::*,
        session::{Token, cookie, set_cookie},
    },
};
use askama::Template;
use axum::extract::State;
use http::{HeaderMap, header};

/// Carries the token from the form to the one page that shows it.
const SHOWN_COOKIE: &str = "__Host-shown";

#[derive(Template)]
#[template(path = "listening/statements/link.html")]
struct Show {
    here: Here,
    session: Brief,
    speaker: Speaker,
    address: Option<String>,
}

/// The speaker, for those on duty in the session where they spoke.
pub(super) async fn spoken_in(tx: &mut AgencyTx, session: SubjectId, id: speakers::SpeakerId) -> Result<(Brief, Speaker), Error> {
    sessions::on_duty(tx, session).await?;
    let speaker = speakers::find(tx, id).await?.filter(|one| one.session == session).ok_or(Error::NotFound)?;
    Ok((sessions::brief(tx, session).await?.ok_or(Error::NotFound)?, speaker))
}

pub(super) async fn create(can: Can<WriteStatements>, at: paths::SpeakerLink) -> Result<Response, Error> {
    let mut made = None;
    let mut response = can
        .write(async |tx| {
            let (_, speaker) = spoken_in(tx, at.session, at.speaker).await?;
            let duty = sessions::on_duty(tx, at.session).await?;
            made = Some(links::make(tx, &can, &duty, speaker.id).await?);
            Ok(Done::at(&at, "Link made"))
        })
        .await?;
    if let Some(token) = made {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(SHOWN_COOKIE, token.reveal(), 60));
    }
    Ok(response)
}

pub(super) async fn show(
    can: Can<WriteStatements>,
    at: paths::SpeakerLink,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (session, speaker) = can.read(async |tx| spoken_in(tx, at.session, at.speaker).await).await?;
    let token = cookie(&headers, SHOWN_COOKIE).and_then(Token::from_text);
    let to = |token: Token| crate::listening::statements::paths::return_token(can.slug(), token.reveal());
    let address = token.map(|token| format!("{}{}", app.settings.public_url, to(token)));
    let mut response = Page(Show { here: can.here(), session, speaker, address }).into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(SHOWN_COOKIE, "", 0));
    Ok(response)
}
