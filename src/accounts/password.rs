//! Passwords: argon2id at OWASP's figures (19 MiB, two passes, one lane), off the async threads and bounded.

use crate::platform::{app::App, error::Error};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::LazyLock;

/// Fewest characters of a password that stands alone.
pub(super) const LEAST: usize = 15;
/// Most characters; longer ones are refused, never cut.
pub(super) const MOST: usize = 256;

#[expect(clippy::expect_used, reason = "constants that the tests use")]
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).expect("figures within argon2's bounds"))
}

/// What an unknown address is checked against, so that it takes the same time as a known one.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("nobody has this password").unwrap_or_default());

fn hash_now(password: &str) -> Result<String, Error> {
    argon().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| Error::internal(error.to_string()))
}

/// Hashes a password.
///
/// # Errors
/// When the machine cannot, or when too many wait already.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns that `App::passwords` gives out")]
pub async fn hash(app: &App, password: String) -> Result<String, Error> {
    let turn = app.passwords.take().await?;
    let hashed = tokio::task::spawn_blocking(move || {
        let _until_done = turn;
        hash_now(&password)
    });
    hashed.await.map_err(Error::internal)?
}

/// Whether a new password is easy to guess. `known`: words that a guesser would try first for this person.
///
/// # Errors
/// When too many passwords wait already.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns that `App::passwords` gives out")]
pub(super) async fn is_easy(app: &App, password: String, known: Vec<String>) -> Result<bool, Error> {
    let turn = app.passwords.take().await?;
    let guessed = tokio::task::spawn_blocking(move || {
        let _until_done = turn;
        is_guessed(&password, &known)
    });
    guessed.await.map_err(Error::internal)
}

/// What to do about a password that is easy to guess.
pub(super) const EASY: &str =
    "Choose another one: this one is easy to guess. Four or five words that have nothing to do with each other, or with you, hold well";

/// Common and leaked passwords, repetitions, rows of keys and the person's own words, also put together or written oddly: what a guesser
/// finds with fewer than 10^10 tries, who has the hash and needs a while for each (`zxcvbn`, which brings its lists with it).
fn is_guessed(password: &str, known: &[String]) -> bool {
    let known: Vec<&str> = known.iter().map(String::as_str).chain(["common table", "commontable"]).collect();
    zxcvbn::zxcvbn(password, &known).score() < zxcvbn::Score::Four
}

/// Whether a password is the one that was hashed. Without a stored hash it takes as long and answers no.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns that `App::passwords` gives out")]
pub(super) async fn matches(app: &App, password: String, stored: Option<String>) -> Result<bool, Error> {
    let turn = app.passwords.take().await?;
    let matched = tokio::task::spawn_blocking(move || {
        let _until_done = turn;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&stored).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        right && known
    });
    matched.await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_guesser_tries_first_is_refused() {
        let known = ["wren.ashby@agency.example".to_owned(), "Wren Ashby".to_owned(), "Cedar River County".to_owned()];
        for easy in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "qwertyuiopasdfgh",
            "123456789012345678",
            "P@ssw0rd12345678",
            "iloveyouiloveyou",
            "wren.ashby@agency.example",
            "commontable2026",
        ] {
            assert!(is_guessed(easy, &known), "{easy}");
        }
        for hard in ["five words one after another", "heron ladder copper Tuesday", "Tq7#vLw0pZr9!xKd"] {
            assert!(!is_guessed(hard, &known), "{hard}");
        }
    }

    #[test]
    fn the_figures_are_owasps_and_stand_in_the_hash() {
        assert!(hash_now("a long enough password").unwrap().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
