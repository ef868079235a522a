//! The letter to somebody who is invited: when and where, a link to answer by, and a file for their calendar. It says nothing of the
//! topic nor of those who are listened to; without their word not even which agency invites.

use super::{
    model::LETTER,
    paths,
    store::{self, Telling, ToSend},
};
use crate::{
    mail::{Due, File, Letter, Making, Words},
    platform::{app::App, calendar, error::Error, post::Post, session::Token},
};

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![Making { kind: LETTER, write: |app, due| Box::pin(invitation(app, due)) }]
}

async fn invitation(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let (token, Some(agency)) = (Token::fresh(), due.agency) else { return Ok(None) };
    let Some(open) = store::to_send(&app.db, agency, due.about, &token).await? else { return Ok(None) };
    let address = format!("{}{}", app.settings.public_url, paths::reply_token(&open.slug, token.reveal()));
    let file = if open.telling == Telling::Times { None } else { Some(file(&app, &open)) };
    Ok(Some(Letter { words: words(&open, address)?, to: open.email, file }))
}

/// What puts it into a calendar, or takes it out of there.
fn file(app: &App, open: &ToSend) -> File {
    let organizer = app.settings.mail.as_ref().and_then(Post::address);
    let event = open.plan.event(!open.neutral);
    let method = if event.off { "CANCEL" } else { "PUBLISH" };
    File {
        name: "meeting.ics",
        kind: format!("{}; method={method}", calendar::KIND),
        bytes: calendar::file(&event, organizer.as_deref()).into_bytes(),
    }
}

fn words(open: &ToSend, address: String) -> Result<Words, Error> {
    let (language, (at, zone)) = (open.language, open.plan.moment());
    let (agency, moment) = (open.agency_name.as_str(), language.moment(at, zone)?);
    let (subject, what, link) = match (open.telling, open.neutral) {
        (Telling::Invited, false) => (
            language.say("session-invitee-subject", &[("agency", agency)])?,
            language.say("session-invitee-what", &[("agency", agency), ("moment", &moment)])?,
            "session-invitee-link",
        ),
        (Telling::Invited, true) => (
            language.say("session-invitee-neutral-subject", &[])?,
            language.say("session-invitee-neutral-what", &[("moment", &moment)])?,
            "session-invitee-link",
        ),
        (Telling::Moved, _) => (
            language.say("session-invitee-moved-subject", &[])?,
            language.say("session-invitee-moved-what", &[("moment", &moment)])?,
            "session-invitee-link",
        ),
        (Telling::Times, false) => (
            language.say("session-invitee-times-subject", &[])?,
            language.say("session-invitee-times-what", &[("agency", agency)])?,
            "session-invitee-times-link",
        ),
        (Telling::Times, true) => (
            language.say("session-invitee-times-subject", &[])?,
            language.say("session-invitee-times-neutral-what", &[])?,
            "session-invitee-times-link",
        ),
        (Telling::CalledOff, _) => (
            language.say("session-invitee-off-subject", &[])?,
            language.say("session-invitee-off-what", &[("moment", &moment)])?,
            "session-invitee-off-link",
        ),
    };
    let mut below = vec![language.say("session-invitee-until", &[])?];
    if open.telling != Telling::Times {
        below.push(language.say("session-invitee-file", &[])?);
    }
    if !open.neutral && !open.contact.is_empty() {
        below.push(language.say("session-invitee-contact", &[("agency", agency), ("contact", &open.contact)])?);
    }
    below.push(language.say("session-invitee-unexpected", &[])?);
    let link = (language.say(link, &[])?, address);
    Ok(Words { language, subject, paragraphs: vec![what], link, below, ..Words::default() })
}
