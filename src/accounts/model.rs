//! What signing in deals with.

use super::sign_on::{Identity, Vouching};
use crate::platform::{
    ids::{AccountId, AgencyId, MembershipId, PartnerId, SessionId},
    labels::Label as _,
    network::Network,
    policy::Hat,
    proof::{Proof, ProvedBy, SignInRule},
    session::Token,
};
use chrono::{DateTime, NaiveDate, Utc};
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

/// A browser is known for this long after it signed in.
pub(super) const KNOWN_DAYS: i64 = 180;

/// The kind of a letter that leads to a new password.
pub(super) const RESET: &str = "reset";
/// The kind of a letter that says that the password is another one now.
pub(super) const PASSWORD_CHANGED: &str = "password_changed";
/// The kind of a letter that says that something was changed by which the person signs in.
pub(super) const FACTORS_CHANGED: &str = "factors_changed";
/// The kind of a letter that says that every second factor was taken away.
pub(super) const FACTORS_FORGOTTEN: &str = "factors_forgotten";

/// The kind of a letter that says that a code on paper was used.
pub(super) const PAPER_USED: &str = "paper_used";
/// The kind of a letter that says that the account is closed.
pub(super) const ACCOUNT_CLOSED: &str = "account_closed";
/// The kind of a letter that says that there may be a second one of a passkey.
pub(super) const PASSKEY_DOUBTED: &str = "passkey_doubted";

/// The kind of a letter that says that somebody asked, in an agency, that the second step be left out.
pub const FACTORS_LOST: &str = "factors_lost";
/// The kind of a letter that says that a second person confirmed it.
pub const FACTORS_LOST_CONFIRMED: &str = "factors_lost_confirmed";

/// By what a sign-in that begins was proved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) by: ProvedBy,
    pub(super) second: bool,
}

impl Shown {
    /// A password and nothing else.
    pub(super) const PASSWORD: Self = Self { by: ProvedBy::Password, second: false };
    /// A password and a second factor.
    pub(super) const BOTH: Self = Self { by: ProvedBy::Password, second: true };
    /// A passkey.
    pub(super) const PASSKEY: Self = Self { by: ProvedBy::Passkey, second: false };
}

/// An account as the sign-in finds it.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: AccountId,
    pub(super) password_hash: Option<String>,
    pub(super) is_demo: bool,
}

/// One hat: a membership in an agency.
#[derive(Debug, Clone)]
pub(super) struct HatOnOffer {
    pub(super) membership: MembershipId,
    pub(super) agency: AgencyId,
    pub(super) agency_name: String,
    pub(super) slug: String,
    /// Where the agency is, if it says so.
    pub(super) place: String,
    pub(super) role: String,
    pub(super) body: Option<PartnerId>,
    pub(super) body_name: Option<String>,
    pub(super) steward: bool,
    pub(super) lived_experience: bool,
    /// The agency’s time zone.
    pub(super) zone: String,
}

impl HatOnOffer {
    /// "director", "steward of Tall Pine Tribe", "community member".
    pub(super) fn words(&self) -> String {
        match (&self.body_name, self.steward, self.lived_experience) {
            (Some(body), true, _) => format!("steward of {body}"),
            (Some(body), false, _) => body.clone(),
            (None, _, true) => "community member".to_owned(),
            (None, ..) => self.role.clone(),
        }
    }
}

impl HatOnOffer {
    /// One on the partners' side, with a page about how they may be reached.
    pub(super) fn is_partners(&self) -> bool {
        self.role == "partner"
    }

    /// One of the agency's own side, for which its provider may vouch.
    pub(super) fn is_own_side(&self) -> bool {
        self.hat().is_some_and(Hat::is_agency_side)
    }

    /// Whether this sign-in may wear it: an agency's provider vouches for its own side alone.
    pub(super) fn is_open_to(&self, proof: &Proof) -> bool {
        self.hat().is_some_and(|hat| proof.lacks(self.agency, SignInRule::Password, hat).is_none())
    }

    /// The hat as the policy knows it.
    pub(super) fn hat(&self) -> Option<Hat> {
        Hat::parse(&self.role).map(|hat| if hat == Hat::Partner && self.steward { Hat::Steward } else { hat })
    }
}

/// A hat that somebody took from this person until further notice, and why.
#[derive(Debug, Clone)]
pub(super) struct TakenHat {
    pub(super) agency: AgencyId,
    /// It was one of the agency's own side.
    pub(super) own_side: bool,
    pub(super) agency_name: String,
    /// A person of the agency to talk to.
    pub(super) contact: String,
    pub(super) body_name: Option<String>,
    pub(super) by_agency: bool,
    pub(super) because: String,
    /// The agency's day.
    pub(super) on: Option<NaiveDate>,
}

impl TakenHat {
    /// Who suspended it, in words.
    pub(super) fn by(&self) -> String {
        match &self.body_name {
            Some(body) if !self.by_agency => format!("stewards of {body}"),
            _ => self.agency_name.clone(),
        }
    }
}

/// An agency in which somebody has no membership any more.
#[derive(Debug, Clone)]
pub(super) struct EndedHat {
    pub(super) agency_name: String,
    /// A person of the agency to ask.
    pub(super) contact: String,
    /// The agency's day.
    pub(super) on: Option<NaiveDate>,
}

/// A hat that a person could wear in an agency and does not wear just now.
#[derive(Debug, Clone)]
pub struct OtherHat {
    /// Its membership.
    pub membership: MembershipId,
    /// As the policy knows it.
    pub hat: Hat,
    /// As it is read.
    pub words: String,
}

/// One sign-in of an account.
#[derive(Debug, Clone)]
pub(super) struct SignIn {
    pub(super) id: SessionId,
    pub(super) device: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) last_seen_at: DateTime<Utc>,
}

/// An invitation that may still be taken up.
#[derive(Debug, Clone)]
pub(super) struct OpenInvitation {
    pub(super) id: uuid::Uuid,
    pub(super) agency: AgencyId,
    pub(super) agency_name: String,
    pub(super) slug: String,
    /// A person of the agency to talk to.
    pub(super) contact: String,
    pub(super) membership: MembershipId,
    pub(super) body: Option<PartnerId>,
    pub(super) email: String,
    pub(super) hat: String,
    pub(super) inviter: String,
    /// The name under which the person was invited.
    pub(super) invited: String,
    pub(super) account: Option<AccountId>,
    pub(super) is_demo: bool,
    /// In which its letter is written, and those that follow until the person says otherwise.
    pub(super) language: String,
    /// For the agency's own side, whose provider may vouch for whoever takes it up.
    pub(super) own_side: bool,
    /// A body's first steward may not be somebody of the agency's own side.
    pub(super) on_both_sides: bool,
    /// Why it may not be taken up any more.
    pub(super) over: Option<Over>,
}

labels! {
    /// How an invitation came to its end.
    pub enum Over {
        Used = "used", "It was used already";
        Expired = "expired", "It has ended";
        Withdrawn = "withdrawn", "It was taken back";
    }
}

impl Over {
    /// What it means and what to do; nothing of who it was for.
    pub(super) fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Self::Used => {
                ("A link works once.", "If it was you who used it, sign in. If it was not, tell the person who gave you the link.")
            }
            Self::Expired => (
                "A link works for seven days, and when a newer one is made the older one ends.",
                "Ask the person who gave you the link for a new one.",
            ),
            Self::Withdrawn => ("The agency or the body that made it ended it.", "Ask the person who gave you the link what to do."),
        }
    }
}

/// How somebody comes in by an invitation.
#[derive(Debug)]
pub(super) struct HowIn<'a> {
    /// A new account: its name, and the hash of its password unless a provider vouches for its person.
    pub(super) new: Option<(&'a str, Option<&'a str>)>,
    /// A first steward's second half.
    pub(super) code: Option<&'a Code>,
    /// Who they are to the agency's provider, to be joined to the account.
    pub(super) identity: Option<&'a Identity>,
    /// The agency's provider vouches for them.
    pub(super) vouching: Option<Vouching>,
    /// What they showed to come in.
    pub(super) shown: Shown,
    /// What the browser calls itself.
    pub(super) device: &'a str,
    /// The form's key.
    pub(super) key: &'a str,
}

/// Under which key the tries of a password are counted.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) key: Vec<u8>,
    /// The browser signed in to that address before.
    pub(super) device: Option<Token>,
}

impl Tried {
    /// In each network by itself: what is tried in one delays nobody in another.
    pub(super) fn from_network(email: &str, network: Option<Network>) -> Self {
        let network = network.map(|network| network.to_string()).unwrap_or_default();
        Self { key: Sha256::digest(format!("address:{email}:{network}")).to_vec(), device: None }
    }

    /// Somebody who is signed in: only they can try, wherever they are.
    pub(super) fn by_account(account: AccountId) -> Self {
        Self { key: Sha256::digest(format!("account:{account}")).to_vec(), device: None }
    }

    pub(super) fn from_device(email: &str, token: &Token) -> Self {
        Self { key: Sha256::digest(format!("device:{email}:{}", token.reveal())).to_vec(), device: Some(token.clone()) }
    }
}

/// The half of a first steward's way in that goes another way than the link: eight letters and numbers, easy to read aloud.
pub struct Code(String);

impl Code {
    /// Tries until it ends.
    pub(super) const TRIES: i32 = 5;
    /// Nothing that is taken for something else.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const LENGTH: usize = 8;

    /// A new one from the operating system's source of chance.
    #[must_use]
    pub fn fresh() -> Self {
        let mut bytes = [0_u8; Self::LENGTH];
        rand::rng().fill_bytes(&mut bytes);
        Self(bytes.iter().map(|byte| char::from(Self::SIGNS[usize::from(byte % 32)])).collect())
    }

    /// As it was typed: small letters, spaces and hyphens are fine, and so is a letter for the number that looks like it.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let signs = signs_of(text);
        let known = signs.bytes().all(|sign| Self::SIGNS.contains(&sign));
        (known && signs.len() == Self::LENGTH).then_some(Self(signs))
    }

    /// To be shown once, and to be compared by the database.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// In two parts, to be read aloud.
    #[must_use]
    pub fn spoken(&self) -> String {
        let (first, second) = self.0.split_at(Self::LENGTH / 2);
        format!("{first}-{second}")
    }

    /// What is stored of it, for this membership alone.
    #[must_use]
    pub fn hash(&self, member: MembershipId) -> Vec<u8> {
        Sha256::digest(format!("{member}:{}", self.0)).to_vec()
    }
}

/// What somebody types from paper or from hearing: without spaces and hyphens, with the number that a letter looks like.
pub(super) fn signs_of(text: &str) -> String {
    let kept = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
    kept.map(|sign| match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    })
    .collect()
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The kind of a letter that asks one of two addresses.
pub(super) const ADDRESS: &str = "address";
/// The kind of a letter that says that the address was changed.
pub(super) const ADDRESS_DONE: &str = "address_done";

/// A change of address that waits for answers.
#[derive(Debug, Clone)]
pub(super) struct AddressChange {
    pub(super) wanted: String,
    pub(super) expires_at: DateTime<Utc>,
    /// The address so far has said yes.
    pub(super) old_said: bool,
    /// The new one has.
    pub(super) new_said: bool,
}

/// What one of the two addresses is asked by its link.
#[derive(Debug, Clone)]
pub(super) struct AddressWord {
    pub(super) account: AccountId,
    pub(super) change: uuid::Uuid,
    pub(super) is_new: bool,
    pub(super) was: String,
    pub(super) wanted: String,
    /// It has said yes.
    pub(super) said: bool,
}

/// What came of a word about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// The other address has not said yes.
    Waits,
    /// The address is changed.
    Done,
    /// Somebody signs in with the new one by now.
    Taken,
    /// It was a no.
    Stopped,
}

impl Came {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Waits => "Noted. The address changes when the other one has said yes too",
            Self::Done => "The address is changed. Sign in with the new one from now on",
            Self::Taken => "Nothing is changed: the new address has a sign-in of its own",
            Self::Stopped => "Stopped. The address stays as it was",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_is_read_as_somebody_writes_it() {
        let code = Code::fresh();
        for typed in [code.spoken(), code.reveal().to_lowercase(), format!(" {} ", code.spoken().replace('-', " "))] {
            assert_eq!(Code::from_text(&typed).map(|read| read.0), Some(code.0.clone()), "{typed}");
        }
        assert_eq!(Code::from_text("oiL1-2345").map(|read| read.0).as_deref(), Some("01112345"));
        assert!(Code::from_text("1234567").is_none() && Code::from_text("1234567é").is_none());
    }
}
