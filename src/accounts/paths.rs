//! Addresses outside any agency.

use crate::platform::error::Error;
use axum_extra::routing::TypedPath;
use serde::Deserialize;

/// The first page of the site: leads on.
pub const ROOT: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Signing in again because the sign-in had ended while typing.
pub const SIGN_IN_AGAIN: &str = "/sign-in?again=yes";
/// Signing out.
pub const SIGN_OUT: &str = "/sign-out";
/// The hats of one person.
pub const HATS: &str = "/hats";
/// Text that was typed after a sign-in had ended, in its form.
pub const PARKED: &str = "/parked";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// A POST changes one's password.
pub const PASSWORD: &str = "/account/password";
/// A POST leaves for a neutral page, and signs out.
pub const LEAVE_QUICKLY: &str = "/leave-quickly";
/// Where that leads: a page that says nothing about anybody.
pub const AWAY: &str = "https://www.weather.gov/";
/// The way to a new password, for somebody who does not know theirs.
pub const FORGOTTEN: &str = "/reset";
/// The same, once it was asked for.
pub const ASKED_FOR: &str = "/reset?asked=yes";
/// Ends one sign-in.
pub const ENDED_SESSIONS: &str = "/account/ended-sessions";

/// First parts of addresses that no agency may be called.
pub const RESERVED: &[&str] =
    &["", "account", "hats", "healthz", "invitations", "leave-quickly", "parked", "readyz", "reset", "sign-in", "sign-out", "static"];

/// An invitation, by the token of its link.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/invitations/{token}", rejection(Error))]
pub struct Invitation {
    /// The token.
    pub token: String,
}

/// A new password, by the token of a letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/reset/{token}", rejection(Error))]
pub struct Reset {
    /// The token.
    pub token: String,
}

/// Signing in, and then on to an address of ours.
#[must_use]
pub fn sign_in_then(address: &str) -> String {
    match serde_html_form::to_string([("next", address)]) {
        Ok(query) if address != "/" => format!("{SIGN_IN}?{query}"),
        _ => SIGN_IN.to_owned(),
    }
}

/// Choosing a hat, and then on to an address of ours.
#[must_use]
pub fn hats_then(address: &str) -> String {
    serde_html_form::to_string([("next", address)]).map_or_else(|_| HATS.to_owned(), |query| format!("{HATS}?{query}"))
}

/// An address of ours to go on to, or the first page: never another site's.
#[must_use]
pub fn own(address: &str) -> &str {
    let own = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\') && !address.chars().any(char::is_control);
    if own { address } else { ROOT }
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn one_is_never_sent_to_another_site() {
        for (asked, got) in
            [("/cedar?x=1", "/cedar?x=1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/"), ("", "/")]
        {
            assert_eq!(own(asked), got);
        }
    }
}
