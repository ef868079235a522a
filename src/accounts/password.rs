//! Passwords: argon2id at OWASP's figures (19 MiB, two passes, one lane), off the async threads and bounded.

use crate::platform::{app::App, error::Error, events};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use flate2::read::GzDecoder;
use std::{collections::HashSet, io::Read as _, sync::LazyLock};

/// Fewest characters of a password that stands alone.
pub(super) const LEAST: usize = 15;
/// Fewest characters of one that stands beside a second factor.
pub(super) const LEAST_BESIDE: usize = 8;
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

/// How every hash begins that has today's figures.
const FIGURES: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Whether a stored hash was made with other figures than today's: then it is made anew at the next sign-in, when the password is known.
pub(super) fn is_dated(stored: &str) -> bool {
    !stored.starts_with(FIGURES)
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

/// The fewest characters that a password needs, when it stands beside a second factor or alone.
pub(super) fn least(beside: bool) -> usize {
    if beside { LEAST_BESIDE } else { LEAST }
}

/// Whether a password is too short to stand alone.
pub(super) fn is_short(password: &str) -> bool {
    password.chars().count() < LEAST
}

/// Whether a new password is easy to guess. `known`: words that a guesser would try first for this person. `beside`: it stands beside
/// a second factor.
///
/// # Errors
/// When too many passwords wait already.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns that `App::passwords` gives out")]
pub(super) async fn is_easy(app: &App, password: String, known: Vec<String>, beside: bool) -> Result<bool, Error> {
    let turn = app.passwords.take().await?;
    let guessed = tokio::task::spawn_blocking(move || {
        let _until_done = turn;
        is_guessed(&password, &known, beside)
    });
    guessed.await.map_err(Error::internal)
}

/// What to do about a password that is easy to guess.
pub(super) const EASY: &str =
    "Choose another one: this one is easy to guess. Four or five words that have nothing to do with each other, or with you, hold well";

/// What guessers try first: of the 20,000 most common passwords of leaked lists those of eight characters and more, in small letters.
/// Django's list (tried_first.LICENSE), which Royce Williams made of the leaks that Have I Been Pwned has counted.
static TRIED_FIRST: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut text = String::new();
    let read = GzDecoder::new(&include_bytes!("tried_first.txt.gz")[..]).read_to_string(&mut text);
    if let Err(error) = read {
        tracing::error!(%error, "the list of passwords that are tried first cannot be read");
    }
    text.lines().map(str::to_owned).collect()
});

/// Common and leaked passwords, repetitions, rows of keys and the person's own words, also put together or written oddly: what a guesser
/// finds with fewer than 10^10 tries, who has the hash and needs a while for each (`zxcvbn`, which brings its lists with it). Beside a
/// second factor 10^6 are enough: whoever guesses is stopped there.
fn is_guessed(password: &str, known: &[String], beside: bool) -> bool {
    if TRIED_FIRST.contains(&password.to_lowercase()) {
        return true;
    }
    let known: Vec<&str> = known.iter().map(String::as_str).chain(["common table", "commontable"]).collect();
    let enough = if beside { zxcvbn::Score::Two } else { zxcvbn::Score::Four };
    zxcvbn::zxcvbn(password, &known).score() < enough
}

/// Whether a password is the one that was hashed. Without a stored hash it takes as long and answers no. Whoever is `known` already
/// finds a turn while strangers find none.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns that `App::passwords` gives out")]
pub(super) async fn matches(app: &App, password: String, stored: Option<String>, known: bool) -> Result<bool, Error> {
    let turn = app.passwords.take_as(known).await?;
    let matched = tokio::task::spawn_blocking(move || {
        let _until_done = turn;
        let there = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let right = PasswordHash::new(&stored).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
        right && there
    });
    let right = matched.await.map_err(Error::internal)?;
    if !right {
        events::password_refused();
    }
    Ok(right)
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
            assert!(is_guessed(easy, &known, false), "{easy}");
        }
        for hard in ["five words one after another", "heron ladder copper Tuesday", "Tq7#vLw0pZr9!xKd"] {
            assert!(!is_guessed(hard, &known, false), "{hard}");
        }
        for (short, easy) in [("trustno1", true), ("Password1", true), ("qwertyui", true), ("heronladder", false), ("vLw0pZr9", false)] {
            assert_eq!(is_guessed(short, &known, true), easy, "{short}");
        }
    }

    #[test]
    fn the_list_of_what_is_tried_first_is_there_and_long() {
        assert!(TRIED_FIRST.len() > 8_000 && TRIED_FIRST.iter().all(|one| one.chars().count() >= LEAST_BESIDE));
        assert!(is_guessed("PrinceSS1", &[], true), "in large letters or in small ones");
    }

    #[test]
    fn the_figures_are_owasps_and_stand_in_the_hash() {
        let hash = hash_now("a long enough password").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !is_dated(&hash));
        assert!(is_dated("$argon2id$v=19$m=4096,t=1,p=1$c2FsdA$aGFzaA"));
    }
}
