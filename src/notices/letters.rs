//! The letter about a notice: who did what, in the house's own sentence, and a link. Somebody who speaks from lived experience gets
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
    let site = &app.settings.public_url;
    let below = vec!["What it is about stands behind your sign-in, never in a letter.".to_owned()];
    let words = if open.neutral {
        Words {
            subject: "Something new for you".to_owned(),
            paragraphs: vec!["Something new waits for you.".to_owned()],
            link: ("Sign in to read it".to_owned(), format!("{site}/")),
            below,
        }
    } else {
        Words {
            subject: format!("News for you at {}", open.agency_name),
            paragraphs: vec![format!("{}.", open.said)],
            link: ("Open the page".to_owned(), format!("{site}{}", open.path)),
            below,
        }
    };
    Ok(Some(Letter { to: open.email, words }))
}
