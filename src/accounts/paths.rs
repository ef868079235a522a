//! Addresses outside any agency.

pub use super::sign_on::paths::{
    Back, Leaving, Left, NoProvider, NoSignOnPerson, Onward, ProviderPage, Providers, SignOn, SignOnPeople, SignOnRule, SignedOutThere,
    back, is_for_servers, leaving, left, no_provider, no_sign_on_person, onward, provider, providers, sign_on, sign_on_people,
    sign_on_rule, signed_out_there,
};
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
/// A POST says in which language one is written to.
pub const LANGUAGE: &str = "/account/language";
/// A POST leaves for a neutral page, and signs out.
pub const LEAVE_QUICKLY: &str = "/leave-quickly";
/// Where that leads: a page that says nothing about anybody.
pub const AWAY: &str = "https://www.weather.gov/";
/// The way to a new password, for somebody who does not know theirs.
pub const FORGOTTEN: &str = "/reset";
/// The same, once it was asked for.
pub const ASKED_FOR: &str = "/reset?asked=yes";
/// The page of a reset link, whose token is in a cookie by then.
pub const NEW_PASSWORD: &str = "/reset/password";
/// The page of an invitation, whose token is in a cookie by then.
pub const INVITED: &str = "/invitations/open";
/// A POST asks for another address to sign in with.
pub const ADDRESS: &str = "/account/address";
/// A POST keeps the one there is.
pub const ADDRESS_BACK: &str = "/account/address/delete";
/// What one of two addresses is asked.
pub const ADDRESS_WORD: &str = "/account/new-address";
/// Closing one's account.
pub const CLOSING: &str = "/account/closing";
/// Ends one sign-in.
pub const ENDED_SESSIONS: &str = "/account/ended-sessions";
/// Ends every sign-in but this one.
pub const EVERYWHERE_ELSE: &str = "/account/ended-sessions/others";
/// The second step of signing in.
pub const SECOND_STEP: &str = "/sign-in/second-step";
/// A POST signs in by a passkey and nothing else.
pub const SIGN_IN_BY_PASSKEY: &str = "/sign-in/passkey";
/// The second step by a passkey.
pub const SECOND_STEP_BY_PASSKEY: &str = "/sign-in/second-step/passkey";
/// Showing once more that it is still oneself.
pub const CONFIRM: &str = "/confirm";
/// The same by a passkey.
pub const CONFIRM_BY_PASSKEY: &str = "/confirm/passkey";
/// Codes from an app: setting them up.
pub const CODES: &str = "/account/codes";
/// A POST makes a seed to set them up with.
pub const CODES_SEED: &str = "/account/codes/seed";
/// The seed as a picture.
pub const CODES_PICTURE: &str = "/account/codes/picture";
/// Taking them away.
pub const NO_CODES: &str = "/account/codes/delete";
/// Codes on paper; a POST makes new ones.
pub const RECOVERY_CODES: &str = "/account/recovery-codes";
/// A POST adds a passkey.
pub const PASSKEYS: &str = "/account/passkeys";
/// Adding one.
pub const NEW_PASSKEY: &str = "/account/passkeys/new";
/// A POST says that one's second step is not lost.
pub const NOT_LOST: &str = "/account/lost-factors/delete";
/// A POST goes to an agency's provider, to join who one is there to one's account.
pub const SIGN_ONS: &str = "/account/sign-ons";
/// A POST takes one off.
pub const NO_SIGN_ON: &str = "/account/sign-ons/delete";

/// First parts of addresses that no agency may be called.
pub const RESERVED: &[&str] = &[
    "",
    "account",
    "confirm",
    "hats",
    "healthz",
    "invitations",
    "leave-quickly",
    "metrics",
    "parked",
    "readyz",
    "reset",
    "sign-in",
    "sign-out",
    "static",
    "word",
];

/// An invitation, by the token of its link: leads to [`INVITED`].
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/invitations/{token}", rejection(Error))]
pub struct Invitation {
    /// The token.
    pub token: String,
}

/// A new password, by the token of a letter: leads to [`NEW_PASSWORD`].
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/reset/{token}", rejection(Error))]
pub struct Reset {
    /// The token.
    pub token: String,
}

/// A word on an address, by the token of its letter.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/account/new-address/{token}", rejection(Error))]
pub struct AddressLink {
    /// The token.
    pub token: String,
}

/// Taking a passkey away.
#[derive(Debug, Clone, TypedPath, Deserialize)]
#[typed_path("/account/passkeys/{passkey}/delete", rejection(Error))]
pub struct NoPasskey {
    /// The passkey.
    pub passkey: uuid::Uuid,
}

/// Where a passkey is taken away.
#[must_use]
pub fn no_passkey(passkey: &uuid::Uuid) -> String {
    NoPasskey { passkey: *passkey }.to_string()
}

/// Showing that it is still oneself, and then on to an address of ours.
#[must_use]
pub fn confirm_then(address: &str) -> String {
    serde_html_form::to_string([("next", address)]).map_or_else(|_| CONFIRM.to_owned(), |query| format!("{CONFIRM}?{query}"))
}

/// An address within an agency to go on to, or the agency's first page: never another agency's or site's.
#[must_use]
pub fn within<'a>(home: &'a str, address: &'a str) -> &'a str {
    let inside = address.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    if inside && own(address) == address { address } else { home }
}

/// The agency that an address of ours is in, if it is in one.
#[must_use]
pub fn agency_of(address: &str) -> Option<&str> {
    let first = own(address).split(['/', '?']).nth(1)?;
    (!RESERVED.contains(&first)).then_some(first)
}

/// Signing in through the agency at this address, and then on to an address of ours.
#[must_use]
pub fn sign_in_at(agency: &str, next: &str) -> String {
    serde_html_form::to_string([("agency", agency), ("next", next)])
        .map_or_else(|_| SIGN_IN.to_owned(), |query| format!("{SIGN_IN}?{query}"))
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
    use super::{agency_of, own, within};

    #[test]
    fn one_is_never_sent_to_another_site() {
        for (asked, got) in
            [("/cedar?x=1", "/cedar?x=1"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/"), ("", "/")]
        {
            assert_eq!(own(asked), got);
        }
    }

    #[test]
    fn an_address_is_in_one_agency_or_in_none() {
        for (address, agency) in [
            ("/cedar", Some("cedar")),
            ("/cedar/x?y=/z", Some("cedar")),
            ("/cedar?x", Some("cedar")),
            ("/account", None),
            ("/", None),
            ("//cedar/", None),
        ] {
            assert_eq!(agency_of(address), agency, "{address}");
        }
        for (address, on) in [
            ("/cedar/x", "/cedar/x"),
            ("/cedar?x", "/cedar?x"),
            ("/cedar-river/x", "/cedar"),
            ("/harbor", "/cedar"),
            ("", "/cedar"),
            ("/cedar/\\x", "/cedar"),
        ] {
            assert_eq!(within("/cedar", address), on, "{address}");
        }
    }
}
