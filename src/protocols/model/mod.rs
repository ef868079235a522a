//! What a protocol is, who reads under it, and what carries it.

mod act;
mod mark;

pub(in crate::protocols) use act::{Act, Became, Guests, NewLabel, NewProtocol, Request, Word};
pub use act::{PutOn, TakenOff};
pub use mark::{CopiedProtocol, Mark, Marked, in_a_line};

use crate::platform::{ids::PartnerId, labels::Label as _};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::Deserialize;

crate::id!(
    /// A protocol of a body.
    ProtocolId
);
crate::id!(
    /// What waits for a second steward's word.
    RequestId
);

/// A request lapses after this time.
pub(in crate::protocols) const LAPSES: Duration = Duration::days(30);

labels! {
    /// Which of the body's own people read under a protocol.
    pub enum OwnPeople {
        All = "all", "All of our people";
        Named = "named", "Only those of our people whom we name";
    }
}

labels! {
    /// Roles on the agency's side that may be let in as a whole. An administrator reads no partner's words.
    pub enum GuestRole {
        Director = "director", "The agency’s directors";
        Staff = "staff", "The agency’s staff";
        Analyst = "analyst", "The agency’s analysts";
    }
}

labels! {
    /// How many of its protocols somebody must be in to read an item.
    pub enum Way {
        All = "all", "Those who are in all of them";
        Any = "any", "Those who are in any of them";
    }
}

labels! {
    /// What a steward asks a second one for.
    pub enum What {
        Make = "make", "a new protocol";
        Change = "change", "a protocol read by more people, or with its reasons shown";
        Readers = "readers", "more readers under a protocol";
        End = "end", "the end of a protocol";
        Put = "put", "one more protocol, where any of them is enough";
        TakeOff = "take_off", "taking a protocol off";
        Any = "any", "any of the protocols instead of all of them";
        Label = "label", "a label";
        LabelEnd = "label_end", "taking a label off";
    }
}

labels! {
    /// How far a request is.
    pub enum RequestState {
        Waiting = "waiting", "waits for a second steward";
        Approved = "approved", "approved";
        Refused = "refused", "refused";
        TakenBack = "taken_back", "taken back";
    }
}

labels! {
    /// The notices of Local Contexts that an agency may put. They say what the agency knows that it does not know, or offers.
    pub enum NoticeKind {
        AttributionIncomplete = "attribution_incomplete", "Attribution incomplete";
        OpenToCollaborate = "open_to_collaborate", "Open to collaborate";
        TraditionalKnowledge = "traditional_knowledge", "Traditional Knowledge notice";
        Biocultural = "biocultural", "Biocultural notice";
    }
}

/// Where the notices are explained by those who made them.
pub(in crate::protocols) const NOTICES_EXPLAINED: &str = "https://localcontexts.org/notices/aboutnotices/";

/// A protocol as its stewards, or those who read under it, see it.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::protocols) struct Protocol {
    pub(in crate::protocols) id: ProtocolId,
    pub(in crate::protocols) body: PartnerId,
    pub(in crate::protocols) name: String,
    pub(in crate::protocols) words: String,
    /// Empty for a reader to whom the body does not say them.
    pub(in crate::protocols) reasons: String,
    pub(in crate::protocols) shows_reasons: bool,
    pub(in crate::protocols) own_people: OwnPeople,
    pub(in crate::protocols) version: i32,
    pub(in crate::protocols) created_at: DateTime<Utc>,
    pub(in crate::protocols) ended_at: Option<DateTime<Utc>>,
    /// How many items carry it, as far as the reader may know.
    pub(in crate::protocols) items: i64,
    /// How many are let in, as far as the reader may know.
    pub(in crate::protocols) readers: i64,
}

/// Somebody who reads under a protocol.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::protocols) struct Reader {
    pub(in crate::protocols) id: uuid::Uuid,
    pub(in crate::protocols) name: Option<String>,
    pub(in crate::protocols) role: Option<GuestRole>,
    /// Another body, with all of its people.
    pub(in crate::protocols) guest_body: Option<String>,
    /// Where a named reader comes from.
    pub(in crate::protocols) from: Option<String>,
    pub(in crate::protocols) until: Option<NaiveDate>,
    pub(in crate::protocols) mine: bool,
    pub(in crate::protocols) over: bool,
}

impl Reader {
    /// Who it is.
    pub(in crate::protocols) fn called(&self) -> String {
        match (self.role, &self.guest_body, &self.name, &self.from) {
            (Some(role), ..) => role.label().to_owned(),
            (None, Some(body), ..) => format!("The people of {body}"),
            (None, None, Some(name), Some(from)) => format!("{name}, {from}"),
            (None, None, Some(name), None) => name.clone(),
            (None, None, None, _) => "somebody".to_owned(),
        }
    }
}

/// Something that carries protocols or labels, or may.
#[derive(Debug, Clone)]
pub(in crate::protocols) struct Item {
    pub(in crate::protocols) id: uuid::Uuid,
    pub(in crate::protocols) is_comment: bool,
    /// "statement", "comment" …
    pub(in crate::protocols) kind: String,
    /// How lists call the record; of a comment, the record's that it is about.
    pub(in crate::protocols) title: String,
    pub(in crate::protocols) path: String,
    /// The body whose people contributed it; none for what the agency or a person without a body wrote.
    pub(in crate::protocols) body: Option<PartnerId>,
    pub(in crate::protocols) way: Way,
    pub(in crate::protocols) carried: Vec<Protocol>,
}
