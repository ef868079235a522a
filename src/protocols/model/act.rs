//! What stewards do with protocols and labels, what waits for a second one, and that one's word.

use super::{LAPSES, ProtocolId, RequestId, RequestState, What};
use crate::platform::{
    ids::{MembershipId, PartnerId},
    labels::Label as _,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A protocol about to be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::protocols) struct NewProtocol {
    pub(in crate::protocols) name: String,
    pub(in crate::protocols) words: String,
    pub(in crate::protocols) reasons: String,
    pub(in crate::protocols) shows_reasons: bool,
    pub(in crate::protocols) named_only: bool,
    pub(in crate::protocols) guests: Guests,
}

/// Who is to be let in, and until which day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::protocols) struct Guests {
    pub(in crate::protocols) members: Vec<MembershipId>,
    pub(in crate::protocols) roles: Vec<String>,
    /// Other bodies, each with all of its people.
    #[serde(default)]
    pub(in crate::protocols) bodies: Vec<PartnerId>,
    pub(in crate::protocols) until: Option<NaiveDate>,
}

impl Guests {
    pub(in crate::protocols) fn is_empty(&self) -> bool {
        self.members.is_empty() && self.roles.is_empty() && self.bodies.is_empty()
    }
}

/// A label about to be set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::protocols) struct NewLabel {
    /// None: on all that the body's people contribute.
    pub(in crate::protocols) item: Option<uuid::Uuid>,
    pub(in crate::protocols) name: String,
    pub(in crate::protocols) words: String,
    pub(in crate::protocols) link: String,
}

/// What lets more people read, or speaks for the whole body: a second steward's word is needed where there is one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::protocols) enum Act {
    Make(NewProtocol),
    Change { protocol: ProtocolId, all_own_people: bool, shows_reasons: bool },
    Readers { protocol: ProtocolId, guests: Guests },
    End { protocol: ProtocolId },
    Put { item: uuid::Uuid, protocol: ProtocolId },
    TakeOff { item: uuid::Uuid, protocol: ProtocolId },
    Any { item: uuid::Uuid },
    Label(NewLabel),
    LabelEnd { label: uuid::Uuid },
}

impl Act {
    /// The kind of act.
    pub(in crate::protocols) fn what(&self) -> What {
        match self {
            Self::Make(_) => What::Make,
            Self::Change { .. } => What::Change,
            Self::Readers { .. } => What::Readers,
            Self::End { .. } => What::End,
            Self::Put { .. } => What::Put,
            Self::TakeOff { .. } => What::TakeOff,
            Self::Any { .. } => What::Any,
            Self::Label(_) => What::Label,
            Self::LabelEnd { .. } => What::LabelEnd,
        }
    }

    /// The protocol that it changes.
    pub(in crate::protocols) fn protocol(&self) -> Option<ProtocolId> {
        match self {
            Self::Change { protocol, .. }
            | Self::Readers { protocol, .. }
            | Self::End { protocol }
            | Self::Put { protocol, .. }
            | Self::TakeOff { protocol, .. } => Some(*protocol),
            Self::Make(_) | Self::Any { .. } | Self::Label(_) | Self::LabelEnd { .. } => None,
        }
    }

    /// The item that it changes.
    pub(in crate::protocols) fn item(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Put { item, .. } | Self::TakeOff { item, .. } | Self::Any { item } => Some(*item),
            Self::Label(label) => label.item,
            _ => None,
        }
    }

    /// The label that it takes off.
    pub(in crate::protocols) fn label(&self) -> Option<uuid::Uuid> {
        if let Self::LabelEnd { label } = self { Some(*label) } else { None }
    }

    /// Who would be let in by it.
    pub(in crate::protocols) fn guests(&self) -> Option<&Guests> {
        match self {
            Self::Make(NewProtocol { guests, .. }) | Self::Readers { guests, .. } => Some(guests),
            _ => None,
        }
    }

    /// How the log calls it.
    pub(in crate::protocols) fn said(&self) -> &'static str {
        match self {
            Self::Make(_) => "made",
            Self::Change { .. } => "widened",
            Self::Readers { .. } => "let readers in under",
            Self::End { .. } => "ended",
            Self::Put { .. } => "put on an item",
            Self::TakeOff { .. } => "took off an item",
            Self::Any { .. } => "made any of them enough for an item",
            Self::Label(_) => "set",
            Self::LabelEnd { .. } => "took off",
        }
    }

    /// What the log says it was done to.
    pub(in crate::protocols) fn kind(&self) -> &'static str {
        if matches!(self, Self::Label(_) | Self::LabelEnd { .. }) { "label" } else { "protocol" }
    }
}

/// What became of an act: it was done, or waits for a second steward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::protocols) enum Became {
    Done,
    Waits,
}

impl Became {
    /// What the steward is told.
    pub(in crate::protocols) fn told(self) -> &'static str {
        match self {
            Self::Done => "Done. You are the only steward, so it acts at once",
            Self::Waits => "Asked. It acts once a second steward says yes; all stewards see it",
        }
    }

    /// The same after what a protocol says was changed, where some of it acts at once.
    pub(in crate::protocols) fn told_of_change(self) -> &'static str {
        match self {
            Self::Done => "Saved. It holds from now on",
            Self::Waits => "Saved. What lets more people read waits for a second steward",
        }
    }

    /// The same after something was done on an item's page.
    pub(in crate::protocols) fn told_of_item(self) -> &'static str {
        match self {
            Self::Done => "Done. It holds from now on",
            Self::Waits => self.told(),
        }
    }
}

/// What came of putting a protocol on several things.
#[derive(Debug, Clone, Copy)]
pub struct PutOn {
    /// On so many it narrowed who reads.
    pub(in crate::protocols) narrowed: usize,
    /// On so many it would let more people read.
    pub(in crate::protocols) asked: usize,
    /// There is a second steward, for whom those wait.
    pub(in crate::protocols) waits: bool,
}

impl PutOn {
    /// How many things, and what the steward is told of one or of several; nothing where all carry it already.
    #[must_use]
    pub fn told(self) -> Option<(usize, &'static str, &'static str)> {
        const CARRY: (&str, &str) = ("thing carries it from now on", "things carry it from now on");
        const WAIT: (&str, &str) =
            ("thing waits for it until a second steward says yes", "things wait for it until a second steward says yes");
        const SOME: (&str, &str) = (
            "thing carries it from now on. Where it would let more people read, it waits for a second steward",
            "things carry it from now on. Where it would let more people read, it waits for a second steward",
        );
        let (number, (one, many)) = match self {
            Self { narrowed: 0, asked: 0, .. } => return None,
            Self { waits: false, .. } => (self.narrowed + self.asked, CARRY),
            Self { narrowed: 0, .. } => (self.asked, WAIT),
            Self { .. } => (self.narrowed, SOME),
        };
        Some((number, one, many))
    }
}

/// What came of taking a protocol off several things.
#[derive(Debug, Clone, Copy)]
pub struct TakenOff {
    /// It is off so many, or so many wait.
    pub(in crate::protocols) number: usize,
    /// There is a second steward, for whom they wait.
    pub(in crate::protocols) waits: bool,
}

impl TakenOff {
    /// How many things, and what the steward is told of one or of several; nothing where none carries it, or all wait already.
    #[must_use]
    pub fn told(self) -> Option<(usize, &'static str, &'static str)> {
        let (one, many) = if self.waits {
            ("thing keeps it until a second steward says yes", "things keep it until a second steward says yes")
        } else {
            ("thing does not carry it any more", "things do not carry it any more")
        };
        (self.number > 0).then_some((self.number, one, many))
    }

    /// There is a second steward, whose word it takes.
    #[must_use]
    pub fn waits(self) -> bool {
        self.waits
    }
}

/// A request as the stewards see it.
#[derive(Debug, Clone)]
pub(in crate::protocols) struct Request {
    pub(in crate::protocols) id: RequestId,
    pub(in crate::protocols) what: What,
    pub(in crate::protocols) act: Option<Act>,
    pub(in crate::protocols) protocol_name: Option<String>,
    pub(in crate::protocols) item: Option<uuid::Uuid>,
    /// The item's title, where the reader may see it.
    pub(in crate::protocols) item_title: Option<String>,
    pub(in crate::protocols) label_name: Option<String>,
    /// Who would be let in, by name.
    pub(in crate::protocols) guests: Vec<String>,
    /// The bodies whose people would be let in, by name.
    pub(in crate::protocols) guest_bodies: Vec<String>,
    pub(in crate::protocols) asked_by: MembershipId,
    pub(in crate::protocols) asker: String,
    pub(in crate::protocols) asked_at: DateTime<Utc>,
    pub(in crate::protocols) state: RequestState,
    pub(in crate::protocols) decider: Option<String>,
    pub(in crate::protocols) decided_at: Option<DateTime<Utc>>,
    pub(in crate::protocols) because: String,
}

impl Request {
    /// It still waits at this moment.
    pub(in crate::protocols) fn waits(&self, now: DateTime<Utc>) -> bool {
        self.state == RequestState::Waiting && now < self.asked_at + LAPSES
    }

    /// The moment at which it lapses.
    pub(in crate::protocols) fn lapses_at(&self) -> DateTime<Utc> {
        self.asked_at + LAPSES
    }

    /// How its mark is drawn.
    pub(in crate::protocols) fn tone(&self, now: DateTime<Utc>) -> &'static str {
        if self.waits(now) { "wait" } else { "quiet" }
    }

    /// How far it is, in words.
    pub(in crate::protocols) fn state_words(&self, now: DateTime<Utc>) -> &'static str {
        if self.state == RequestState::Waiting && !self.waits(now) { "lapsed: no second word in 30 days" } else { self.state.label() }
    }
}

/// What a steward says to another's request.
#[derive(Debug)]
pub(in crate::protocols) enum Word {
    Approve,
    Refuse(String),
    TakeBack,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    fn request(state: RequestState, asked_at: DateTime<Utc>) -> Request {
        Request {
            id: RequestId::fresh(),
            what: What::End,
            act: None,
            protocol_name: None,
            item: None,
            item_title: None,
            label_name: None,
            guests: Vec::new(),
            guest_bodies: Vec::new(),
            asked_by: MembershipId::fresh(),
            asker: String::new(),
            asked_at,
            state,
            decider: None,
            decided_at: None,
            because: String::new(),
        }
    }

    #[test]
    fn a_request_waits_thirty_days_and_no_moment_longer() {
        let asked = DateTime::<Utc>::UNIX_EPOCH;
        let one = request(RequestState::Waiting, asked);
        assert!(one.waits(asked + LAPSES - Duration::seconds(1)));
        assert!(!one.waits(asked + LAPSES));
        assert_eq!(one.state_words(asked + LAPSES), "lapsed: no second word in 30 days");
        assert!(!request(RequestState::Refused, asked).waits(asked));
    }
}
