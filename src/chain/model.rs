//! What joins two records, and what is told of one.

use crate::platform::{form::Choice, ids::SubjectId, subject::Kind};
use chrono::{DateTime, Utc};

labels! {
    /// How the later record rests on, serves or comes from the earlier one.
    pub enum Join {
        Source = "source", "rests on";
        Evidence = "evidence", "is shown by";
        Addresses = "addresses", "addresses";
        Serves = "serves", "serves";
        StepOf = "step_of", "is a step of";
        RaisedFrom = "raised_from", "was raised from";
        AnsweredBy = "answered_by", "is answered by";
        PromisedIn = "promised_in", "was promised in";
        HeardIn = "heard_in", "was heard in";
    }
}

/// A record at the other end of a join, for a reader who may see it.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// How they are joined.
    pub join: Join,
    /// Whether the join begins at the record asked about (it rests on this one) or ends there.
    pub outgoing: bool,
    /// The other record.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// How it is called.
    pub title: String,
    /// Its page.
    pub path: String,
}

/// Something that happened to a record.
#[derive(Debug, Clone)]
pub struct Happened {
    /// What, in the past tense: "reported done".
    pub what: String,
    /// The words that go with it, under the record's own audience.
    pub text: String,
    /// Who did it, as the agency shows them.
    pub by: String,
    /// Their body, if they have one.
    pub body: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a form offers to join to.
#[derive(Debug, Default)]
pub struct Pick {
    /// The words that were looked for.
    pub words: String,
    /// The chosen ones first, then the newest.
    pub choices: Vec<Choice>,
    /// Others can be looked for.
    pub has_more: bool,
    /// Words were looked for, and nothing else has them.
    pub is_nothing: bool,
}
