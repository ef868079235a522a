//! Letters about an account: an invitation, and the way to a new password. Each try makes a link of its own, and the one before ends.

use super::{
    model::{ADDRESS, ADDRESS_DONE, FACTORS_CHANGED, FACTORS_FORGOTTEN, FACTORS_LOST, PASSWORD_CHANGED, RESET},
    paths, store,
};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error, ids::AccountId, session::Token, words},
};

/// The kind of a letter that brings an invitation.
pub const INVITATION: &str = "invitation";

/// Every kind of letter that this slice writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    vec![
        Making { kind: INVITATION, write: |app, due| Box::pin(invitation(app, due)) },
        Making { kind: RESET, write: |app, due| Box::pin(reset(app, due)) },
        Making { kind: PASSWORD_CHANGED, write: |app, due| Box::pin(changed(app, due, &PASSWORD)) },
        Making { kind: FACTORS_CHANGED, write: |app, due| Box::pin(changed(app, due, &FACTORS)) },
        Making { kind: FACTORS_LOST, write: |app, due| Box::pin(changed(app, due, &LOST)) },
        Making { kind: FACTORS_FORGOTTEN, write: |app, due| Box::pin(changed(app, due, &FORGOTTEN)) },
        Making { kind: ADDRESS, write: |app, due| Box::pin(address_word(app, due)) },
        Making { kind: ADDRESS_DONE, write: |app, due| Box::pin(address_done(app, due)) },
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
    let Some(open) = store::reset_to_send(&app.db, due.about, &token).await? else { return Ok(None) };
    let words = Words {
        subject: "A new password for Common Table".to_owned(),
        paragraphs: vec!["Somebody asked for a new password for the sign-in of this address.".to_owned()],
        link: ("Choose a new password".to_owned(), address(&app, &paths::Reset { token: token.reveal().to_owned() })),
        below: vec![
            format!("The link works once, until {}. Until you use it, your password stays as it is.", words::moment(open.until, open.zone)),
            "If it was not you, you need not do anything.".to_owned(),
        ],
    };
    Ok(Some(Letter { to: open.email, words }))
}

/// What a letter says about a change of how somebody signs in. Nobody can act by it: it only lets them know.
struct Told {
    subject: &'static str,
    what: &'static str,
    link: &'static str,
}

const PASSWORD: Told = Told {
    subject: "Your password for Common Table was changed",
    what: "The password of your sign-in was changed.",
    link: paths::FORGOTTEN,
};
const FACTORS: Told = Told {
    subject: "How you sign in to Common Table was changed",
    what: "A passkey, the codes from an app or the recovery codes of your sign-in were added, renewed or taken away.",
    link: paths::ACCOUNT,
};
const LOST: Told = Told {
    subject: "Somebody asked that you may sign in to Common Table without the second step",
    what: "It was said for you that your second step is lost. Nothing has changed yet: another person has to confirm it.",
    link: paths::ACCOUNT,
};
const FORGOTTEN: Told = Told {
    subject: "The second step of your sign-in to Common Table was taken away",
    what: "Your passkeys, the codes from your app and your recovery codes are no longer asked for. Every sign-in of yours has ended.",
    link: paths::FORGOTTEN,
};

async fn changed(app: App, due: Due, told: &'static Told) -> Result<Option<Letter>, Error> {
    let Some(to) = store::address_of(&app.db, AccountId(due.about)).await? else { return Ok(None) };
    let doing = if told.link == paths::FORGOTTEN { "Choose a new password" } else { "See how you sign in" };
    let words = Words {
        subject: told.subject.to_owned(),
        paragraphs: vec![told.what.to_owned()],
        link: (doing.to_owned(), format!("{}{}", app.settings.public_url, told.link)),
        below: vec![
            "If it was you, you need not do anything.".to_owned(),
            format!("If it was not, choose a new password at once, and talk to a person: {}", app.settings.operator_contact),
        ],
    };
    Ok(Some(Letter { to, words }))
}

async fn address_word(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(open) = store::address_to_send(&app.db, due.about, &token).await? else { return Ok(None) };
    let at = address(&app, &paths::AddressLink { token: token.reveal().to_owned() });
    let (paragraph, link, below) = match (open.is_new, open.taken) {
        // Only whoever reads this address learns that it has a sign-in.
        (true, true) => (
            "Somebody wants to sign in with this address from now on, but it has a sign-in of its own already. Nothing changes.".to_owned(),
            ("Sign in".to_owned(), address(&app, &paths::SIGN_IN)),
            "If it was you: sign in with this address, or close its account first.",
        ),
        (true, false) => (
            "Somebody who signs in to Common Table wants to sign in with this address from now on.".to_owned(),
            ("Say whether it is yours".to_owned(), at),
            "If it was not you, you need not do anything: without your yes nothing changes.",
        ),
        (false, _) => (
            format!("Somebody asked that you sign in with {} instead of this address from now on.", open.wanted),
            ("Say yes, or stop it".to_owned(), at),
            "If it was not you, stop it and change your password: whoever asked is signed in as you.",
        ),
    };
    let words = Words {
        subject: "Another address for a sign-in".to_owned(),
        paragraphs: vec![paragraph],
        link,
        below: vec!["It works for two days.".to_owned(), below.to_owned()],
    };
    Ok(Some(Letter { to: open.to, words }))
}

async fn address_done(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some((to, wanted)) = store::address_left(&app.db, due.about).await? else { return Ok(None) };
    let words = Words {
        subject: "Your sign-in has another address".to_owned(),
        paragraphs: vec![format!("From now on you sign in with {wanted}. Letters go there.")],
        link: ("Sign in".to_owned(), address(&app, &paths::SIGN_IN)),
        below: vec!["Both addresses said yes. If you did not, talk to a person at the agency at once.".to_owned()],
    };
    Ok(Some(Letter { to, words }))
}

fn address(app: &App, at: &impl std::fmt::Display) -> String {
    format!("{}{at}", app.settings.public_url)
}
