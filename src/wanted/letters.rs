//! The letter about all that waits for one person, of one agency, the most wanted first: a line each, and never a word of any record.
//! Somebody who speaks from lived experience gets one that says neither which agency it is from nor what is wanted, unless they allowed it.

use super::{
    model::{Line, WANTED},
    paths, store,
};
use crate::{
    mail::{Due, Language, Letter, Making, Words},
    platform::{app::App, by_letter, error::Error, labels::Label as _},
};

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![Making { kind: WANTED, write: |app, due| Box::pin(wanted(app, due)) }]
}

async fn wanted(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(agency) = due.agency else { return Ok(None) };
    let Some(open) = store::letter::to_send(&app.db, agency, due.about, due.id).await? else { return Ok(None) };
    let (site, language, until) = (&app.settings.public_url, open.language, open.language.day(open.until)?);
    let mut below = Vec::new();
    if open.more {
        below.push(language.say("wanted-more", &[])?);
    }
    if open.lines.iter().any(|one| one.way.is_some()) {
        below.push(language.say("wanted-until", &[("day", &until)])?);
    }
    below.push(language.say("wanted-silence", &[])?);
    let words = if open.neutral {
        Words {
            language,
            subject: language.say("wanted-neutral-subject", &[])?,
            paragraphs: vec![language.say("wanted-neutral-what", &[])?],
            lines: neutral_lines(language, site, &open.lines)?,
            link: (language.say("wanted-neutral-link", &[])?, format!("{site}/")),
            below,
        }
    } else {
        if !open.contact.is_empty() && open.lines.iter().any(|one| one.code.is_some()) {
            below.push(language.say("wanted-telephone", &[("contact", &open.contact)])?);
        }
        below.push(language.say("wanted-pace", &[])?);
        let all = if open.agency_side { paths::home(&open.slug) } else { paths::wanted(&open.slug) };
        Words {
            language,
            subject: language.say("wanted-subject", &[("agency", &open.agency_name)])?,
            paragraphs: vec![language.say("wanted-what", &[("agency", &open.agency_name)])?],
            lines: lines(language, site, &open.lines)?,
            link: (language.say("wanted-link", &[])?, format!("{site}{all}")),
            below,
        }
    };
    Ok(Some(Letter { to: open.email, words, file: None }))
}

/// What each asks, and where it is answered: by its own link, or behind the sign-in.
fn lines(language: Language, site: &str, all: &[Line]) -> Result<Vec<(String, String)>, Error> {
    let line = |one: &Line| {
        let said = language.say("wanted-line", &[("what", one.what.as_str())])?;
        let said = match &one.code {
            Some(code) => language.say("wanted-code", &[("said", &said), ("code", code)])?,
            None => said,
        };
        Ok(match &one.way {
            Some((link, token)) => (said, format!("{site}{}", by_letter::address(*link, token))),
            None => (language.say("wanted-signed-in", &[("said", &said)])?, format!("{site}{}", one.path)),
        })
    };
    all.iter().map(line).collect()
}

/// Numbers, and only what opens without a sign-in: another address would name the agency.
fn neutral_lines(language: Language, site: &str, all: &[Line]) -> Result<Vec<(String, String)>, Error> {
    let ways = all.iter().filter_map(|one| one.way.as_ref()).zip(1..);
    let line = |((link, token), number): (&(uuid::Uuid, crate::platform::session::Token), usize)| {
        let said = language.say("wanted-neutral-line", &[("number", &number.to_string())])?;
        Ok((said, format!("{site}{}", by_letter::address(*link, token))))
    };
    ways.map(line).collect()
}
