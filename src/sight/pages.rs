//! The form that asks, and the answer.

use super::{
    forms::QuestionForm,
    paths,
    store::{self, Before, Question, Record},
};
use crate::platform::{policy::AskWhoSees, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::WhoSees::PATH, new)
        .limited(&limits::SEARCHES)
        .post(paths::WhoSees::PATH, ask, Example { who: "director", path: "", form: "person=@staff&record=@court" })
        .get(paths::AnswerPage::PATH, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    record: String,
    person: String,
    q: String,
}

#[derive(Template)]
#[template(path = "sight/new.html")]
struct New {
    here: Here,
    people: Vec<Choice>,
    /// What the reader asked before.
    before: Vec<Before>,
    q: String,
    form: QuestionForm,
    problems: Problems,
}

async fn new(can: Can<AskWhoSees>, _: paths::WhoSees, Query(asked): Query<Asked>) -> Result<Page<New>, Error> {
    let (people, before) = offered(&can, asked.q.trim()).await?;
    let form = QuestionForm { person: asked.person, record: asked.record };
    Ok(Page(New { here: can.here(), people, before, q: asked.q, form, problems: Problems::default() }))
}

/// Whom the reader may ask about, and what they asked before.
async fn offered(can: &Can<AskWhoSees>, words: &str) -> Result<(Vec<Choice>, Vec<Before>), Error> {
    can.read(async |tx| Ok((store::people(tx, can, words).await?, store::before(tx).await?))).await
}

async fn ask(can: Can<AskWhoSees>, _: paths::WhoSees, Form(form): Form<QuestionForm>) -> Result<Response, Error> {
    let (people, before) = offered(&can, "").await?;
    let written = match form.parse(can.slug()) {
        Ok((person, record)) => {
            let ask = async |tx: &mut AgencyTx| {
                let id = store::ask(tx, &can, person, record).await?;
                Ok(Done::at(paths::answer(can.slug(), id), "Asked. It stands in the log of the record"))
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), people, before, q: String::new(), form, problems })
}

#[derive(Template)]
#[template(path = "sight/show.html")]
struct Answer {
    here: Here,
    question: Question,
    record: Record,
}

async fn show(can: Can<AskWhoSees>, at: paths::AnswerPage) -> Result<Page<Answer>, Error> {
    let (question, record) = can.read(async |tx| store::find(tx, &can, at.sight_question).await).await?;
    Ok(Page(Answer { here: can.here(), question, record }))
}
