//! On whose behalf a transaction runs.

use super::{
    ids::{AccountId, AgencyId, MembershipId, PartnerId},
    policy::Hat,
};
use chrono_tz::Tz;

/// What the policies are told.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The tenant.
    pub agency: AgencyId,
    /// The person's account, if any.
    pub account: Option<AccountId>,
    /// The membership whose hat is worn.
    pub membership: Option<MembershipId>,
    /// The hat.
    pub hat: Hat,
    /// The body of a partner's member.
    pub body: Option<PartnerId>,
    /// Whether the landscape of all ratings is open to this person.
    pub landscape: bool,
    /// The record, or the speaker, that a link's bearer may reach.
    pub link: Option<uuid::Uuid>,
    /// The agency's time zone: in it a moment becomes a day.
    pub zone: Tz,
}

impl Standing {
    /// Somebody with what is theirs alone: where moments are written and no day is asked for.
    #[must_use]
    pub fn plain(agency: AgencyId, account: AccountId, membership: MembershipId) -> Self {
        Self {
            agency,
            account: Some(account),
            membership: Some(membership),
            hat: Hat::Partner,
            body: None,
            landscape: false,
            link: None,
            zone: Tz::UTC,
        }
    }
}
