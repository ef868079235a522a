//! The letter about a notice: who did what, in the house's own sentence, and a link. That sentence is stored in English; in other
//! languages the letter says of what kind the news is. Somebody who speaks from lived experience gets
//! one that names neither the agency nor what it is about, unless they allowed it.

use super::{model::NOTICE, store};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error},
};

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![Making { kind: NOTICE, write: |app, due| Box::pin(notice(app, due)) }]
}

async fn notice(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(agency) = due.agency else { return Ok(None) };
    let Some(open) = store::to_send(&app.db, agency, due.about).await? else { return Ok(None) };
    let (site, language) = (&app.settings.public_url, open.language);
    let below = vec![language.say("notice-below", &[])?];
    let words = if open.neutral {
        Words {
            language,
            subject: language.say("notice-neutral-subject", &[])?,
            paragraphs: vec![language.say("notice-neutral-what", &[])?],
            link: (language.say("notice-neutral-link", &[])?, format!("{site}/")),
            below,
        }
    } else {
        Words {
            language,
            subject: language.say("notice-subject", &[("agency", &open.agency_name)])?,
            paragraphs: vec![language.say("notice-what", &[("said", &open.said), ("kind", &open.kind)])?],
            link: (language.say("notice-link", &[])?, format!("{site}{}", open.path)),
            below,
        }
    };
    Ok(Some(Letter { to: open.email, words }))
}
