//! The letters about notices: who did what, in the house's own sentence, and a link; or several together, as their reader chose. That
//! sentence is stored in English; in other languages the letter says of what kind the news is. Somebody who speaks from lived
//! experience gets one that names neither the agency nor what it is about, unless they allowed it.

use super::{
    model::{COLLECTED, NOTICE},
    paths,
    store::{self, ToSend},
};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error},
};

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![
        Making { kind: NOTICE, write: |app, due| Box::pin(notice(app, due)) },
        Making { kind: COLLECTED, write: |app, due| Box::pin(collected(app, due)) },
    ]
}

async fn notice(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(agency) = due.agency else { return Ok(None) };
    let open = store::to_send(&app.db, agency, due.about).await?;
    open.map(|open| written(&app.settings.public_url, open)).transpose()
}

async fn collected(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(agency) = due.agency else { return Ok(None) };
    let open = store::collected(&app.db, agency, due.about).await?;
    open.map(|open| written(&app.settings.public_url, open)).transpose()
}

fn written(site: &str, open: ToSend) -> Result<Letter, Error> {
    let language = open.language;
    let below = language.say("notice-below", &[])?;
    let words = if open.neutral {
        Words {
            language,
            subject: language.say("notice-neutral-subject", &[])?,
            paragraphs: vec![language.say("notice-neutral-what", &[])?],
            link: (language.say("notice-neutral-link", &[])?, format!("{site}/")),
            below: vec![below],
            ..Words::default()
        }
    } else {
        let said = |line: &store::Line| language.say("notice-what", &[("said", &line.said), ("kind", &line.kind)]);
        let subject = language.say("notice-subject", &[("agency", &open.agency_name)])?;
        match open.lines.as_slice() {
            [one] => Words {
                language,
                subject,
                paragraphs: vec![said(one)?],
                link: (language.say("notice-link", &[])?, format!("{site}{}", one.path)),
                below: vec![below],
                ..Words::default()
            },
            several => {
                let first = if open.more { "collected-first" } else { "collected-all" };
                let lines: Result<Vec<_>, Error> = several.iter().map(|line| Ok((said(line)?, format!("{site}{}", line.path)))).collect();
                Words {
                    language,
                    subject,
                    paragraphs: vec![language.say(first, &[])?],
                    lines: lines?,
                    link: (language.say("collected-link", &[])?, format!("{site}{}", paths::notices(&open.slug))),
                    below: vec![below, language.say("collected-choose", &[])?],
                }
            }
        }
    };
    Ok(Letter { to: open.email, words, file: None })
}
