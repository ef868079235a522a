//! The letter to somebody without a sign-in whose words were opened: that there is news on the page of their own link, and no link that
//! opens it. It goes only where they gave an address for letters and let a message be left, and names the agency only by their leave.

use super::{model::WORDS_OPENED, store};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error},
};

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![Making { kind: WORDS_OPENED, write: |app, due| Box::pin(words_opened(app, due)) }]
}

async fn words_opened(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(agency) = due.agency else { return Ok(None) };
    let Some(speaker) = store::speaker_to_write_to(&app.db, agency, due.about).await? else { return Ok(None) };
    let language = speaker.language;
    let (subject, what) = match speaker.agency_name {
        Some(name) => (language.say("words-opened-subject", &[("agency", &name)])?, language.say("words-opened-what", &[])?),
        None => (language.say("words-opened-neutral-subject", &[])?, language.say("words-opened-neutral-what", &[])?),
    };
    let words = Words {
        language,
        subject,
        paragraphs: vec![what],
        link: (language.say("words-opened-link", &[])?, format!("{}/", app.settings.public_url)),
        below: vec![language.say("words-opened-below", &[])?],
        ..Words::default()
    };
    Ok(Some(Letter { to: speaker.email, words, file: None }))
}
