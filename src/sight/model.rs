//! The rules of `access.md` about one person and one record, said one by one. What they come to is compared with what the database
//! itself answers.

use crate::platform::{
    policy::{
        Grant, Hat, Permission as _, ViewFramework, ViewGroups, ViewLoops, ViewObstacles, ViewOutreach, ViewPartners, ViewSessions,
        ViewStatements, ViewThemes,
    },
    subject::{Audience, Kind},
};
use serde::{Deserialize, Serialize};

crate::id!(
    /// One question that was asked.
    QuestionId
);

/// Said where the database answers otherwise than the rules above it: a rule that this page does not know.
pub(super) const FURTHER: &str = "A further rule of the records decides here, which this page cannot put into words";

/// Everything that the rules ask of a person and a record.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    /// As stored: only an active membership opens anything.
    pub(super) state: String,
    pub(super) hat: Hat,
    /// "steward of Tall Pine Tribe", "director".
    pub(super) as_what: String,
    pub(super) kind: Kind,
    pub(super) audience: Audience,
    pub(super) has_body: bool,
    pub(super) same_body: bool,
    pub(super) is_author: bool,
    pub(super) is_named: bool,
    /// Consent lets analysts use it.
    pub(super) for_analysts: bool,
    pub(super) is_protected: bool,
    pub(super) is_withdrawn: bool,
    /// The asker may know whose the record is and whom they named.
    pub(super) told_all: bool,
    /// What the database answers under the person's own standing; without it, where the asker may not know who that is, under their
    /// role and body alone.
    pub(super) shown: bool,
}

/// One sentence: for it, against it, or neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) weighs: Option<bool>,
    pub(super) said: String,
}

/// The permission that opens pages of a kind.
fn opened_by(kind: Kind) -> Grant {
    match kind {
        Kind::Partner => ViewPartners::GRANT,
        Kind::Outreach => ViewOutreach::GRANT,
        Kind::Session => ViewSessions::GRANT,
        Kind::Statement => ViewStatements::GRANT,
        Kind::Theme => ViewThemes::GRANT,
        Kind::Loop => ViewLoops::GRANT,
        Kind::Group | Kind::Meeting => ViewGroups::GRANT,
        Kind::Obstacle => ViewObstacles::GRANT,
        Kind::Barrier | Kind::Goal | Kind::Plan | Kind::Commitment => ViewFramework::GRANT,
    }
}

impl Facts {
    fn is_active(&self) -> bool {
        self.state == "active"
    }

    fn role_opens(&self) -> bool {
        opened_by(self.kind).hats.contains(&self.hat)
    }

    /// The answer.
    pub(super) fn sees(&self) -> bool {
        self.is_active() && self.role_opens() && self.shown
    }

    /// Among the readers by role and body.
    fn is_reader(&self) -> bool {
        match self.audience {
            Audience::Partnership | Audience::Public => true,
            Audience::Author => false,
            Audience::Body => self.same_body,
            Audience::Leadership => self.same_body || self.hat == Hat::Director,
            Audience::Agency => self.same_body || matches!(self.hat, Hat::Director | Hat::Staff | Hat::Analyst),
        }
    }

    fn is_meant(&self) -> bool {
        self.told_all && (self.is_author || self.is_named)
    }

    /// What the sentences come to, but for a body's protocols, which only the database weighs.
    fn by_the_sentences(&self) -> bool {
        let words = matches!(self.kind, Kind::Statement | Kind::Loop | Kind::Obstacle);
        (self.is_reader() || self.is_meant())
            && !(words && self.hat == Hat::Administrator)
            && (self.hat != Hat::Analyst || self.for_analysts)
    }

    /// Why, rule by rule.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts = vec![self.standing()];
        parts.push(self.role());
        parts.push(self.readers());
        parts.extend(self.meant());
        parts.extend(self.restrictions());
        if self.by_the_sentences() != self.shown && (!self.is_protected || self.shown) {
            parts.push(Part { weighs: Some(self.shown), said: FURTHER.to_owned() });
        }
        if self.is_withdrawn {
            parts.push(Part { weighs: None, said: "Its words are gone. What is seen is the mark that something was here".to_owned() });
        }
        parts
    }

    fn standing(&self) -> Part {
        let said = if self.is_active() {
            format!(
                "The membership is active, as {}. Another role of the same person is asked about on its own: two never add up",
                self.as_what
            )
        } else {
            format!("The membership is {}: while it is, nothing here opens", self.state)
        };
        Part { weighs: Some(self.is_active()), said }
    }

    fn role(&self) -> Part {
        let said = if self.role_opens() { "The role opens pages of this kind" } else { "Pages of this kind are not part of the role" };
        Part { weighs: Some(self.role_opens()), said: said.to_owned() }
    }

    fn readers(&self) -> Part {
        use crate::platform::labels::Label as _;
        let why = match (self.is_reader(), self.audience) {
            (true, Audience::Partnership | Audience::Public) => "which every member is",
            (true, _) if self.same_body => "as one of its body",
            (true, _) => "by their role",
            (false, Audience::Author) => "which nobody is by role or body",
            (false, _) if self.has_body => "neither by role nor by body",
            (false, _) => "by their role, and without a body they belong to none",
        };
        let are = if self.is_reader() { "They are among these" } else { "They are not among these" };
        Part { weighs: Some(self.is_reader()), said: format!("The record is for {}. {are}, {why}", self.audience.label()) }
    }

    fn meant(&self) -> Option<Part> {
        if !self.told_all {
            let said = "Whether it is their own, or names them as a reader, is told to its author and their body’s stewards alone, and does not stand in this answer";
            return Some(Part { weighs: None, said: said.to_owned() });
        }
        match (self.is_author, self.is_named, self.is_reader()) {
            (true, ..) => Some(Part { weighs: Some(true), said: "It is their own".to_owned() }),
            (_, true, _) => Some(Part { weighs: Some(true), said: "It names them as a reader".to_owned() }),
            (_, _, false) => Some(Part { weighs: Some(false), said: "It is not their own, and does not name them as a reader".to_owned() }),
            _ => None,
        }
    }

    fn restrictions(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut say = |weighs: bool, said: &str| parts.push(Part { weighs: Some(weighs), said: said.to_owned() });
        if self.hat == Hat::Administrator && matches!(self.kind, Kind::Statement | Kind::Loop | Kind::Obstacle) {
            say(false, "Being administrator opens no partner’s words");
        }
        if self.hat == Hat::Analyst {
            let said = if self.for_analysts {
                "The consent that an analyst’s use needs is there"
            } else {
                "An analyst sees it only with consent to that use, which is not there"
            };
            say(self.for_analysts, said);
        }
        if self.is_protected {
            let said = if self.shown {
                "It carries protocols of its body, and they let them read it"
            } else {
                "It carries protocols of its body, which say who reads it, within the readers above"
            };
            say(self.shown, said);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(hat: Hat, kind: Kind, audience: Audience) -> Facts {
        Facts {
            state: "active".to_owned(),
            hat,
            as_what: "staff".to_owned(),
            kind,
            audience,
            has_body: false,
            same_body: false,
            is_author: false,
            is_named: false,
            for_analysts: true,
            is_protected: false,
            is_withdrawn: false,
            told_all: true,
            shown: true,
        }
    }

    #[test]
    fn nothing_opens_to_a_membership_that_is_not_active_or_a_role_without_the_page() {
        let mut one = facts(Hat::Director, Kind::Statement, Audience::Partnership);
        assert!(one.sees());
        one.state = "suspended".to_owned();
        assert!(!one.sees() && one.parts()[0].said.contains("suspended"));
        assert!(!facts(Hat::Administrator, Kind::Statement, Audience::Partnership).sees());
    }

    #[test]
    fn whose_it_is_stays_unsaid_to_whoever_may_not_know() {
        let mut one = Facts { is_author: true, told_all: false, shown: false, ..facts(Hat::Partner, Kind::Statement, Audience::Author) };
        let theirs = one.parts();
        one.is_author = false;
        assert_eq!(theirs, one.parts(), "an author reads as anybody else");
        assert!(!one.sees());
        one.told_all = true;
        assert!(one.parts().iter().any(|part| part.said.contains("not their own")));
    }

    proptest! {
        /// What weighs against something is always said where the answer is no, and nothing weighs against where it is yes.
        #[test]
        fn the_sentences_bear_the_answer(
            hat in proptest::sample::select(vec![Hat::Director, Hat::Staff, Hat::Analyst, Hat::Administrator, Hat::Partner, Hat::Steward]),
            kind in proptest::sample::select(vec![Kind::Partner, Kind::Session, Kind::Statement, Kind::Theme, Kind::Loop, Kind::Plan, Kind::Outreach]),
            audience in proptest::sample::select(vec![Audience::Author, Audience::Body, Audience::Leadership, Audience::Agency, Audience::Partnership, Audience::Public]),
            flags in proptest::array::uniform7(any::<bool>()),
        ) {
            let [same_body, is_author, is_named, for_analysts, told_all, active, is_withdrawn] = flags;
            let mut one = Facts { has_body: same_body, same_body, is_author, is_named, for_analysts, told_all, is_withdrawn, ..facts(hat, kind, audience) };
            one.state = if active { "active" } else { "ended" }.to_owned();
            one.shown = one.by_the_sentences();
            let parts = one.parts();
            prop_assert!(parts.iter().all(|part| part.said != FURTHER));
            if !one.sees() {
                prop_assert!(parts.iter().any(|part| part.weighs == Some(false)), "{parts:?}");
            }
            one.shown = !one.shown;
            prop_assert!(one.parts().iter().any(|part| part.said == FURTHER), "another answer of the database is never passed over");
        }
    }
}
