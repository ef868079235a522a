//! What the schedule speaks of, what is due, what was decided, what is held.

use crate::platform::{ids::SubjectId, labels::Label as _, policy::Hat, words};
use chrono::{DateTime, NaiveDate, Utc};

crate::id!(
    /// A proposal to destroy, and what was decided on it.
    DestructionId
);
crate::id!(
    /// A legal hold.
    HoldId
);

impl HoldId {
    /// By which a hold is told from another without a word of either: "7C1F".
    pub(super) fn number(self) -> String {
        let all = self.0.simple().to_string().to_uppercase();
        all.get(all.len() - 4..).unwrap_or_default().to_owned()
    }
}

/// How a hold is called where nothing of it may stand.
#[must_use]
pub fn hold_called(id: uuid::Uuid) -> String {
    format!("Legal hold {}", HoldId(id).number())
}

/// How a proposal to destroy records of a kind is called.
#[must_use]
pub fn destruction_called(kind: &str) -> String {
    let kind = Kept::parse(kind).map_or("records", Kept::label);
    format!("To be destroyed: {}", kind.to_lowercase())
}

labels! {
    /// The kinds of record that a schedule may let go. What else there is, partners, themes, goals, barriers and plans, is kept.
    pub enum Kept {
        Statement = "statement", "Statements";
        Loop = "loop", "Questions and their answers";
        Session = "session", "Listening sessions and their consent cards";
        Outreach = "outreach", "Outreach entries";
        Commitment = "commitment", "Commitments";
    }
}

impl Kept {
    /// The event from which the years are counted.
    pub(super) fn closing(self) -> &'static str {
        match self {
            Self::Statement => "the session in which it was heard is closed or was cancelled",
            Self::Loop => "it is closed by the one who raised it",
            Self::Session => "it is closed or was cancelled, and no words heard in it are left",
            Self::Outreach => "it took place, once no next step is open",
            Self::Commitment => "it is confirmed, or was no longer needed",
        }
    }
}

labels! {
    /// How much a hold keeps.
    pub enum Scope {
        Record = "record", "This record alone";
        Matter = "matter", "Everything about it";
        Everything = "everything", "Everything that the agency keeps";
    }
}

labels! {
    /// What a director decides on a proposal.
    pub enum Decision {
        Destroy = "destroy", "Destroy it";
        Keep = "keep", "Keep it";
    }
}

impl Decision {
    /// What is said once it was decided.
    pub(super) fn done(self) -> &'static str {
        match self {
            Self::Destroy => "What was due and nothing keeps is erased. It is on the record",
            Self::Keep => "Everything stays. It is on the record",
        }
    }
}

labels! {
    /// What a second person decides on the end of a hold.
    pub enum EndDecision {
        End = "end", "End the hold";
        Keep = "keep", "Keep it";
    }
}

impl EndDecision {
    /// What is said once it is done.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::End => "The hold has ended. What was sealed under it alone is destroyed",
            Self::Keep => "The hold goes on",
        }
    }
}

labels! {
    /// A steward's word on what is their body's.
    pub enum Word {
        Given = "given", "It may be destroyed";
        Refused = "refused", "Keep what is ours";
    }
}

/// How long one kind is kept.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) kind: Kept,
    /// None: until somebody decides.
    pub(super) years: Option<i16>,
    /// The law or schedule that says so.
    pub(super) source: String,
    pub(super) set_at: Option<DateTime<Utc>>,
    pub(super) set_by: Option<String>,
    /// How many are due that the reader may see.
    pub(super) due: i64,
    /// 0 where nothing was set.
    pub(super) version: i32,
}

impl Rule {
    /// "7 years"; empty until somebody decides.
    pub(super) fn years_words(&self) -> String {
        self.years.map(|years| words::count(years.into(), "year", "years")).unwrap_or_default()
    }
}

/// How many days after a session it is known who was invited and what they needed: that goes by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct InvitedKept {
    pub(super) days: i16,
    /// That of the agency's settings, among which it is.
    pub(super) version: i32,
}

impl InvitedKept {
    /// "30 days".
    pub(super) fn days_words(self) -> String {
        words::count(self.days.into(), "day", "days")
    }
}

/// A record whose years are over.
#[derive(Debug, Clone)]
pub(super) struct Due {
    pub(super) title: String,
    pub(super) path: String,
    pub(super) closed_on: NaiveDate,
    pub(super) held: bool,
}

/// A proposal to destroy.
#[derive(Debug, Clone)]
pub(super) struct Destruction {
    pub(super) id: DestructionId,
    pub(super) kind: Kept,
    /// What was closed before this day.
    pub(super) closed_before: NaiveDate,
    pub(super) source: String,
    pub(super) proposed_by: String,
    pub(super) proposed_at: DateTime<Utc>,
    pub(super) decision: Option<Decision>,
    pub(super) because: String,
    pub(super) decided_by: Option<String>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    /// Another person than the reader proposed it.
    pub(super) by_another: bool,
    /// The reader proposed it, under this hat.
    pub(super) by_me: bool,
    /// Whoever proposed it took it back.
    pub(super) taken_back: bool,
    /// Records that went by it, of those that the reader may see a mark of.
    pub(super) gone: i64,
    /// The reader decides for a body that was asked.
    pub(super) asked: bool,
    /// What they said.
    pub(super) word: Option<Word>,
    pub(super) version: i32,
}

/// A legal hold.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    pub(super) id: HoldId,
    pub(super) scope: Scope,
    pub(super) title: Option<String>,
    pub(super) path: Option<String>,
    pub(super) reason: String,
    pub(super) authority: String,
    pub(super) from_on: NaiveDate,
    pub(super) set_by: String,
    pub(super) set_at: DateTime<Utc>,
    /// Another person than the reader set it.
    pub(super) set_by_another: bool,
    pub(super) confirmed_by: Option<String>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    /// Who proposed that it ends, as long as they answer for holds.
    pub(super) end_by: Option<String>,
    pub(super) end_at: Option<DateTime<Utc>>,
    pub(super) end_by_another: bool,
    /// A director proposed it: then an administrator may decide on it.
    pub(super) end_by_director: bool,
    pub(super) lifted_by: Option<String>,
    pub(super) lifted_at: Option<DateTime<Utc>>,
    pub(super) lifted_because: String,
    pub(super) version: i32,
}

impl Hold {
    /// In force, and it waits for a second person.
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.confirmed_by.is_none() && self.lifted_at.is_none()
    }

    /// That it ends was proposed, and it waits for a second person.
    pub(super) fn is_proposed_to_end(&self) -> bool {
        self.end_by.is_some() && self.lifted_at.is_none()
    }

    /// Whether somebody under this hat lets it end: somebody other than the one who proposed it, and one of the two a director.
    pub(super) fn is_decided_by(&self, hat: Hat) -> bool {
        self.is_proposed_to_end() && self.end_by_another && (hat == Hat::Director || self.end_by_director)
    }
}

/// A hold in force as somebody knows of it who answers for holds and may not see what it keeps.
#[derive(Debug, Clone)]
pub(super) struct Unseen {
    pub(super) id: HoldId,
    pub(super) set_by: String,
    pub(super) set_at: DateTime<Utc>,
    /// It waits to be confirmed, by somebody other than the one who set it.
    pub(super) to_confirm: bool,
    /// Who proposed that it ends, as long as they answer for holds.
    pub(super) end_by: Option<String>,
    pub(super) end_at: Option<DateTime<Utc>>,
    pub(super) end_by_another: bool,
    pub(super) end_by_director: bool,
    pub(super) version: i32,
}

impl Unseen {
    /// Somebody else's word is waited for.
    pub(super) fn waits(&self) -> bool {
        self.to_confirm || self.end_by.is_some() && self.end_by_another
    }

    /// Whether somebody under this hat lets it end: somebody other than the one who proposed it, and one of the two a director.
    pub(super) fn is_decided_by(&self, hat: Hat) -> bool {
        self.end_by.is_some() && self.end_by_another && (hat == Hat::Director || self.end_by_director)
    }
}

/// A hold about to be set.
#[derive(Debug)]
pub(super) struct NewHold {
    pub(super) scope: Scope,
    pub(super) record: Option<SubjectId>,
    pub(super) reason: String,
    pub(super) authority: String,
    pub(super) from_on: NaiveDate,
}
