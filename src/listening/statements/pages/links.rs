//! A link for a speaker without a sign-in: made by those on duty in the session whenever the speaker asks for one, shown once,
//! without any words. Who has a sign-in needs none, and nobody makes one for them.

use crate::{
    listening::{
        sessions::{self, Brief},
        speakers::{self, Speaker, paths},
        statements::store::links,
    },
    platform::{ids::SubjectId, policy::WriteStatements, prelude::*, scan::Scan, shown_once},
};
use askama::Template;
use axum::extract::State;
use http::HeaderMap;

#[derive(Template)]
#[template(path = "listening/statements/link.html")]
struct Show {
    here: Here,
    session: Brief,
    speaker: Speaker,
    address: Option<String>,
    /// The same as a picture that the speaker's telephone scans.
    scan: Option<Scan>,
}

/// The speaker, for those on duty in the session where they spoke.
pub(super) async fn spoken_in(tx: &mut AgencyTx, session: SubjectId, id: speakers::SpeakerId) -> Result<(Brief, Speaker), Error> {
    sessions::on_duty(tx, session).await?;
    let speaker = speakers::find(tx, id).await?.filter(|one| one.session == session).ok_or(Error::NotFound)?;
    Ok((sessions::brief(tx, session).await?.ok_or(Error::NotFound)?, speaker))
}

/// The same, when a link is their way.
async fn without_sign_in(tx: &mut AgencyTx, session: SubjectId, id: speakers::SpeakerId) -> Result<(Brief, Speaker), Error> {
    let found = spoken_in(tx, session, id).await?;
    if found.1.membership.is_none() { Ok(found) } else { Err(Error::NotFound) }
}

pub(super) async fn create(can: Can<WriteStatements>, at: paths::SpeakerLink) -> Result<Response, Error> {
    let mut made = None;
    let response = can
        .write(async |tx| {
            let (_, speaker) = without_sign_in(tx, at.session, at.speaker).await?;
            let duty = sessions::on_duty(tx, at.session).await?;
            made = Some(links::make(tx, &can, &duty, speaker.id).await?);
            Ok(Done::at(&at, "Link made"))
        })
        .await?;
    Ok(shown_once::with(response, at.speaker, made.as_ref()))
}

pub(super) async fn show(
    can: Can<WriteStatements>,
    at: paths::SpeakerLink,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (session, speaker) = can.read(async |tx| without_sign_in(tx, at.session, at.speaker).await).await?;
    let to = |token: &str| crate::listening::statements::paths::return_token(can.slug(), token);
    let address = shown_once::carried(&headers, at.speaker).map(|token| format!("{}{}", app.settings.public_url, to(token.reveal())));
    let scan = address.as_deref().and_then(Scan::of);
    Ok(shown_once::shown(Page(Show { here: can.here(), session, speaker, address, scan }).into_response()))
}
