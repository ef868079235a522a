//! How somebody showed that it is them: by what, when, and whether that is enough for the agency whose door they stand at. An
//! account serves many agencies, so this is asked at each door and not once at the sign-in.

use super::{ids::AgencyId, policy::Hat};
use chrono::{DateTime, Duration, Utc};

labels! {
    /// By what a sign-in was proved.
    pub enum ProvedBy {
        Password = "password", "password";
        /// Unlocked by its person (with a finger, a face or a number), so it is two factors by itself.
        Passkey = "passkey", "passkey";
        /// The word of an agency's own provider.
        Sso = "sso", "single sign-on";
    }
}

labels! {
    /// What an agency asks of its own side at the sign-in.
    pub enum SignInRule {
        Password = "password", "A password is enough";
        SecondFactor = "second_factor", "A second factor or a passkey";
        Sso = "sso", "The agency’s single sign-on";
    }
}

/// For how long after somebody showed that it is them they need not show it again for what is delicate.
pub const FRESH: Duration = Duration::minutes(15);
/// For how long after signing in its own word is enough for what changes the sign-in itself. Later it is given once more.
pub const JUST_NOW: Duration = Duration::minutes(2);

/// How one sign-in was proved.
#[derive(Debug, Clone, Copy)]
pub struct Proof {
    /// By what.
    pub by: ProvedBy,
    /// A second factor was given besides.
    pub second: bool,
    /// When it was last shown.
    pub at: DateTime<Utc>,
    /// The agency whose provider vouched, for a single sign-on.
    pub vouched_by: Option<AgencyId>,
}

/// What a sign-in lacks for an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A second factor, or a passkey.
    SecondFactor,
    /// The word of that agency's provider.
    Sso,
    /// A sign-in of the person's own: an agency's provider vouches for its own side alone. Whoever runs it could otherwise come in
    /// anywhere as anybody, also as a body's steward.
    Own,
}

impl Proof {
    /// What is missing to come in to an agency under this hat, where its rule is `rule` today.
    #[must_use]
    pub fn lacks(&self, agency: AgencyId, rule: SignInRule, hat: Hat) -> Option<Lack> {
        let own_side = hat.is_agency_side();
        if self.by == ProvedBy::Sso && !(own_side && self.vouched_by == Some(agency)) {
            return Some(if own_side && rule == SignInRule::Sso { Lack::Sso } else { Lack::Own });
        }
        match rule {
            SignInRule::SecondFactor if own_side && !self.is_double() => Some(Lack::SecondFactor),
            SignInRule::Sso if own_side && self.by != ProvedBy::Sso => Some(Lack::Sso),
            _ => None,
        }
    }

    /// Whether it rests on two factors.
    #[must_use]
    pub fn is_double(&self) -> bool {
        self.second || self.by == ProvedBy::Passkey
    }

    /// Whether it was shown so lately that what is delicate needs no further word.
    #[must_use]
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now - self.at < FRESH
    }

    /// Whether it was shown just now.
    #[must_use]
    pub fn is_of_just_now(&self, now: DateTime<Utc>) -> bool {
        now - self.at <= JUST_NOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency() -> AgencyId {
        AgencyId(uuid::Uuid::from_u128(1))
    }

    fn proof(by: ProvedBy, second: bool, vouched_by: Option<u128>) -> Proof {
        Proof { by, second, at: DateTime::UNIX_EPOCH, vouched_by: vouched_by.map(|id| AgencyId(uuid::Uuid::from_u128(id))) }
    }

    #[test]
    fn an_agencys_rule_is_for_its_own_side() {
        let (password, both) = (proof(ProvedBy::Password, false, None), proof(ProvedBy::Password, true, None));
        let (passkey, vouched) = (proof(ProvedBy::Passkey, false, None), proof(ProvedBy::Sso, false, Some(1)));
        for (shown, rule, lack) in [
            (password, SignInRule::Password, None),
            (password, SignInRule::SecondFactor, Some(Lack::SecondFactor)),
            (password, SignInRule::Sso, Some(Lack::Sso)),
            (both, SignInRule::SecondFactor, None),
            (both, SignInRule::Sso, Some(Lack::Sso)),
            (passkey, SignInRule::SecondFactor, None),
            (passkey, SignInRule::Sso, Some(Lack::Sso)),
            (vouched, SignInRule::Password, None),
            (vouched, SignInRule::SecondFactor, Some(Lack::SecondFactor)),
            (vouched, SignInRule::Sso, None),
            (proof(ProvedBy::Sso, true, Some(1)), SignInRule::SecondFactor, None),
        ] {
            assert_eq!(shown.lacks(agency(), rule, Hat::Staff), lack, "{shown:?} under {rule:?}");
        }
        for rule in [SignInRule::SecondFactor, SignInRule::Sso] {
            assert_eq!(password.lacks(agency(), rule, Hat::Steward), None, "a body is not the agency’s to command");
        }
    }

    #[test]
    fn an_agency_vouches_for_nobody_but_its_own_side() {
        let (here, elsewhere) = (proof(ProvedBy::Sso, true, Some(1)), proof(ProvedBy::Sso, true, Some(2)));
        for hat in [Hat::Partner, Hat::Steward] {
            assert_eq!(here.lacks(agency(), SignInRule::Sso, hat), Some(Lack::Own), "{hat:?}");
        }
        assert_eq!(elsewhere.lacks(agency(), SignInRule::Password, Hat::Director), Some(Lack::Own));
        assert_eq!(elsewhere.lacks(agency(), SignInRule::Sso, Hat::Director), Some(Lack::Sso));
    }

    #[test]
    fn what_was_shown_grows_old_after_a_quarter_of_an_hour() {
        let shown = proof(ProvedBy::Passkey, false, None);
        assert!(shown.is_fresh(shown.at + FRESH - Duration::seconds(1)) && !shown.is_fresh(shown.at + FRESH));
        assert!(shown.is_of_just_now(shown.at + JUST_NOW) && !shown.is_of_just_now(shown.at + JUST_NOW + Duration::seconds(1)));
    }
}
