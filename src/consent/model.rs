//! Uses, attribution, and the tasks that a withdrawal leaves behind.

use crate::platform::{
    ids::{MembershipId, SubjectId},
    labels::Label as _,
};
use chrono::{DateTime, Utc};

crate::id!(
    /// One task of the recall list.
    RecallId
);

labels! {
    /// What may be done with somebody's words. Everything not said is no.
    pub enum Use {
        Kept = "kept", "be kept in the notes";
        Quoted = "quoted", "be quoted where people work on what was heard";
        Named = "named", "be shown with the name";
        Exported = "exported", "be in tables that analysts take out";
        Published = "published", "be in public reports";
        Research = "research", "be used for research";
    }
}

labels! {
    /// How readers see whose words they are.
    pub enum Attribution {
        Named = "named", "with the name";
        Role = "role", "by role, such as “a grandmother, the hill villages”";
        Community = "community", "by community only";
        Anonymous = "anonymous", "without any hint of who spoke";
    }
}

labels! {
    /// How a speaker gave their word on what was written down.
    pub enum How {
        ReadBack = "read_back", "read back in the room";
        Member = "member", "on their own page";
        Link = "link", "by their own link";
        InPerson = "in_person", "face to face";
        Telephone = "telephone", "by telephone";
        Paper = "paper", "on paper";
        Through = "through", "through the person they named";
    }
}

/// The uses that somebody allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Uses {
    /// Kept in the notes.
    pub kept: bool,
    /// Quoted.
    pub quoted: bool,
    /// Shown with the name.
    pub named: bool,
    /// Exported.
    pub exported: bool,
    /// In public reports.
    pub published: bool,
    /// For research.
    pub research: bool,
}

impl Uses {
    /// From their stored words; unknown ones are no.
    #[must_use]
    pub fn of<S: AsRef<str>>(list: &[S]) -> Self {
        let has = |one: Use| list.iter().any(|text| text.as_ref() == one.as_str());
        Self {
            kept: has(Use::Kept),
            quoted: has(Use::Quoted),
            named: has(Use::Named),
            exported: has(Use::Exported),
            published: has(Use::Published),
            research: has(Use::Research),
        }
    }

    /// Whether one use is allowed.
    #[must_use]
    pub fn allows(&self, one: Use) -> bool {
        match one {
            Use::Kept => self.kept,
            Use::Quoted => self.quoted,
            Use::Named => self.named,
            Use::Exported => self.exported,
            Use::Published => self.published,
            Use::Research => self.research,
        }
    }

    /// What is allowed, as stored words.
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        Use::ALL.iter().filter(|one| self.allows(**one)).map(|one| one.as_str().to_owned()).collect()
    }

    /// Whether these allow nothing that `other` does not.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        Use::ALL.iter().all(|one| !self.allows(*one) || other.allows(*one))
    }

    /// What is allowed, each as a short mark: "may be quoted".
    #[must_use]
    pub fn marks(&self) -> Vec<&'static str> {
        let mut marks = vec![match (self.quoted, self.named) {
            (true, true) => "may be quoted with the name",
            (true, false) => "may be quoted, without a name",
            (false, _) => "not to be quoted",
        }];
        marks.extend(
            [(self.exported, "may be exported"), (self.published, "may be in public reports"), (self.research, "may be used for research")]
                .iter()
                .filter(|(on, _)| *on)
                .map(|(_, words)| *words),
        );
        marks
    }
}

/// Somebody's words where another record refers to them: shown only while they may be quoted and read.
#[derive(Debug, Clone)]
pub struct Quotation {
    /// The statement.
    pub id: SubjectId,
    /// Its page.
    pub path: String,
    /// The words.
    pub words: String,
    /// Whose, as they allowed.
    pub shown_as: String,
    /// What a reader should know before they read; may be empty.
    pub sensitivity: String,
}

/// What remains of words that are gone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Remains {
    /// The retention schedule let them go.
    pub destroyed_at: Option<DateTime<Utc>>,
    /// Since when a legal hold keeps them sealed.
    pub sealed_at: Option<DateTime<Utc>>,
    /// When the hold ended, and they were destroyed.
    pub unsealed_at: Option<DateTime<Utc>>,
}

impl Remains {
    /// What whoever takes words back is told at once: `plain`, unless a hold keeps them sealed.
    #[must_use]
    pub fn told(&self, plain: &'static str) -> &'static str {
        match (self.sealed_at, self.unsealed_at) {
            (Some(_), None) => {
                "The words are gone from every page. A legal hold that was set before keeps them sealed; nobody here reads them, and they are destroyed when it ends"
            }
            _ => plain,
        }
    }
}

/// How a record is called of which the retention schedule left a mark.
pub const DESTROYED: &str = "Destroyed under the retention schedule";

/// A record that lost something it rested on and is to be read again.
#[derive(Debug, Clone)]
pub struct Rereading {
    /// What happened.
    pub reason: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

labels! {
    /// What became of a copy that had left.
    pub enum RecallState {
        Open = "open", "to do";
        Deleted = "deleted", "deleted";
        Replaced = "replaced", "replaced by a copy without the words";
        NoticeSent = "notice_sent", "notice sent";
        Cannot = "cannot", "cannot be called back";
    }
}

impl RecallState {
    /// Nothing is left to be done: the copy is gone, or it is written why it is not.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Deleted | Self::Replaced | Self::Cannot)
    }
}

/// "2 of 3 copies are gone, or it is written why not."
#[must_use]
pub fn recalled(all: &[Recall]) -> String {
    let over = all.iter().filter(|one| one.state.is_over()).count();
    match all.len() {
        1 if over == 1 => "The one place is settled: the words are gone there, or it is written why not.".to_owned(),
        1 => "The one place is not settled yet.".to_owned(),
        of if of == over => format!("All {of} places are settled: the words are gone there, or it is written why not."),
        of => format!("{over} of {of} places are settled: the words are gone there, or it is written why not."),
    }
}

/// One copy that carries words which were taken back, or with which less may be done now.
#[derive(Debug, Clone)]
pub struct Recall {
    /// The task.
    pub id: RecallId,
    /// Where the words had gone.
    pub what: String,
    /// Who took it.
    pub taken_by: Option<MembershipId>,
    /// Their name then.
    pub taken_by_name: String,
    /// When.
    pub taken_at: Option<DateTime<Utc>>,
    /// What became of it.
    pub state: RecallState,
    /// Why it cannot be called back, or a remark.
    pub because: String,
    /// Who did the task.
    pub done_by: Option<String>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Whoever took the copy said so themselves.
    pub by_holder: bool,
    /// When the words were taken back, or less was allowed.
    pub created_at: DateTime<Utc>,
    /// Which it is of all tasks about that copy and whoever took it, and how many these are.
    pub nth: i64,
    /// See `nth`.
    pub alike: i64,
    /// By which id the file has what is called back; none where no file left.
    pub in_file: Option<SubjectId>,
    /// Counts every change.
    pub version: i32,
}

impl Recall {
    /// "2 of 3 about this copy": somebody took one file with several people's words in it; empty for a single one.
    #[must_use]
    pub fn place(&self) -> String {
        if self.alike > 1 { format!("{} of {} about this copy", self.nth, self.alike) } else { String::new() }
    }
}

/// What became of all copies of words that were taken back, for whoever took them back.
#[derive(Debug)]
pub struct Became<'a> {
    /// With the reason.
    pub cannot: Vec<&'a Recall>,
    /// Tasks that are still open: until they are closed, the withdrawal is not complete.
    pub open: Vec<&'a Recall>,
    /// Deleted, or replaced by a copy without the words.
    pub gone: Vec<&'a Recall>,
}

impl<'a> Became<'a> {
    /// All copies, sorted.
    #[must_use]
    pub fn of(all: &'a [Recall]) -> Self {
        let (cannot, others) = all.iter().partition::<Vec<_>, _>(|one| one.state == RecallState::Cannot);
        let (gone, open) = others.into_iter().partition(|one| one.state.is_over());
        Self { cannot, open, gone }
    }

    /// Whether the withdrawal is complete, as a sentence.
    #[must_use]
    pub fn told(&self) -> String {
        let rest = match (self.cannot.len(), self.open.len(), self.gone.len()) {
            (0, 0, 0) => "no copy of them had left".to_owned(),
            (0, 0, _) => "every copy that had left is gone too".to_owned(),
            (1, 0, _) => "one copy cannot be called back, and it is written why".to_owned(),
            (cannot, 0, _) => format!("{cannot} copies cannot be called back, and it is written why"),
            (_, 1, _) => "one copy is not settled yet: the agency still has to say what became of it".to_owned(),
            (_, open, _) => format!("{open} copies are not settled yet: the agency still has to say what became of each"),
        };
        format!("The words are gone from here; {rest}.")
    }

    /// When the last of the copies that had left was settled; nothing while one is open, or where none had left.
    #[must_use]
    pub fn settled_at(&self) -> Option<DateTime<Utc>> {
        if self.open.is_empty() { self.cannot.iter().chain(&self.gone).filter_map(|one| one.done_at).max() } else { None }
    }

    /// Each with its heading; what cannot be called back first.
    #[must_use]
    pub fn groups(&self) -> Vec<(&'static str, &[&'a Recall])> {
        let all: [(&str, &[&Recall]); 3] =
            [("What cannot be called back", &self.cannot), ("What is being called back", &self.open), ("What is gone", &self.gone)];
        all.into_iter().filter(|(_, copies)| !copies.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn uses_come_back_as_they_went(all in proptest::array::uniform6(any::<bool>())) {
            let [kept, quoted, named, exported, published, research] = all;
            let uses = Uses { kept, quoted, named, exported, published, research };
            prop_assert_eq!(Uses::of(&uses.list()), uses);
            prop_assert!(uses.within(&uses) && Uses::default().within(&uses));
        }
    }

    #[test]
    fn more_is_not_within_less() {
        assert!(!Uses::of(&["kept", "quoted"]).within(&Uses::of(&["kept"])));
        assert_eq!(Uses::of(&["kept", "nonsense"]), Uses::of(&["kept"]));
    }
}
