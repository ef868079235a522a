//! Providers, what one way there and back is for, and what a provider's word is worth.

use crate::platform::{
    ids::{AccountId, AgencyId, IdentityId, ProviderId},
    words,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How long one way to a provider and back may take, in minutes.
pub(super) const WAY_MINUTES: i64 = 10;
/// By how many seconds a provider's clock may differ from ours.
pub(super) const SKEW: i64 = 60;

/// A way in that the sign-in page offers.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Button {
    pub(in crate::accounts) provider: ProviderId,
    pub(in crate::accounts) label: String,
}

/// An agency as the sign-in page knows it.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct House {
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) slug: String,
    /// Where it is, if it says so.
    pub(in crate::accounts) place: String,
    /// A person of the agency to talk to.
    pub(in crate::accounts) contact: String,
    pub(in crate::accounts) is_demo: bool,
    pub(in crate::accounts) buttons: Vec<Button>,
}

/// An agency's provider, with what it takes to talk to it.
#[derive(Debug, Clone)]
pub(super) struct Provider {
    pub(super) id: ProviderId,
    pub(super) agency: AgencyId,
    pub(super) agency_name: String,
    pub(super) slug: String,
    pub(super) is_demo: bool,
    pub(super) issuer: String,
    /// What the agency is called there.
    pub(super) application: String,
    /// Its secret there, sealed.
    pub(super) secret: Option<Vec<u8>>,
    pub(super) label: String,
    /// Levels (`acr`) that it is asked for, with spaces between them.
    pub(super) levels: String,
    pub(super) counts_methods: bool,
    pub(super) needs_second: bool,
}

impl Provider {
    /// Whether by these two factors were given, as the agency weighs them. What a provider does not say was not given.
    pub(super) fn counts_double(&self, acr: Option<&str>, amr: &[String]) -> bool {
        let mut asked = self.levels.split_whitespace().peekable();
        let by_level = acr.is_some_and(|acr| if asked.peek().is_some() { asked.any(|one| one == acr) } else { DOUBLE.contains(&acr) });
        by_level || self.counts_methods && are_double(amr)
    }
}

/// For what a provider's secret is sealed.
pub(super) fn purpose_of(agency: AgencyId, provider: ProviderId) -> String {
    format!("sign-on provider {agency} {provider}")
}

/// A provider as its administrator sees it.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: ProviderId,
    pub(super) issuer: String,
    pub(super) application: String,
    pub(super) has_secret: bool,
    pub(super) label: String,
    pub(super) active: bool,
    pub(super) levels: String,
    pub(super) counts_methods: bool,
    pub(super) needs_second: bool,
    pub(super) version: i32,
    /// How many people come in by it.
    pub(super) people: i64,
}

impl Kept {
    /// "3 people".
    pub(super) fn people_words(&self) -> String {
        words::count(self.people, "person", "people")
    }

    /// Whether what was vouched for until now would not be so by what is entered: it goes out of use, or it is another application
    /// at another provider, or more is asked of it.
    pub(super) fn is_outdone_by(&self, new: &Entered) -> bool {
        let another = self.issuer != new.issuer || self.application != new.application;
        let more = self.levels != new.levels || self.counts_methods && !new.counts_methods || !self.needs_second && new.needs_second;
        self.active && !new.active || another || more
    }
}

/// Whether the agency's own side has to come in through its provider.
#[derive(Debug, Clone, Copy)]
pub(super) struct Required {
    /// It has to, today.
    pub(super) yes: bool,
    /// Another rule holds from a later day on.
    pub(super) planned: bool,
    /// A provider is in use.
    pub(super) in_use: bool,
    /// Whoever asks came in through it themselves, and is still signed in so somewhere.
    pub(super) tried: bool,
}

/// What an administrator enters.
#[derive(Debug)]
pub(super) struct Entered {
    pub(super) issuer: String,
    pub(super) application: String,
    /// Another secret; none leaves the one that is there.
    pub(super) secret: Option<String>,
    pub(super) label: String,
    pub(super) active: bool,
    pub(super) levels: String,
    pub(super) counts_methods: bool,
    pub(super) needs_second: bool,
}

/// For what somebody goes to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Purpose {
    /// To come in.
    SignIn,
    /// To show once more that it is them, whatever the provider remembers.
    Again,
    /// To join who they are there to this account, in which they are signed in.
    Join(AccountId),
    /// To take up the invitation with this token.
    Invitation(String),
    /// To sign out there too, after signing out here.
    Leave,
}

/// What the browser that began takes along, sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) purpose: Purpose,
    pub(super) provider: ProviderId,
    pub(super) issuer: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) next: String,
    pub(super) begun: DateTime<Utc>,
}

/// Who somebody is to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::accounts) struct Identity {
    pub(in crate::accounts) issuer: String,
    pub(in crate::accounts) subject: String,
}

/// What a provider said, once all of it was checked.
#[derive(Debug, Clone)]
pub(super) struct Vouched {
    pub(super) identity: Identity,
    /// It says that two factors were given.
    pub(super) second: bool,
    /// When it saw the person last, if it says so.
    pub(super) seen: Option<DateTime<Utc>>,
    /// The hash of what it calls the sign-in there, if it says so.
    pub(super) sid: Option<Hash>,
}

/// The hash of a name that a provider gave to something of its own: the name itself is kept nowhere.
pub(in crate::accounts) type Hash = [u8; 32];

/// The same as a sign-in rests on it.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) struct Vouching {
    pub(in crate::accounts) agency: AgencyId,
    pub(in crate::accounts) provider: ProviderId,
    pub(in crate::accounts) second: bool,
    /// Where it does not say, that counts as not lately.
    pub(in crate::accounts) seen: Option<DateTime<Utc>>,
    /// With this one it ends, where the provider says that it ended there.
    pub(in crate::accounts) sid: Option<Hash>,
}

/// An identity joined to an account, as its person sees it.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Joined {
    pub(in crate::accounts) id: IdentityId,
    pub(in crate::accounts) agency_name: String,
    pub(in crate::accounts) slug: String,
    pub(in crate::accounts) place: String,
    pub(in crate::accounts) label: String,
    pub(in crate::accounts) joined_at: DateTime<Utc>,
}

/// The same as the agency's administrator sees it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Person {
    pub(super) id: IdentityId,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) label: Option<String>,
    pub(super) joined_at: DateTime<Utc>,
    pub(super) used_at: Option<DateTime<Utc>>,
}

/// Why nobody was let in, as far as the visitor needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The way was begun in another browser, too long ago, or gone already.
    NotThisWay,
    /// The provider does not answer, or nothing that can be read.
    Away,
    /// What it said does not hold.
    Unsound,
    /// It says that the person did not sign in there.
    Declined,
    /// It says nothing of a second factor, and the agency lets nobody in without.
    OneFactor,
    /// It is nobody that we know.
    Unknown,
    /// We know them, and they have no role of the agency's own side any more.
    NoRole,
    /// This identity belongs to another account.
    Taken,
    /// The invitation's address has an account, whose own sign-in has to come first.
    OwnFirst,
    /// The invitation cannot be taken up.
    InvitationOver,
    /// The sign-in in which it was begun has ended.
    SignInOver,
}

impl Refusal {
    /// Heading, what happened, what to do.
    pub(super) fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotThisWay => (
                "This sign-in cannot go on",
                "It was begun in another browser or more than ten minutes ago, or it was used already.",
                "Begin again here.",
            ),
            Self::Away => (
                "Your agency’s sign-in cannot be reached just now",
                "It did not answer, or nothing that could be read. Nobody was signed in.",
                "Wait a minute and try again.",
            ),
            Self::Unsound => (
                "Your agency’s sign-in could not be checked",
                "What it sent does not hold, so nobody was signed in.",
                "Try again. If it happens again, tell the person named here.",
            ),
            Self::Declined => (
                "You did not sign in there",
                "Your agency’s sign-in says that you did not go through with it, or may not use it for Common Table.",
                "Try again, or talk to the person named here.",
            ),
            Self::OneFactor => (
                "Your agency asks for two steps",
                "Its sign-in did not say that you showed more than one thing, such as a password and a code. Nobody was signed in.",
                "Sign in there with both. If it asked you for both, tell the person named here.",
            ),
            Self::Unknown => (
                "You are not known here yet",
                "Your agency’s sign-in knows you, but it has not been joined to anybody here. Nothing was made.",
                "If you were invited, open the link of your invitation and choose the agency’s sign-in there. If you sign in here \
                 already, sign in as you always do, and join it on your account page.",
            ),
            Self::NoRole => (
                "You have no role here at present",
                "Your agency’s sign-in knows you, but you are not a member of the agency’s own side. Nothing was made.",
                "Talk to the person named here. If you come as a partner, sign in with your email address.",
            ),
            Self::Taken => (
                "Somebody else here uses this sign-in",
                "Who you are at your agency’s sign-in is joined to another account, and stays there.",
                "If both are you, sign in with it, and take it off that account first.",
            ),
            Self::OwnFirst => (
                "Sign in your own way once",
                "The address of this invitation signs in on Common Table already, so a provider’s word alone does not open it.",
                "Take the invitation up with your password. Then join the agency’s sign-in on your account page.",
            ),
            Self::InvitationOver => (
                "This invitation cannot be taken up so",
                "It has ended or was used, or it is not for the agency’s own side.",
                "Open its link once more: it says what to do.",
            ),
            Self::SignInOver => (
                "Sign in once more",
                "Your own sign-in had ended, or was another one, when you came back. Nothing was joined.",
                "Sign in, and begin again on your account page.",
            ),
        }
    }

    /// Whether the same button may well work now.
    pub(super) fn is_to_be_tried_again(self) -> bool {
        matches!(self, Self::NotThisWay | Self::Away | Self::Unsound | Self::Declined | Self::OneFactor)
    }
}

/// Values of `acr` that stand for two factors wherever they are used: REFEDS, the US government's assurance levels, OpenID's.
const DOUBLE: &[&str] = &[
    "https://refeds.org/profile/mfa",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "http://idmanagement.gov/ns/assurance/aal/2",
    "http://idmanagement.gov/ns/assurance/aal/3",
    "http://idmanagement.gov/ns/assurance/aal/2?phishing_resistant=true",
    "phr",
    "phrh",
];

/// Whether these ways of signing in (`amr`, RFC 8176) are two factors.
fn are_double(amr: &[String]) -> bool {
    let says = |methods: &[&str]| amr.iter().any(|one| methods.contains(&one.as_str()));
    let (knows, has) = (says(&["pwd", "pin", "kba"]), says(&["otp", "hwk", "swk", "sc", "sms", "tel", "pop"]));
    let is = says(&["face", "fpt", "iris", "retina", "vbm", "bio"]);
    says(&["mfa"]) || [knows, has, is].into_iter().filter(|one| *one).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(levels: &str, counts_methods: bool) -> Provider {
        Provider {
            id: ProviderId::fresh(),
            agency: AgencyId(uuid::Uuid::nil()),
            agency_name: String::new(),
            slug: String::new(),
            is_demo: false,
            issuer: String::new(),
            application: String::new(),
            secret: None,
            label: String::new(),
            levels: levels.to_owned(),
            counts_methods,
            needs_second: false,
        }
    }

    fn listed(amr: &[&str]) -> Vec<String> {
        amr.iter().map(|one| (*one).to_owned()).collect()
    }

    #[test]
    fn what_a_provider_does_not_say_was_not_given() {
        for (acr, amr, double) in [
            (None, &[][..], false),
            (Some("0"), &[], false),
            (Some("urn:mace:incommon:iap:silver"), &["pwd"], false),
            (None, &["pwd"], false),
            (None, &["otp"], false),
            (None, &["pwd", "kba"], false),
            (None, &["rsa", "user", "geo"], false),
            (None, &["mfa"], true),
            (None, &["pwd", "otp"], true),
            (None, &["pin", "hwk"], true),
            (None, &["hwk", "fpt"], true),
            (Some("https://refeds.org/profile/mfa"), &[], true),
            (Some("http://idmanagement.gov/ns/assurance/aal/1"), &["pwd"], false),
            (Some("http://idmanagement.gov/ns/assurance/aal/2"), &[], true),
        ] {
            assert_eq!(provider("", true).counts_double(acr, &listed(amr)), double, "{acr:?} {amr:?}");
        }
    }

    #[test]
    fn where_an_agency_names_levels_these_count_and_no_others() {
        for (levels, methods, acr, amr, double) in [
            ("gold silver", true, Some("silver"), &[][..], true),
            ("gold silver", true, Some("gold silver"), &[], false),
            ("gold silver", true, Some(""), &[], false),
            ("gold silver", true, None, &[], false),
            ("gold", false, Some("https://refeds.org/profile/mfa"), &["mfa"], false),
            ("gold", true, Some("bronze"), &["mfa"], true),
            ("", false, None, &["mfa", "pwd", "otp"], false),
            ("", false, Some("phr"), &[], true),
        ] {
            assert_eq!(provider(levels, methods).counts_double(acr, &listed(amr)), double, "{levels} {methods} {acr:?} {amr:?}");
        }
    }
}
