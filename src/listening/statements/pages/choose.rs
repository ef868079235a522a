//! Who may read a statement and what may be done with it; and, on the agency's side, who sees to it.

use super::{Questions, show::Show};
use crate::{
    listening::statements::{
        forms::{AnswerForm, NextStepForm},
        model::{Decides, Owner, Statement},
        paths,
        store::{choose, show},
    },
    platform::{
        policy::{AnswerStatements, SeeToStatements},
        prelude::*,
        reading::{self, Read},
        widening,
    },
};
use askama::Template;

#[derive(Template)]
#[template(path = "listening/statements/consent.html")]
pub(super) struct Edit {
    here: Here,
    statement: Statement,
    decides: Decides,
    /// Copies of the words that have left.
    copies: Vec<Read>,
    questions: Questions,
    problems: Problems,
}

impl Edit {
    /// The tick that more people read it, once it is asked.
    fn wider(&self) -> Option<String> {
        widening::who_reads_then(&self.problems, &self.questions.form.audience)
    }

    /// Who can change the choice later: a steward who keeps it to the speaker reads it no more.
    fn who_may(&self) -> &'static str {
        if self.decides.owner == Owner::Steward { "The speaker" } else { "You" }
    }
}

/// The statement, and the proof that the asker decides about it; nobody else learns that there is such a page.
async fn decided(can: &Can<AnswerStatements>, at: &paths::ConsentPage) -> Result<(Statement, Decides, Vec<Read>), Error> {
    let (statement, copies) = can
        .read(async |tx| {
            let statement = show::find(tx, at.statement).await?.ok_or(Error::NotFound)?;
            Ok((statement, reading::copies(tx, at.statement.0).await?))
        })
        .await?;
    let decides = statement.decided_by(can.standing()).ok_or(Error::NotFound)?;
    if statement.state.stands() { Ok((statement, decides, copies)) } else { Err(Error::NotFound) }
}

pub(super) async fn edit(can: Can<AnswerStatements>, at: paths::ConsentPage) -> Result<Page<Edit>, Error> {
    let (statement, decides, copies) = decided(&can, &at).await?;
    let questions = Questions::of(&statement);
    Ok(Page(Edit { here: can.here(), statement, decides, copies, questions, problems: Problems::default() }))
}

pub(super) async fn update(can: Can<AnswerStatements>, at: paths::ConsentPage, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (statement, decides, copies) = decided(&can, &at).await?;
    let written = match form.parse_decided(&statement) {
        Ok(choices) => {
            let keep = async |tx: &mut AgencyTx| {
                choose::choose(tx, decides, &statement, &choices, can.version()).await?;
                // A steward who left it to the speaker alone reads it no more.
                let seen = show::find(tx, at.statement).await?.is_some();
                let on = if seen { paths::statement(can.slug(), at.statement) } else { paths::statements(can.slug()) };
                Ok(Done::at(on, "Your choice is kept and holds from now on"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), statement.version).with_theirs(&AnswerForm::of(&statement), &form);
        let questions = Questions::again(&statement, form);
        Edit { here: can.here(), statement, decides, copies, questions, problems }
    })
}

pub(super) async fn next_step(
    can: Can<SeeToStatements>,
    at: paths::NextStepPage,
    Form(form): Form<NextStepForm>,
) -> Result<Response, Error> {
    let whole = can.read(async |tx| show::whole(tx, at.statement).await).await?;
    let written = match form.parse(whole.statement.next_on, can.today()) {
        Ok(next) => {
            let plan = async |tx: &mut AgencyTx| {
                choose::see_to(tx, &can, at.statement, &next).await?;
                Ok(Done::at(paths::statement(can.slug(), at.statement), "Next step saved"))
            };
            can.write(plan).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), whole.statement.version).with_theirs(&NextStepForm::of(&whole.statement), &form);
        Show::of(&can, whole).planned_again(form, problems)
    })
}
