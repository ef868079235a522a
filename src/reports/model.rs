//! What can be exported, an export and its life.

use crate::platform::{
    ids::{FileId, MembershipId},
    labels::Label as _,
    policy::Hat,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

crate::id!(
    /// An export.
    ExportId
);

/// So many exports of one person may wait at a time.
pub(super) const MOST_WAITING: i64 = 5;
/// A file lives this long.
pub(super) const LIFE: Duration = Duration::days(7);
/// A download begins within this time after it was asked for.
pub(super) const DOOR: Duration = Duration::minutes(10);

labels! {
    /// What can be exported.
    pub enum What {
        Partners = "partners", "Partners";
        Outreach = "outreach", "Outreach";
        Governments = "governments", "Contacts between governments";
        Sessions = "sessions", "Listening sessions";
        Statements = "statements", "Statements";
        Themes = "themes", "Themes";
        Barriers = "barriers", "Barriers";
        Goals = "goals", "Shared goals with values";
        Plans = "plans", "Action plans";
        Means = "means", "What plans stand on";
        Progress = "progress", "Progress of plans";
        Commitments = "commitments", "Commitments";
        Loops = "loops", "Questions and answers";
        Obstacles = "obstacles", "Working together";
        Groups = "groups", "Groups";
        Seats = "seats", "Seats of groups";
        Meetings = "meetings", "Meetings and forums";
        Decisions = "decisions", "Decisions of meetings";
    }
}

impl What {
    /// The word for it in the name of a file.
    #[must_use]
    pub fn file_word(self) -> &'static str {
        match self {
            Self::Loops => "questions",
            other => other.as_str(),
        }
    }

    /// Whether it carries words that people contributed, so that their consent is noted row by row.
    #[must_use]
    pub fn is_contributed(self) -> bool {
        matches!(self, Self::Statements | Self::Loops | Self::Obstacles)
    }
}

labels! {
    /// The kinds of file.
    pub enum Format {
        Csv = "csv", "CSV";
        Xlsx = "xlsx", "Excel";
        Package = "package", "Data package";
    }
}

impl Format {
    /// What a file's name ends in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Package => "zip",
        }
    }

    /// The media type of a download.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Package => "application/zip",
        }
    }
}

labels! {
    /// The life of an export.
    pub enum State {
        Waiting = "waiting", "being made";
        Ready = "ready", "ready";
        Void = "void", "void";
        Failed = "failed", "could not be made";
        Expired = "expired", "file deleted after 7 days";
    }
}

/// What an export is narrowed to. Holds no words but the closed ones of the lists.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// From this day on.
    pub since: Option<NaiveDate>,
    /// Up to and with this day.
    pub until: Option<NaiveDate>,
    /// One state, stage or kind, as stored.
    pub state: String,
    /// One theme.
    pub theme: Option<uuid::Uuid>,
}

const EVERYTHING: &str = "everything";

impl Filters {
    /// In words, with these for the theme.
    fn narrowed(&self, what: What, theme: &str) -> String {
        use crate::platform::words::day;
        let theme = self.theme.map(|_| theme.to_owned());
        let state = (!self.state.is_empty()).then(|| super::sheets::state_label(what, &self.state));
        let since = self.since.map(|on| format!("from {}", day(on)));
        let until = self.until.map(|on| format!("to {}", day(on)));
        let all: Vec<String> = [state, theme, since, until].into_iter().flatten().collect();
        if all.is_empty() { EVERYTHING.to_owned() } else { all.join(", ") }
    }
}

/// An export as the pages show it.
#[derive(Debug, Clone)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// What.
    pub what: What,
    /// The kind of file.
    pub format: Format,
    /// What it is narrowed to.
    pub filters: Filters,
    /// The theme it is narrowed to, where the reader may see it.
    pub theme: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Rows so far, or in all.
    pub rows: i64,
    /// The consent it was made under, in words.
    pub consent: String,
    /// The hat it was made under, as the database calls it; empty until it is made.
    pub made_as: String,
    /// Its file, while it lives.
    pub file: Option<FileId>,
    /// Who asked.
    pub asked_by: MembershipId,
    /// That person's name.
    pub asker: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When its making began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it was ready.
    pub ready_at: Option<DateTime<Utc>>,
    /// When it became void or was given up.
    pub void_at: Option<DateTime<Utc>>,
    /// Why.
    pub because: String,
    /// Downloads so far.
    pub taken: i64,
    /// Who took it, by name.
    pub takers: Vec<String>,
    /// How many of them have not said that their copies are deleted.
    pub kept: i64,
    /// Words in it were taken back after somebody took it, as far as the reader may know.
    pub called_back: bool,
}

impl Export {
    /// Whether those who took a copy are asked to delete it.
    #[must_use]
    pub fn asks_for_copies(&self) -> bool {
        self.taken > 0 && (self.state == State::Void || self.called_back)
    }

    /// When its file goes.
    #[must_use]
    pub fn until(&self) -> Option<DateTime<Utc>> {
        self.ready_at.map(|at| at + LIFE)
    }

    /// Whether this person may take it now, under this hat; the database asks again.
    #[must_use]
    pub fn can_be_taken_by(&self, member: MembershipId, hat: Hat) -> bool {
        self.state == State::Ready && self.asked_by == member && !self.is_made_under_another_hat(hat)
    }

    /// Whether it holds what its asker could read under a hat that they do not wear now.
    #[must_use]
    pub fn is_made_under_another_hat(&self, hat: Hat) -> bool {
        self.state == State::Ready && self.made_as != hat.for_database()
    }

    /// Whether this reader is told how many rows it has: a number counts what its asker could read. See `docs/decisions`.
    #[must_use]
    pub fn tells_numbers_to(&self, member: MembershipId, hat: Hat) -> bool {
        self.asked_by == member || hat == Hat::Director
    }

    /// What it is narrowed to, in words.
    #[must_use]
    pub fn narrowed(&self) -> String {
        self.filters.narrowed(self.what, &format!("theme: {}", self.theme.as_deref().unwrap_or("one you may not see")))
    }

    /// Whether it is narrowed at all.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        self.filters.narrowed(self.what, "") != EVERYTHING
    }

    /// As the log has it.
    pub(super) fn told(&self) -> String {
        told(self.what, self.format, &self.filters)
    }

    /// How many of those who took it say that their copies are deleted: "1 of 2 people".
    #[must_use]
    pub fn said_deleted(&self) -> String {
        let takers = self.takers.len() as i64;
        format!("{} of {}", takers - self.kept.min(takers), crate::platform::words::count(takers, "person", "people"))
    }
}

/// An export as the log has it, in closed words alone: "Statements, Excel; confirmed as written, one theme".
pub(super) fn told(what: What, format: Format, filters: &Filters) -> String {
    format!("{what}, {format}; {}", filters.narrowed(what, "one theme"))
}

/// Somebody took the file.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it was the reader.
    pub by_me: bool,
    /// When they said that every copy is deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// What a table of the year says, as far as the reader may see.
#[derive(Debug, Clone, Default)]
pub(super) struct Year {
    pub(super) sessions: i64,
    pub(super) came: i64,
    pub(super) statements: i64,
    pub(super) outreach: i64,
    /// Contacts with Tribes as governments; never among outreach.
    pub(super) governments: i64,
    pub(super) themes: i64,
    pub(super) barriers_open: i64,
    pub(super) barriers_removed: i64,
    pub(super) goals: i64,
    pub(super) promises_kept: i64,
    pub(super) promises_waiting: i64,
    pub(super) promises_late: i64,
    pub(super) promises_open: i64,
    pub(super) loops_closed: i64,
    pub(super) loops_no_word: i64,
    pub(super) loops_left: i64,
    pub(super) loops_late: i64,
    pub(super) loops_open: i64,
    pub(super) loops_not_possible: i64,
}
