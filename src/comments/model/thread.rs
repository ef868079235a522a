//! The comments on one record as its page holds them, and the forms that stand below them.

use super::{Comment, Voice};
use crate::platform::{
    acting,
    form::{Choice, Problems},
    here::Here,
    ids::{MembershipId, SubjectId},
    live::Sum,
    policy::Hat,
    subject::Audience,
};

/// The comments on one record, for one reader, and what that reader may add.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The record.
    pub subject: SubjectId,
    /// The comments, each with its answers, the first one first.
    pub list: Vec<Comment>,
    /// There are more than the page shows.
    pub more: bool,
    /// What of it the page shows.
    pub sum: Sum,
    /// Who reads; none for a link's bearer.
    pub voice: Option<Voice>,
    /// Whether the agency can be asked about the record itself.
    pub may_be_asked_about: bool,
    /// What in the record a comment can be about; empty where it is about the whole.
    pub parts: Vec<Choice>,
    /// The one of these that the reader came for.
    pub part: String,
}

/// The form of a comment for whom the reader enters just now.
#[derive(Debug)]
pub struct Entering {
    /// Where it goes.
    pub to: String,
    /// For whom.
    pub name: String,
    /// Who may be chosen as readers.
    pub audiences: Vec<Choice>,
    /// The narrowest of them.
    pub narrowest: Audience,
}

impl Thread {
    /// The form for whom the reader enters just now, if for anybody.
    #[must_use]
    pub fn entering(&self, here: &Here) -> Option<Entering> {
        let acting = here.acting().filter(|_| self.voice.is_some())?;
        let theirs = Voice { me: MembershipId(uuid::Uuid::nil()), hat: Hat::Partner, body: acting.body.clone(), speaks: false };
        Some(Entering {
            to: acting::comment_path(here.slug(), acting.id, self.subject),
            name: acting.name.clone(),
            audiences: theirs.audiences_when_entered(),
            narrowest: theirs.narrowest(),
        })
    }

    /// The form in its first state has no problems.
    #[must_use]
    pub fn problems(&self) -> Problems {
        Problems::default()
    }

    /// The same, on a page that also shows the record as it was at this version.
    #[must_use]
    pub fn beside(self, version: i32) -> Self {
        Self { sum: self.sum + Sum::of([(self.subject, version)]), ..self }
    }

    /// The same, of a record in which a comment can be about one thing, and which of these the reader came for.
    #[must_use]
    pub fn about(self, parts: Vec<Choice>, wanted: &str) -> Self {
        let part = parts.iter().find(|one| one.value == wanted).map(|one| one.value.to_string()).unwrap_or_default();
        Self { parts, part, ..self }
    }

    /// The same, of a question: it is opened again or raised anew, and never asked about.
    #[must_use]
    pub fn of_a_question(self) -> Self {
        Self { may_be_asked_about: false, ..self }
    }

    /// The same, to add to only while the record's own words are there.
    #[must_use]
    pub fn while_there_are(self, words: bool) -> Self {
        Self { voice: self.voice.filter(|_| words), ..self }
    }
}
