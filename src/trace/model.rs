//! A chain as it is drawn: the field's order, from what was heard to what was answered.

use crate::{
    loops::State,
    platform::{ids::SubjectId, labels::Label as _, subject::Kind, words},
};
use chrono::{DateTime, Utc};

/// One record of the chain.
#[derive(Debug)]
pub struct Link {
    /// Its id.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// How far it is, as stored; empty where it has no state.
    pub state: String,
    /// What it says or what became of it: words that may be quoted, a plan's outcome, a goal's latest value, an answer. Often empty.
    pub words: String,
    /// When it began; of a session, when people came or will come.
    pub at: DateTime<Utc>,
}

impl Link {
    /// The words with which that begins.
    #[must_use]
    pub fn beginning(&self) -> String {
        words::beginning(&self.words, 180)
    }

    /// How far it is, in words. An answer that has not gone out yet is no answer for the partners' side.
    #[must_use]
    pub fn state_words(&self, on_agency_side: bool) -> String {
        match (self.kind, State::parse(&self.state)) {
            (Kind::Loop, Some(State::Review)) if !on_agency_side => State::Acknowledged.to_string(),
            (Kind::Loop, Some(state)) => state.to_string(),
            (Kind::Commitment, _) if self.state == "told" => "written down as told, waiting for their own word".to_owned(),
            (Kind::Commitment, _) if self.state == "reported" => "reported done, waiting for their word".to_owned(),
            _ => self.state.replace('_', " "),
        }
    }
}

/// All records of one kind.
#[derive(Debug)]
pub struct Stage<'a> {
    /// The kind as stored; an anchor on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Its records, the first one first.
    pub links: Vec<&'a Link>,
}

/// The kinds in the field's order, with their headings.
const ORDER: &[(Kind, &str)] = &[
    (Kind::Partner, "With whom"),
    (Kind::Outreach, "Outreach"),
    (Kind::Session, "Where it was heard"),
    (Kind::Group, "Groups"),
    (Kind::Meeting, "Meetings and forums"),
    (Kind::Statement, "What was heard"),
    (Kind::Theme, "Themes"),
    (Kind::Barrier, "Barriers"),
    (Kind::Goal, "Shared goals"),
    (Kind::Plan, "Action plans"),
    (Kind::Commitment, "Commitments"),
    (Kind::Loop, "Questions and answers"),
    (Kind::Obstacle, "Working together"),
];

/// The chain by kinds; kinds without a record are left out.
#[must_use]
pub fn stages(links: &[Link]) -> Vec<Stage<'_>> {
    ORDER
        .iter()
        .map(|(kind, heading)| Stage { anchor: kind.as_str(), heading, links: links.iter().filter(|link| link.kind == *kind).collect() })
        .filter(|stage| !stage.links.is_empty())
        .collect()
}
