//! Letters about an account: an invitation, and the way to a new password. Each try makes a link of its own, and the one before ends.
//! What they say stands in the files of their languages (`src/mail/words`).

use super::{
    model::{
        ACCOUNT_CLOSED, ADDRESS, ADDRESS_DONE, FACTORS_CHANGED, FACTORS_FORGOTTEN, FACTORS_LOST, FACTORS_LOST_CONFIRMED, PAPER_USED,
        PASSKEY_DOUBTED, PASSWORD_CHANGED, RESET,
    },
    paths, store,
};
use crate::{
    mail::{Due, Letter, Making, Words},
    platform::{app::App, error::Error, ids::AccountId, session::Token},
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
        Making { kind: FACTORS_LOST_CONFIRMED, write: |app, due| Box::pin(changed(app, due, &LOST_CONFIRMED)) },
        Making { kind: FACTORS_FORGOTTEN, write: |app, due| Box::pin(changed(app, due, &FORGOTTEN)) },
        Making { kind: PAPER_USED, write: |app, due| Box::pin(changed(app, due, &PAPER)) },
        Making { kind: PASSKEY_DOUBTED, write: |app, due| Box::pin(changed(app, due, &DOUBTED)) },
        Making { kind: ADDRESS, write: |app, due| Box::pin(address_word(app, due)) },
        Making { kind: ADDRESS_DONE, write: |app, due| Box::pin(address_done(app, due)) },
        Making { kind: ACCOUNT_CLOSED, write: |app, due| Box::pin(closed(app, due)) },
    ]
}

async fn invitation(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(agency) = due.agency else { return Ok(None) };
    let Some(open) = store::invitation_to_send(&app.db, agency, due.about, &token).await? else { return Ok(None) };
    let (language, name) = (open.language, open.agency_name.as_str());
    let mut below = vec![language.say("invitation-until", &[("day", &language.day(open.until)?)])?];
    if open.wants_code {
        below.push(language.say("invitation-code", &[])?);
    }
    if open.may_name && !open.contact.is_empty() {
        below.push(language.say("invitation-contact", &[("agency", name), ("contact", &open.contact)])?);
    }
    below.push(language.say("invitation-unexpected", &[])?);
    let at = address(&app, &paths::Invitation { token: token.reveal().to_owned() });
    // Whoever reads over their shoulder learns neither of an agency nor of whom they work with.
    let (subject, what) = if open.may_name {
        let what = language.say("invitation-what", &[("inviter", &open.inviter), ("agency", name)])?;
        (language.say("invitation-subject", &[("agency", name)])?, what)
    } else {
        (language.say("invitation-unnamed-subject", &[])?, language.say("invitation-unnamed-what", &[])?)
    };
    let link = (language.say(if open.may_name { "invitation-link" } else { "invitation-unnamed-link" }, &[])?, at);
    let words = Words { language, subject, paragraphs: vec![what], link, below, ..Words::default() };
    Ok(Some(Letter { to: open.email, words, file: None }))
}

async fn reset(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(open) = store::reset_to_send(&app.db, due.about, &token).await? else { return Ok(None) };
    let language = open.language;
    let at = address(&app, &paths::Reset { token: token.reveal().to_owned() });
    let words = Words {
        language,
        subject: language.say("reset-subject", &[])?,
        paragraphs: vec![language.say("reset-what", &[])?],
        link: (language.say("reset-link", &[])?, at),
        below: vec![
            language.say("reset-until", &[("moment", &language.moment(open.until, open.zone)?)])?,
            language.say("reset-unexpected", &[])?,
        ],
        ..Words::default()
    };
    Ok(Some(Letter { to: open.email, words, file: None }))
}

/// What a letter says about a change of how somebody signs in: its messages. Nobody can act by it: it only lets them know.
struct Told {
    subject: &'static str,
    what: &'static str,
    link: &'static str,
    /// What to do if it was they, and if it was not.
    below: (&'static str, &'static str),
}

const PLAIN: (&str, &str) = ("changed-if-you", "changed-if-not");
const PASSWORD: Told = Told { subject: "password-changed-subject", what: "password-changed-what", link: paths::FORGOTTEN, below: PLAIN };
const FACTORS: Told = Told {
    subject: "factors-changed-subject",
    what: "factors-changed-what",
    link: paths::ACCOUNT,
    below: ("changed-if-you", "factors-changed-if-not"),
};
const LOST: Told = Told {
    subject: "factors-lost-subject",
    what: "factors-lost-what",
    link: paths::ACCOUNT,
    below: ("changed-if-you", "factors-lost-if-not"),
};
const LOST_CONFIRMED: Told = Told {
    subject: "factors-lost-confirmed-subject",
    what: "factors-lost-confirmed-what",
    link: paths::ACCOUNT,
    below: ("changed-if-you", "factors-lost-if-not"),
};
const FORGOTTEN: Told = Told { subject: "factors-forgotten-subject", what: "factors-forgotten-what", link: paths::FORGOTTEN, below: PLAIN };
const PAPER: Told = Told { subject: "paper-used-subject", what: "paper-used-what", link: paths::ACCOUNT, below: PLAIN };
const DOUBTED: Told = Told {
    subject: "passkey-doubted-subject",
    what: "passkey-doubted-what",
    link: paths::ACCOUNT,
    below: ("passkey-doubted-if-you", "passkey-doubted-if-not"),
};

async fn changed(app: App, due: Due, told: &'static Told) -> Result<Option<Letter>, Error> {
    let Some((to, language)) = store::address_of(&app.db, AccountId(due.about)).await? else { return Ok(None) };
    let doing = if told.link == paths::FORGOTTEN { "changed-choose-password" } else { "changed-see" };
    let words = Words {
        language,
        subject: language.say(told.subject, &[])?,
        paragraphs: vec![language.say(told.what, &[])?],
        link: (language.say(doing, &[])?, format!("{}{}", app.settings.public_url, told.link)),
        below: vec![language.say(told.below.0, &[])?, language.say(told.below.1, &[("contact", &app.settings.operator_contact)])?],
        ..Words::default()
    };
    Ok(Some(Letter { to, words, file: None }))
}

async fn address_word(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let token = Token::fresh();
    let Some(open) = store::address_to_send(&app.db, due.about, &token).await? else { return Ok(None) };
    let language = open.language;
    let at = address(&app, &paths::AddressLink { token: token.reveal().to_owned() });
    let (what, doing, below) = match (open.is_new, open.taken) {
        // Only whoever reads this address learns that it has a sign-in.
        (true, true) => (language.say("address-taken", &[])?, "address-taken-link", "address-taken-below"),
        (true, false) => (language.say("address-new", &[])?, "address-new-link", "address-new-below"),
        (false, _) => (language.say("address-old", &[("wanted", &open.wanted)])?, "address-old-link", "address-old-below"),
    };
    let at = if open.is_new && open.taken { address(&app, &paths::SIGN_IN) } else { at };
    let words = Words {
        language,
        subject: language.say("address-subject", &[])?,
        paragraphs: vec![what],
        link: (language.say(doing, &[])?, at),
        below: vec![language.say("address-until", &[])?, language.say(below, &[])?],
        ..Words::default()
    };
    Ok(Some(Letter { to: open.to, words, file: None }))
}

async fn address_done(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some((to, wanted, language)) = store::address_left(&app.db, due.about).await? else { return Ok(None) };
    let words = Words {
        language,
        subject: language.say("address-done-subject", &[])?,
        paragraphs: vec![language.say("address-done-what", &[("wanted", &wanted)])?],
        link: (language.say("address-done-link", &[])?, address(&app, &paths::SIGN_IN)),
        below: vec![language.say("address-done-below", &[])?],
        ..Words::default()
    };
    Ok(Some(Letter { to, words, file: None }))
}

async fn closed(app: App, due: Due) -> Result<Option<Letter>, Error> {
    let Some(to) = due.address else { return Ok(None) };
    let language = store::language(&app.db, AccountId(due.about)).await?;
    let words = Words {
        language,
        subject: language.say("account-closed-subject", &[])?,
        paragraphs: vec![language.say("account-closed-what", &[])?, language.say("account-closed-stays", &[])?],
        link: (language.say("account-closed-link", &[])?, address(&app, &paths::SIGN_IN)),
        below: vec![
            language.say("changed-if-you", &[])?,
            language.say("account-closed-if-not", &[("contact", &app.settings.operator_contact)])?,
        ],
        ..Words::default()
    };
    Ok(Some(Letter { to, words, file: None }))
}

fn address(app: &App, at: &impl std::fmt::Display) -> String {
    format!("{}{at}", app.settings.public_url)
}
