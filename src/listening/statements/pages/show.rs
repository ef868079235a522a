//! One statement: the words, who may read them, what came of them.

use super::{Questions, session::mend_form};
use crate::{
    comments::Thread,
    consent::RecallState,
    listening::{
        answers, sessions, speakers,
        statements::{
            forms::{NextStepForm, NoteForm},
            model::{Decides, State, Statement, Told, Whole, Word},
            paths,
            store::show,
        },
        themes,
    },
    platform::{policy::ViewStatements, prelude::*, words},
    protocols::Marked,
};
use askama::Template;
use chrono::{DateTime, Utc};

#[derive(Template)]
#[template(path = "listening/statements/show.html")]
pub(super) struct Show {
    here: Here,
    statement: Statement,
    whole: Whole,
    comments: Thread,
    marked: Marked,
    decides: Option<Decides>,
    is_spoken: bool,
    /// The reader is the speaker.
    is_own: bool,
    shows_hints: bool,
    questions: Questions,
    note: NoteForm,
    languages: Vec<Choice>,
    audiences: Vec<Choice>,
    next: NextStepForm,
    problems: Problems,
}

/// One stage on the way of what was heard.
struct Step {
    label: &'static str,
    on: Option<String>,
    /// `done`, `now` or nothing.
    class: &'static str,
}

impl Show {
    pub(super) fn of(can: &Asker, whole: Whole) -> Self {
        let (comments, marked) = (whole.comments.clone(), whole.marked.clone());
        let statement = whole.statement.clone();
        let standing = can.standing();
        let (note, languages, audiences) = mend_form(&statement);
        Self {
            here: can.here(),
            decides: statement.decided_by(standing),
            is_spoken: statement.spoken_by(standing).is_some(),
            shows_hints: statement.shows_hints(standing),
            is_own: statement.author.is_some() && statement.author == standing.membership,
            questions: Questions::after(&statement, whole.chosen_last),
            note,
            languages,
            audiences,
            next: NextStepForm::of(&statement),
            problems: Problems::default(),
            comments,
            marked,
            statement,
            whole,
        }
    }

    /// Who took the words back, as the reader may know it.
    fn taken_back(&self) -> Option<String> {
        self.whole.taken_back.as_ref().map(|back| back.words(self.is_own))
    }

    /// The same with a refused answer of the speaker.
    pub(super) fn asked_again(mut self, questions: Questions, problems: Problems) -> Self {
        (self.questions, self.problems) = (questions, problems);
        self
    }

    /// The same with a refused next step.
    pub(super) fn planned_again(mut self, next: NextStepForm, problems: Problems) -> Self {
        (self.next, self.problems) = (next, problems);
        self
    }

    /// Heard, acknowledged, and the first thing of each kind it led to; what comes after the last that happened is next.
    fn steps(&self) -> Vec<Step> {
        use crate::platform::subject::Kind;
        let day = |at: DateTime<Utc>| words::day(self.here.day(at));
        let first = |kinds: &[Kind]| self.whole.led_to.iter().find(|one| kinds.contains(&one.kind)).map(|one| day(one.at));
        let all = [
            ("Heard", Some(day(self.statement.heard_at))),
            ("Acknowledged", self.whole.acknowledged_at.map(day)),
            ("In a theme", first(&[Kind::Theme])),
            ("Worked on", first(&[Kind::Barrier, Kind::Plan, Kind::Commitment, Kind::Loop])),
        ];
        let next = all.iter().rposition(|(_, on)| on.is_some()).map_or(0, |last| last + 1);
        let class = |place: usize, happened: bool| match (happened, place == next) {
            (true, _) => "done",
            (false, true) => "now",
            (false, false) => "",
        };
        all.into_iter().enumerate().map(|(place, (label, on))| Step { label, class: class(place, on.is_some()), on }).collect()
    }
}

pub(super) async fn show(can: Can<ViewStatements>, at: paths::StatementPage) -> Result<Page<Show>, Error> {
    let whole = can.open(at.statement, async |tx| show::whole(tx, at.statement).await).await?;
    Ok(Page(Show::of(&can, whole)))
}
