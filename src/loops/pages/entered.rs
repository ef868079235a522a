//! A question that somebody enters for a member who tells it to them, and that member's word on whether it is what they said.

use super::{
    super::{
        forms::LoopForm,
        model::{Loop, audiences_when_entered},
        paths, store,
    },
    one,
};
use crate::platform::{
    acting::{self, Period, Word, WordForm},
    ids::SubjectId,
    policy::{ActFor, ConfirmEntered},
    prelude::*,
    subject::Audience,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let question = "kind=question&words=When+does+the+bus+to+the+court+run%3F&audience=agency";
    Routes::new()
        .post(paths::EnteredQuestions::PATH, enter, Example { who: "facilitator", path: "acting=@acting", form: question })
        .limited(&limits::COMMENTS)
        .get(paths::EnteredWord::PATH, ask)
        .post(paths::EnteredWord::PATH, answer, Example { who: "parent", path: "question=@loop_entered", form: "word=right" })
}

/// The form of a question for somebody, shown again.
#[derive(Template)]
#[template(path = "loops/enter.html")]
struct Enter {
    here: Here,
    period: Period,
    form: LoopForm,
    problems: Problems,
}

impl Enter {
    fn audiences(&self) -> Vec<Choice> {
        audiences_when_entered(self.period.body_name.as_deref())
    }
}

#[derive(Template)]
#[template(path = "loops/entered.html")]
struct AskWord {
    here: Here,
    found: Loop,
    form: WordForm,
    problems: Problems,
}

async fn enter(can: Can<ActFor>, at: paths::EnteredQuestions, Form(form): Form<LoopForm>) -> Result<Response, Error> {
    let period = can.read(async |tx| acting::period(tx, at.acting).await).await?;
    // What it is raised from, and everybody beyond the partnership, is for its own person to add.
    let form = LoopForm { from: String::new(), comment: String::new(), ..form };
    let written = match form.parse() {
        Ok(new) if new.audience == Audience::Public => Err(Error::refused("audience", "Choose who may read it")),
        Ok(new) => {
            let enter = async |tx: &mut AgencyTx| {
                store::enter(tx, &can, &period, &new).await?;
                Ok(Done::at(acting::page_path(can.slug(), at.acting), "Entered. They are asked whether it is what they said"))
            };
            can.write(enter).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Enter { here: can.here(), period, form, problems })
}

/// The question whose words somebody entered for the asker, while their word on it is wanted.
async fn waiting(can: &Can<ConfirmEntered>, id: SubjectId) -> Result<Loop, Error> {
    let found = can.read(async |tx| one(tx, id).await).await?;
    match (found.is_asked_whether_said(), found.was_entered_for_me()) {
        (true, _) => Ok(found),
        (false, true) => Err(Error::Answered(Done::at(paths::question(can.slug(), id), "You have said whether this is what you said"))),
        (false, false) => Err(Error::NotFound),
    }
}

async fn ask(can: Can<ConfirmEntered>, at: paths::EnteredWord) -> Result<Page<AskWord>, Error> {
    let found = waiting(&can, at.question).await?;
    Ok(Page(AskWord { here: can.here(), found, form: WordForm::default(), problems: Problems::default() }))
}

async fn answer(can: Can<ConfirmEntered>, at: paths::EnteredWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let found = waiting(&can, at.question).await?;
    let written = match form.parse() {
        Ok(word) => can.write(async |tx| keep(tx, &can, at.question, word).await).await,
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| AskWord { here: can.here(), found, form, problems })
}

async fn keep(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, id: SubjectId, word: Word) -> Result<Done, Error> {
    let raiser = one(tx, id).await?.may_say_whether_said().ok_or(Error::NotFound)?;
    let back = paths::question(can.slug(), id);
    match word {
        Word::Right => store::confirm(tx, can, raiser).await.map(|()| Done::at(back, "Confirmed: it is what you said")),
        Word::Wrong => store::strike(tx, can, raiser).await.map(|()| Done::at(back, "Struck: its words are gone")),
    }
}
