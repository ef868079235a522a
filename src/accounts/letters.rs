//! Letters about an account: an invitation, and the way to a new password. Each try makes a link of its own, and the one before ends.

use super::{paths, store};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error, session::Token, words},
};

/// The kind of a letter that brings an invitation.
pub const INVITATION: &str = "invitation";
/// The kind of a letter that leads to a new password.
pub(super) const RESET: &str = "reset";

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![
        Making { kind: INVITATION, write: |app, due| Box::pin(invitation(app, due)) },
        Making { kind: RESET, write: |app, due| Box::pin(reset(app, due)) },
    ]
}

async fn invitation(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(agency) = due.agency else { return Ok(None) };
    let Some(open) = store::invitation_to_send(&app.db, agency, due.about, &token).await? else { return Ok(None) };
    let mut below = vec![format!("The link works once, until {}.", words::day(open.until))];
    if open.wants_code {
        below.push("You need a code as well. The person at the agency who wrote your body’s document down gives it to you.".to_owned());
    }
    if !open.contact.is_empty() {
        below.push(format!("Before you decide you can talk to a person at {}: {}", open.agency_name, open.contact));
    }
    below.push("If you did not expect this letter, you need not do anything.".to_owned());
    let words = Words {
        subject: format!("An invitation from {}", open.agency_name),
        paragraphs: vec![format!("{} invites you to work with {} on Common Table.", open.inviter, open.agency_name)],
        link: ("Read the invitation".to_owned(), address(&app, &paths::Invitation { token: token.reveal().to_owned() })),
        below,
    };
    Ok(Some(Letter { to: open.email, words }))
}

async fn reset(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(to) = store::reset_to_send(&app.db, due.about, &token).await? else { return Ok(None) };
    let words = Words {
        subject: "A new password for Common Table".to_owned(),
        paragraphs: vec!["Somebody asked for a new password for the sign-in of this address.".to_owned()],
        link: ("Choose a new password".to_owned(), address(&app, &paths::Reset { token: token.reveal().to_owned() })),
        below: vec![
            "The link works once, for an hour. Until you use it, your password stays as it is.".to_owned(),
            "If it was not you, you need not do anything.".to_owned(),
        ],
    };
    Ok(Some(Letter { to, words }))
}

fn address(app: &App, at: &impl std::fmt::Display) -> String {
    format!("{}{at}", app.settings.public_url)
}
