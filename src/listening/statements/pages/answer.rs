//! The speaker's word: on their own page, or entered by the facilitator to whom they gave it.

use super::{Questions, show::Show};
use crate::{
    consent::How,
    listening::{
        speakers::{self, Speaker},
        statements::{
            forms::{AnswerForm, entered_hows},
            model::{Holds, Statement, Word},
            paths,
            store::{
                answer::{self, Brings},
                mend, show,
            },
        },
    },
    platform::{
        policy::{AnswerStatements, WriteStatements},
        prelude::*,
    },
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/entered.html")]
pub(super) struct Entered {
    here: Here,
    statement: Statement,
    speaker: Speaker,
    questions: Questions,
    problems: Problems,
    hows: Vec<Choice>,
}

impl Entered {
    fn of(here: Here, (statement, speaker): (Statement, Speaker), questions: Questions, problems: Problems) -> Self {
        let hows = entered_hows(&[How::ReadBack, How::InPerson, How::Telephone, How::Paper, How::Through], speaker.named_somebody());
        Self { here, statement, speaker, questions, problems, hows }
    }
}

pub(super) async fn create(can: Can<AnswerStatements>, at: paths::AnswerPage, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let whole = can.read(async |tx| show::whole(tx, at.statement).await).await?;
    let mine = whole.statement.spoken_by(can.standing()).ok_or(Error::NotFound)?;
    let written = match form.parse(&whole.statement, How::Member) {
        Ok(word) => {
            let take = async |tx: &mut AgencyTx| {
                answer::take(tx, Brings { id: mine.id, version: can.version() }, &word).await?;
                Ok(Done::at(paths::statement(can.slug(), mine.id), "Your word is kept. You can change your mind at any time"))
            };
            can.write(take).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), whole.statement.version).with_theirs(&form.beside(&whole.statement), &form);
        let questions = Questions::again(&whole.statement, form);
        Show::of(&can, whole).asked_again(questions, problems)
    })
}

/// The statement that is brought back, and its speaker.
async fn brought(can: &Can<WriteStatements>, at: &paths::EnteredAnswer) -> Result<(Statement, Speaker, Holds), Error> {
    can.read(async |tx| {
        let statement = show::find(tx, at.statement).await?.ok_or(Error::NotFound)?;
        let holds = statement.held().ok_or(Error::NotFound)?;
        let speaker = speakers::find(tx, statement.speaker.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
        Ok((statement, speaker, holds))
    })
    .await
}

pub(super) async fn entered(can: Can<WriteStatements>, at: paths::EnteredAnswer) -> Result<Page<Entered>, Error> {
    let (statement, speaker, _) = brought(&can, &at).await?;
    let questions = Questions::of(&statement);
    Ok(Page(Entered::of(can.here(), (statement, speaker), questions, Problems::default())))
}

pub(super) async fn enter(can: Can<WriteStatements>, at: paths::EnteredAnswer, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (statement, speaker, holds) = brought(&can, &at).await?;
    let written = match form.parse_entered(&statement, speaker.named_somebody()) {
        Ok(word) => {
            let take = async |tx: &mut AgencyTx| {
                mend::goes_on(tx, statement.session).await?;
                answer::take(tx, Brings { id: holds.id, version: can.version() }, &word).await?;
                Ok(Done::at(paths::of_session(can.slug(), statement.session), "The speaker’s word is kept"))
            };
            can.write(take).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), statement.version).with_theirs(&form.beside(&statement), &form);
        let questions = Questions::again(&statement, form);
        Entered::of(can.here(), (statement, speaker), questions, problems)
    })
}
