//! Who asks, and what they may do about a membership.

use super::{AgencyRole, Member, Role, Side, State};
use crate::platform::{
    asker::Asker,
    ids::{MembershipId, PartnerId},
    labels::Label as _,
    policy::Hat,
};

/// Who asks, as the rules about one membership need it.
#[derive(Debug, Clone, Copy)]
pub(in crate::members) struct Who {
    pub(in crate::members) me: MembershipId,
    pub(in crate::members) hat: Hat,
    pub(in crate::members) body: Option<PartnerId>,
}

impl Who {
    pub(in crate::members) fn of(asker: &Asker) -> Self {
        Self { me: asker.me(), hat: asker.hat(), body: asker.body() }
    }

    fn is_steward_of(self, member: &Member) -> bool {
        self.hat == Hat::Steward && member.body.is_some() && member.body == self.body
    }

    fn administers(self) -> bool {
        self.hat == Hat::Administrator
    }

    /// Whether there may be another role for them on the agency's side. Nobody changes their own.
    pub(in crate::members) fn may_change_role(self, member: &Member) -> bool {
        let open = !matches!(member.state, State::Ended | State::Proposed);
        let mine = match self.hat {
            Hat::Director => true,
            Hat::Administrator => member.role != Role::Director,
            _ => false,
        };
        mine && member.body.is_none() && !member.community && open && member.id != self.me
    }

    /// The roles that this person gives to somebody who has this one, or none yet: a director makes directors and unmakes them,
    /// an administrator gives every other role, and a director's only where none serves.
    pub(in crate::members) fn roles_to_give(self, present: Option<Role>, has_director: bool) -> Vec<AgencyRole> {
        let others = [AgencyRole::Staff, AgencyRole::Analyst, AgencyRole::Administrator];
        match (self.hat, present) {
            (Hat::Director, Some(Role::Director)) => others.to_vec(),
            (Hat::Director, _) => vec![AgencyRole::Director],
            (Hat::Administrator, Some(Role::Director)) => Vec::new(),
            (Hat::Administrator, _) if has_director => others.to_vec(),
            (Hat::Administrator, _) => AgencyRole::ALL.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Stops somebody from coming in; their side may let them in again.
    pub(in crate::members) fn may_suspend(self, member: &Member) -> bool {
        member.state == State::Active && member.id != self.me && (self.administers() || self.is_steward_of(member))
    }

    /// Only the side that suspended takes up again.
    pub(in crate::members) fn may_take_up(self, member: &Member) -> bool {
        match member.suspended_by {
            Some(Side::Agency) => self.administers(),
            Some(Side::Body) => self.is_steward_of(member),
            None => false,
        }
    }

    /// Ends a membership for good; of a body's people an administrator may only take back a proposal, of directors an invitation.
    pub(in crate::members) fn may_end(self, member: &Member) -> bool {
        let ours = member.body.is_none() && (member.role != Role::Director || member.state == State::Invited);
        let by_agency = self.administers() && (ours || member.state == State::Proposed);
        member.state != State::Ended && member.id != self.me && (by_agency || self.is_steward_of(member))
    }

    /// Makes an invitation's link anew.
    pub(in crate::members) fn may_make_link(self, member: &Member) -> bool {
        let mine = self.hat.is_agency_side() && member.invited_by == Some(self.me);
        let own = member.community || member.role == Role::Director;
        let for_agency = member.body.is_none() && if own { mine } else { self.administers() };
        let first_steward = self.hat.is_agency_side() && member.by_my_act && member.steward;
        member.state == State::Invited && (for_agency || first_steward || self.is_steward_of(member))
    }

    /// Lets in somebody who was proposed.
    pub(in crate::members) fn may_admit(self, member: &Member) -> bool {
        member.state == State::Proposed && self.is_steward_of(member)
    }

    /// Says who is steward and who speaks for the body.
    pub(in crate::members) fn may_give_mandate(self, member: &Member) -> bool {
        matches!(member.state, State::Active | State::Invited) && self.is_steward_of(member)
    }

    /// Enters for them what they tell, where they cannot come to the site: the agency's directors and staff, or their own body's people; for
    /// somebody with lived experience only whom they let know who they are. Whether they want it the database knows.
    pub(in crate::members) fn may_enter_for(self, member: &Member) -> bool {
        let of_their_side = match self.hat {
            Hat::Director | Hat::Staff => true,
            Hat::Partner | Hat::Steward => member.body.is_some() && member.body == self.body,
            _ => false,
        };
        let may_know = !member.community || member.known;
        of_their_side && may_know && member.role == Role::Partner && member.state == State::Active && member.id != self.me
    }

    /// Opens the landscape of all ratings to a named member of staff, or closes it.
    pub(in crate::members) fn may_open_landscape(self, member: &Member) -> bool {
        self.hat == Hat::Director && member.role == Role::Staff && member.state == State::Active
    }

    /// May know when somebody was last here: who keeps the agency's members, and of a body its stewards. Of people with lived
    /// experience nobody.
    pub(in crate::members) fn sees_use(self) -> bool {
        matches!(self.hat, Hat::Director | Hat::Administrator | Hat::Steward)
    }

    /// Members of other bodies see who is there, not who is on the way in or out.
    pub(in crate::members) fn sees_all_states(self) -> bool {
        self.hat.is_agency_side()
    }
}
