//! Letters on their way: each is claimed, written by the slice whose kind it is, sent, and noted.

use crate::{
    accounts, listening,
    mail::{self, Due, Making, Outcome},
    notices, openings,
    platform::{app::App, error::Error, post::Post, telemetry},
    wanted,
};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;

/// Every kind of letter.
fn all() -> Vec<Making> {
    [accounts::letters(), notices::letters(), openings::letters(), listening::letters(), wanted::letters()].concat()
}

/// The name of every kind of letter.
pub fn kinds() -> Vec<&'static str> {
    all().into_iter().map(|making| making.kind).collect()
}

/// Sends every letter that is due now; answers how many there were.
pub async fn send_due(app: &App) -> usize {
    let mut sent = 0;
    while next(app).await {
        sent += 1;
    }
    sent
}

/// Sends the letter that waits longest, if there is one and letters leave here at all.
pub(super) async fn next(app: &App) -> bool {
    let Some(post) = app.settings.mail.as_ref() else { return false };
    let due = match mail::claim(&app.db).await {
        Ok(Some(due)) => due,
        Ok(None) => return false,
        Err(error) => {
            tracing::warn!(%error, "the letters could not be read");
            return false;
        }
    };
    let outcome = due.at_last(tried(app, post, &due).await);
    match &outcome {
        Outcome::Later(why) => {
            tracing::warn!(kind = due.kind, letter = %due.id, attempts = due.attempts, why, "a letter is tried again later");
        }
        Outcome::Never(why) => tracing::error!(kind = due.kind, letter = %due.id, why, "a letter is given up"),
        Outcome::Sent | Outcome::Dropped => {}
    }
    if let Err(error) = mail::finish(&app.db, &due, &outcome).await {
        tracing::error!(%error, letter = %due.id, "what became of a letter could not be noted");
    }
    true
}

/// Writes a letter and sends it. What panics meanwhile ends this try, and not the worker.
async fn tried(app: &App, post: &Post, due: &Due) -> Outcome {
    // While a newer program takes over, its letters wait for it.
    let Some(making) = all().into_iter().find(|making| making.kind == due.kind) else {
        return Outcome::Later("This program does not know letters of this kind".to_owned());
    };
    let written = AssertUnwindSafe((making.write)(app.clone(), due.clone())).catch_unwind().await;
    match written {
        Ok(Ok(Some(letter))) => AssertUnwindSafe(mail::send(post, due, &letter, app.now()))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Outcome::Never("The program failed while it was sent: nobody knows whether it arrived".to_owned())),
        Ok(Ok(None)) => Outcome::Dropped,
        Ok(Err(error)) => Outcome::Later(format!("It could not be written: {}", reason(&error))),
        Err(_) => Outcome::Later("It could not be written: the program failed".to_owned()),
    }
}

/// Why, for the log and for whoever sees to the letter: it names things of the program, and nothing that somebody gave.
fn reason(error: &Error) -> String {
    match error {
        Error::Internal(cause) => telemetry::told(&**cause),
        other => other.to_string(),
    }
}
