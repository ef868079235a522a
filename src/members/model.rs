//! What a membership is, and who may do what about it.

use super::me::Channel;
use crate::{
    mail::Language,
    platform::{
        asker::Asker,
        ids::{MembershipId, PartnerId},
        labels::Label as _,
        policy::Hat,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

labels! {
    /// What a membership lets its bearer do.
    pub enum Role {
        Director = "director", "director";
        Staff = "staff", "staff";
        Analyst = "analyst", "analyst";
        Administrator = "administrator", "administrator";
        Partner = "partner", "partner";
    }
}

labels! {
    /// A role on the agency's side of the table.
    pub enum AgencyRole {
        Director = "director", "Director";
        Staff = "staff", "Staff";
        Analyst = "analyst", "Analyst";
        Administrator = "administrator", "Administrator";
    }
}

impl AgencyRole {
    /// As somebody has it: "an analyst".
    pub(super) fn of_somebody(self) -> &'static str {
        match self {
            Self::Director => "a director",
            Self::Staff => "staff",
            Self::Analyst => "an analyst",
            Self::Administrator => "an administrator",
        }
    }

    /// What it is for, in a sentence.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Director => "Everything staff may, and answers for the agency: publishes, decides, lends duties.",
            Self::Staff => "Runs partners, sessions, barriers, plans and answers.",
            Self::Analyst => "Reads what the agency may read, makes exports. Changes no record of the partnership.",
            Self::Administrator => "Members, roles, settings and the log. Opens no partner’s words.",
        }
    }
}

labels! {
    /// Where a membership stands.
    pub enum State {
        Proposed = "proposed", "proposed";
        Invited = "invited", "invited";
        Accepted = "accepted", "accepted";
        Active = "active", "active";
        Suspended = "suspended", "suspended";
        Ended = "ended", "ended";
    }
}

labels! {
    /// Since when a membership was not used.
    pub enum Unused {
        Month = "30", "Not for 30 days";
        Quarter = "90", "Not for 90 days";
        HalfYear = "180", "Not for half a year";
        Year = "365", "Not for a year";
        Never = "never", "Never";
    }
}

impl Unused {
    /// For at least how many days; for none, never at all.
    pub(super) fn days(self) -> Option<i32> {
        self.as_str().parse().ok()
    }
}

labels! {
    /// Which side of the table suspended somebody.
    pub enum Side {
        Agency = "agency", "the agency";
        Body = "body", "their own body";
    }
}

/// A membership as far as its reader may know it.
#[derive(Debug, Clone, Deserialize)]
pub struct Member {
    pub(super) id: MembershipId,
    /// The name shown to this reader.
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) body: Option<PartnerId>,
    pub(super) body_name: Option<String>,
    pub(super) body_path: Option<String>,
    /// Without a body: shown to most as a community member.
    pub(super) community: bool,
    /// This reader may know who they are and that they speak from lived experience.
    pub(super) known: bool,
    pub(super) state: State,
    pub(super) suspended_by: Option<Side>,
    /// Why, in the words of whoever suspended them; empty where nobody said, or where the reader may not know.
    pub(super) suspended_because: String,
    pub(super) suspended_at: Option<DateTime<Utc>>,
    pub(super) steward: bool,
    pub(super) speaks: bool,
    pub(super) binds: bool,
    pub(super) mandate: String,
    pub(super) mandate_from: Option<NaiveDate>,
    pub(super) mandate_until: Option<NaiveDate>,
    pub(super) sees_landscape: bool,
    /// Named by the body's act, which the reader received.
    pub(super) by_my_act: bool,
    pub(super) invited_by: Option<MembershipId>,
    /// The day on which it was last used here, where this reader may know.
    pub(super) seen_on: Option<NaiveDate>,
    /// They came in with two factors that day.
    pub(super) two_factors: Option<bool>,
    /// This reader may know when it was last used.
    pub(super) use_known: bool,
    pub(super) version: i32,
    pub(super) created_at: DateTime<Utc>,
    pub(super) ended_at: Option<DateTime<Utc>>,
}

impl Member {
    /// "director", "steward of Tall Pine Tribe", "community member".
    pub(super) fn words(&self) -> String {
        match (&self.body_name, self.steward) {
            (Some(body), true) => format!("steward of {body}"),
            (Some(body), false) => body.clone(),
            (None, _) if self.community => "community member".to_owned(),
            (None, _) => self.role.to_string(),
        }
    }

    /// The role alone, without its body: "steward", "representative", "director".
    pub(super) fn role_words(&self) -> String {
        match (&self.body_name, self.steward) {
            (Some(_), true) => "steward".to_owned(),
            (Some(_), false) => "representative".to_owned(),
            (None, _) => self.words(),
        }
    }

    /// What the body lets them do in its name, in words.
    pub(super) fn mandate_words(&self) -> String {
        let may = match (self.speaks, self.binds) {
            (_, true) => "may speak for the body and bind it",
            (true, false) => "may speak for the body",
            (false, false) => return "none".to_owned(),
        };
        let day =
            |lead: &str, day: Option<NaiveDate>| day.map(|day| format!("{lead}{}", crate::platform::words::day(day))).unwrap_or_default();
        format!("{may}{}{}", day(", from ", self.mandate_from), day(", until ", self.mandate_until))
    }

    /// Ending it is no ending: nobody has let them in yet.
    pub(super) fn is_proposal(&self) -> bool {
        self.state == State::Proposed
    }

    pub(super) fn landscape_words(&self) -> &'static str {
        if self.sees_landscape { "open to them" } else { "closed to them" }
    }

    /// When it was last used, in words; empty where the reader may not know or nothing is to be told.
    pub(super) fn use_words(&self) -> String {
        match (self.use_known, self.seen_on, self.state) {
            (true, Some(day), _) if self.two_factors == Some(false) => {
                format!("{}, without a second factor", crate::platform::words::day(day))
            }
            (true, Some(day), _) => crate::platform::words::day(day),
            (true, None, State::Active | State::Suspended) => "never".to_owned(),
            _ => String::new(),
        }
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.state {
            State::Active => "good",
            State::Proposed | State::Invited => "wait",
            State::Accepted | State::Suspended | State::Ended => "quiet",
        }
    }
}

/// Somebody of a body who is suspended, for its stewards.
#[derive(Debug, Clone)]
pub struct Suspended {
    /// Their membership.
    pub id: MembershipId,
    /// Their name.
    pub name: String,
    /// By the agency rather than by the body's stewards.
    pub by_agency: bool,
    /// Why, in the words of whoever suspended them; empty where nobody said.
    pub because: String,
    /// Since when.
    pub at: Option<DateTime<Utc>>,
}

/// What goes when somebody is stopped, as far as the reader may know of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Carries {
    pub(super) only_director: bool,
    pub(super) only_administrator: bool,
    /// Duties that they lent.
    pub(super) lent: i64,
    /// Duties lent to them.
    pub(super) held: i64,
    /// Duties in sessions that are not over.
    pub(super) sessions: i64,
    /// Promises that are theirs to keep.
    pub(super) promises: i64,
}

impl Carries {
    /// Each as a sentence without its full stop.
    pub(super) fn sentences(&self) -> Vec<String> {
        let count = crate::platform::words::count;
        let mut all = Vec::new();
        if self.only_director {
            all.push("They are the only director: until another one serves, nobody publishes, decides or lends duties".to_owned());
        }
        if self.only_administrator {
            all.push("They are the only administrator: make somebody else one first".to_owned());
        }
        let mut say = |number: i64, one: &str, many: &str, what: &str| {
            if number > 0 {
                all.push(format!("{} {what}", count(number, one, many)));
            }
        };
        say(self.lent, "duty", "duties", "that they lent: over at once");
        say(self.held, "duty", "duties", "lent to them");
        say(self.sessions, "duty", "duties", "in listening sessions that are not over, to be given to somebody else");
        say(self.promises, "open promise", "open promises", "of theirs, to be kept by somebody else");
        all
    }
}

/// Who asks, as the rules about one membership need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Who {
    pub(super) me: MembershipId,
    pub(super) hat: Hat,
    pub(super) body: Option<PartnerId>,
}

impl Who {
    pub(super) fn of(asker: &Asker) -> Self {
        Self { me: asker.me(), hat: asker.hat(), body: asker.body() }
    }

    fn is_steward_of(self, member: &Member) -> bool {
        self.hat == Hat::Steward && member.body.is_some() && member.body == self.body
    }

    fn administers(self) -> bool {
        self.hat == Hat::Administrator
    }

    /// Whether there may be another role for them on the agency's side. Nobody changes their own.
    pub(super) fn may_change_role(self, member: &Member) -> bool {
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
    pub(super) fn roles_to_give(self, present: Option<Role>, has_director: bool) -> Vec<AgencyRole> {
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
    pub(super) fn may_suspend(self, member: &Member) -> bool {
        member.state == State::Active && member.id != self.me && (self.administers() || self.is_steward_of(member))
    }

    /// Only the side that suspended takes up again.
    pub(super) fn may_take_up(self, member: &Member) -> bool {
        match member.suspended_by {
            Some(Side::Agency) => self.administers(),
            Some(Side::Body) => self.is_steward_of(member),
            None => false,
        }
    }

    /// Ends a membership for good; of a body's people an administrator may only take back a proposal, of directors an invitation.
    pub(super) fn may_end(self, member: &Member) -> bool {
        let ours = member.body.is_none() && (member.role != Role::Director || member.state == State::Invited);
        let by_agency = self.administers() && (ours || member.state == State::Proposed);
        member.state != State::Ended && member.id != self.me && (by_agency || self.is_steward_of(member))
    }

    /// Makes an invitation's link anew.
    pub(super) fn may_make_link(self, member: &Member) -> bool {
        let mine = self.hat.is_agency_side() && member.invited_by == Some(self.me);
        let own = member.community || member.role == Role::Director;
        let for_agency = member.body.is_none() && if own { mine } else { self.administers() };
        let first_steward = self.hat.is_agency_side() && member.by_my_act && member.steward;
        member.state == State::Invited && (for_agency || first_steward || self.is_steward_of(member))
    }

    /// Lets in somebody who was proposed.
    pub(super) fn may_admit(self, member: &Member) -> bool {
        member.state == State::Proposed && self.is_steward_of(member)
    }

    /// Says who is steward and who speaks for the body.
    pub(super) fn may_give_mandate(self, member: &Member) -> bool {
        matches!(member.state, State::Active | State::Invited) && self.is_steward_of(member)
    }

    /// Opens the landscape of all ratings to a named member of staff, or closes it.
    pub(super) fn may_open_landscape(self, member: &Member) -> bool {
        self.hat == Hat::Director && member.role == Role::Staff && member.state == State::Active
    }

    /// May know when somebody was last here: who keeps the agency's members, and of a body its stewards. Of people with lived
    /// experience nobody.
    pub(super) fn sees_use(self) -> bool {
        matches!(self.hat, Hat::Director | Hat::Administrator | Hat::Steward)
    }

    /// Members of other bodies see who is there, not who is on the way in or out.
    pub(super) fn sees_all_states(self) -> bool {
        self.hat.is_agency_side()
    }
}

/// An invitation's link that may be used still.
#[derive(Debug)]
pub(super) struct OpenLink {
    /// For which address.
    pub(super) email: String,
    /// How long.
    pub(super) until: DateTime<Utc>,
    /// A letter brings it; otherwise it was handed over.
    pub(super) by_letter: bool,
    /// When the letter was sent.
    pub(super) sent_at: Option<DateTime<Utc>>,
    /// When it was given up.
    pub(super) failed_at: Option<DateTime<Utc>>,
    /// Why it was given up, or has to be tried again.
    pub(super) error: Option<String>,
}

impl OpenLink {
    /// How its letter fares, as a mark.
    pub(super) fn state(&self) -> &'static str {
        match (self.sent_at, self.failed_at, &self.error) {
            (Some(_), ..) => "sent",
            (_, Some(_), _) => "given up",
            (.., Some(_)) => "tried again soon",
            _ => "on its way",
        }
    }
}

/// Somebody to invite onto the agency's side, or as a person with lived experience.
#[derive(Debug)]
pub(super) struct Invited {
    pub(super) name: String,
    pub(super) email: String,
    /// None: a person with lived experience, without a body.
    pub(super) role: Option<AgencyRole>,
    /// Of a person with lived experience: the facilitators who come to know who they are.
    pub(super) readers: Vec<MembershipId>,
    /// Of a person with lived experience: how they are reached, where somebody asked them.
    pub(super) channel: Option<Channel>,
    /// In which they are written to; none: as the agency writes.
    pub(super) language: Option<Language>,
    /// Whoever invites knows that somebody of this name or address is here already.
    pub(super) again: bool,
}
