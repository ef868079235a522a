//! What signing in deals with.

use crate::platform::{
    ids::{AccountId, AgencyId, MembershipId, PartnerId, SessionId},
    labels::Label as _,
    policy::Hat,
};
use chrono::{DateTime, Utc};

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
    pub(super) role: String,
    pub(super) body_name: Option<String>,
    pub(super) steward: bool,
    pub(super) lived_experience: bool,
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
    /// The hat as the policy knows it.
    pub(super) fn hat(&self) -> Option<Hat> {
        Hat::parse(&self.role).map(|hat| if hat == Hat::Partner && self.steward { Hat::Steward } else { hat })
    }
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
    pub(super) account: Option<AccountId>,
    pub(super) is_demo: bool,
    /// A body's first steward may not be somebody of the agency's own side.
    pub(super) on_both_sides: bool,
}
