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
    fn the_figures_are_owasps_and_stand_in_the_hash() {
        assert!(hash_now("a long enough password").unwrap().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
