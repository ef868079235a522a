//! What a loop is, whose word it waits for, and when it is late.

use crate::{
    commitments::{self, State as Promised},
    platform::{
        acting::Entered,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        subject::Audience,
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

labels! {
    /// What was raised.
    pub enum Kind {
        Question = "question", "question";
        Concern = "concern", "concern";
        Idea = "idea", "idea";
    }
}

labels! {
    /// How far it is.
    pub enum State {
        Raised = "raised", "no reply yet";
        Acknowledged = "acknowledged", "acknowledged, no answer yet";
        Review = "review", "answer waiting for the director";
        Answered = "answered", "answered, no word yet";
        Closed = "closed", "closed by the one who raised it";
        Left = "left", "ended, nobody is left to give the word";
        Withdrawn = "withdrawn", "taken back";
    }
}

labels! {
    /// What the agency answers.
    pub enum Answer {
        Done = "done", "done";
        Will = "will", "we will";
        NotPossible = "not_possible", "not possible";
    }
}

/// Who may be chosen as readers: the agency's directors at least, for somebody has to answer.
#[must_use]
pub fn audiences(body: Option<&str>) -> Vec<Choice> {
    let own = body.map(|name| format!("{name}, and ")).unwrap_or_default();
    let agency = |rest: &str| if own.is_empty() { format!("The {rest}") } else { format!("{own}the {rest}") };
    vec![
        Choice::new(Audience::Leadership.as_str(), agency("agency’s directors")),
        Choice::new(Audience::Agency.as_str(), agency("agency’s directors, staff and analysts")),
        Choice::new(Audience::Partnership.as_str(), "Every member of the partnership"),
        Choice::new(Audience::Public.as_str(), "Anybody, on public pages too"),
    ]
}

/// Who may be chosen by whoever enters it for somebody: wider than the partnership its own person makes it, and nobody else.
#[must_use]
pub fn audiences_when_entered(body: Option<&str>) -> Vec<Choice> {
    audiences(body).into_iter().filter(|one| one.value != Audience::Public.as_str()).collect()
}

/// The state in words: what was reopened had an answer once.
pub(super) fn state_words(state: State, reopened: i16, mine: bool) -> &'static str {
    match state {
        State::Answered if mine => "answered, waiting for your word",
        State::Raised if reopened > 0 => "reopened, no new answer yet",
        State::Acknowledged if reopened > 0 => "reopened, acknowledged, no new answer yet",
        _ => state.label(),
    }
}

/// How many people raised the same is told from so many on: of fewer somebody could be known.
const FEWEST: i16 = 5;

/// A loop with everything the reader may see of it.
#[derive(Debug, Clone)]
pub struct Loop {
    /// Its id.
    pub id: SubjectId,
    /// What it is.
    pub kind: Kind,
    /// The raiser's words; none once taken back.
    pub words: Option<String>,
    /// How far it is.
    pub state: State,
    /// Who may read it.
    pub audience: Audience,
    /// Whose word is wanted on the answer: the heir's, or the raiser's. Nobody's that is known, where somebody without an account asked.
    pub(super) word_of: Option<MembershipId>,
    /// Who wrote the answer.
    pub(super) answerer: Option<MembershipId>,
    /// The raiser's name; "community member" for a person with lived experience, "somebody without an account" where nobody is known.
    pub raiser: String,
    /// Whom it is about, as somebody without an account says.
    pub about: String,
    /// Their body.
    pub body: Option<PartnerId>,
    /// Its name.
    pub body_name: Option<String>,
    /// That body is a Tribe.
    pub is_tribe: bool,
    /// The raiser's membership has ended.
    pub raiser_left: bool,
    /// Who inherited it.
    pub heir_name: Option<String>,
    /// The first clock.
    pub acknowledge_by: NaiveDate,
    /// The second clock.
    pub answer_by: NaiveDate,
    /// When it was acknowledged.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// What the agency answers.
    pub answer: Option<Answer>,
    /// In its words.
    pub answer_words: String,
    /// Why it is not possible.
    pub answer_reason: String,
    /// By when it will be done.
    pub answer_due: Option<NaiveDate>,
    /// When it was answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who answered, with their role.
    pub answered_by: Option<String>,
    /// Who let the answer go, where it was reviewed.
    pub reviewed_by: Option<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    pub reopened: i16,
    /// When the raiser was asked once more.
    pub asked_again_at: Option<DateTime<Utc>>,
    /// How many people raised what was answered with it in one answer.
    pub(super) together: Option<i16>,
    /// When it was handed to the director, because it was late.
    pub escalated_at: Option<DateTime<Utc>>,
    /// The promise that an answer of "we will" made.
    pub(super) promise: Option<SubjectId>,
    /// How far that promise is and by when it is due, where the reader may see it.
    pub(super) promised: Option<(Promised, NaiveDate)>,
    /// Somebody entered it for its raiser.
    pub entered: Option<Entered>,
    /// Counts every change.
    pub version: i32,
    /// Counts changes of who may read it.
    pub readers_version: i32,
    /// When it was raised.
    pub created_at: DateTime<Utc>,
    /// The word is the reader's to give: they raised it, or inherited it.
    pub mine: bool,
    /// The reader decides for the raiser's body.
    pub stewarded: bool,
    /// The reader may let a waiting answer go: the director, or whom she lent that duty, but nobody their own.
    pub reviewable: bool,
}

impl Loop {
    /// Who raised it, with their body.
    #[must_use]
    pub fn by(&self) -> String {
        self.body_name.as_ref().map_or_else(|| self.raiser.clone(), |body| format!("{}, {body}", self.raiser))
    }

    /// Somebody without an account asked: they alone have the code by which it is closed.
    #[must_use]
    pub fn is_by_code(&self) -> bool {
        self.word_of.is_none()
    }

    /// Who may read it, as a mark.
    #[must_use]
    pub fn read_by(&self) -> String {
        format!("read by {}", self.audience)
    }

    /// "once", "2 times".
    #[must_use]
    pub fn times_reopened(&self) -> String {
        if self.reopened == 1 { "once".to_owned() } else { format!("{} times", self.reopened) }
    }

    /// The state in words, for this reader.
    #[must_use]
    pub fn state_words(&self) -> &'static str {
        state_words(self.state, self.reopened, self.mine)
    }

    /// It had an answer once, was reopened, and has no new one yet.
    #[must_use]
    pub fn waits_anew(&self) -> bool {
        self.reopened > 0 && !self.is_answered() && self.state != State::Withdrawn
    }

    /// The answer in a few words: "we will, by 1 February 2027".
    #[must_use]
    pub fn answer_label(&self) -> String {
        match (self.answer, self.answer_due) {
            (Some(Answer::Will), Some(day)) => format!("we will, by {}", words::day(day)),
            (Some(answer), _) => answer.label().to_owned(),
            (None, _) => "no reply yet".to_owned(),
        }
    }

    /// How far the promise is that the answer made.
    #[must_use]
    pub fn promise_words(&self, today: NaiveDate) -> Option<String> {
        let (state, by) = self.promised.filter(|_| self.answer == Some(Answer::Will))?;
        let is_late = matches!(state, Promised::Open | Promised::Returned) && by < today;
        Some(format!("{}{}", if is_late { "late, " } else { "" }, commitments::standing(state, by, today)))
    }

    /// Whether there is an answer that has gone out.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        matches!(self.state, State::Answered | State::Closed | State::Left)
    }

    /// How many people raised what this answer was given to, where that points at nobody.
    #[must_use]
    pub fn together_words(&self) -> Option<String> {
        let number = self.together.filter(|number| *number >= FEWEST && self.is_answered())?;
        Some(format!("{number} people raised this, and each of them got this answer."))
    }

    /// The clock that runs, if one does.
    #[must_use]
    pub fn due(&self) -> Option<NaiveDate> {
        due(self.state, self.acknowledge_by, self.answer_by)
    }

    /// The running clock in words: "answer due in 6 days".
    #[must_use]
    pub fn clock_words(&self, today: NaiveDate) -> String {
        clock_words(self.state, self.due(), today)
    }

    /// Past the running clock.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|day| day < today)
    }

    /// Whether the agency can still answer.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Raised | State::Acknowledged)
    }
}

/// The running clock in words.
pub(super) fn clock_words(state: State, due: Option<NaiveDate>, today: NaiveDate) -> String {
    let what = if state == State::Raised { "acknowledgement" } else { "answer" };
    due.map(|day| format!("{what} {}", words::due(day, today))).unwrap_or_default()
}

/// The clock that runs in a state, if one does.
pub(super) fn due(state: State, acknowledge_by: NaiveDate, answer_by: NaiveDate) -> Option<NaiveDate> {
    match state {
        State::Raised => Some(acknowledge_by.min(answer_by)),
        State::Acknowledged | State::Review => Some(answer_by),
        State::Answered | State::Closed | State::Left | State::Withdrawn => None,
    }
}

/// Something that happened to a loop.
#[derive(Debug)]
pub struct Happened {
    /// What.
    pub what: String,
    /// In whose words, if any.
    pub text: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A record joined to a loop.
#[derive(Debug)]
pub struct Neighbour {
    /// What it is.
    pub kind: crate::platform::subject::Kind,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
    /// The loop was raised from it; otherwise it came of the loop.
    pub before: bool,
    /// The loop was raised from a comment on it that the reader may see.
    pub comment: bool,
}

/// What is about to be raised.
#[derive(Debug)]
pub(super) struct Raised {
    pub(super) kind: Kind,
    pub(super) words: String,
    pub(super) audience: Audience,
    pub(super) from: Option<SubjectId>,
    /// The comment on that record from which it is raised.
    pub(super) comment: Option<uuid::Uuid>,
}

/// What is about to be answered.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) answer: Answer,
    pub(super) words: String,
    pub(super) reason: String,
    pub(super) due: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stops_the_clocks() {
        let (first, second) = (NaiveDate::default(), NaiveDate::MAX);
        assert_eq!(due(State::Raised, first, second), Some(first));
        assert_eq!(due(State::Acknowledged, first, second), Some(second));
        for state in [State::Answered, State::Closed, State::Left, State::Withdrawn] {
            assert_eq!(due(state, first, second), None, "{state}");
        }
    }
}
