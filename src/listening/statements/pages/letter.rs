//! A speaker’s word on what was written down, by a line of the letter: their own words, no sign-in, spent by the word.

use super::Questions;
use crate::{
    consent::How,
    listening::statements::{
        forms::AnswerForm,
        model::{Statement, Word},
        paths,
        store::{
            answer::{self, Brings},
            show, spoken,
        },
    },
    platform::{policy::AnswerStatements, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let form = "word=confirm&uses=quoted&attribution=role&audience=agency&version=@asked_version";
    let word = Example { who: "@word_confirm_token", path: "link=@word_confirm", form };
    Routes::new().get(paths::LetterWord::PATH, ask).post(paths::LetterWord::PATH, give, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/statements/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    statement: Statement,
    questions: Questions,
    problems: Problems,
}

/// The statement, while it waits for its speaker, with what is asked about it.
async fn waiting(by: &ByLetter<AnswerStatements>) -> Result<(Statement, Questions), Error> {
    let id = by.subject("confirm")?;
    by.read(async |tx| {
        let statement = show::find(tx, id).await?.filter(|one| one.spoken_by(by.standing()).is_some()).ok_or(Error::LinkOver)?;
        let chosen_last = match statement.speaker {
            Some(speaker) => spoken::chosen_last(tx, speaker).await?,
            None => None,
        };
        let questions = Questions::after(&statement, chosen_last);
        Ok((statement, questions))
    })
    .await
}

async fn ask(by: ByLetter<AnswerStatements>, _: paths::LetterWord) -> Result<Page<Asking>, Error> {
    let (statement, questions) = waiting(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), statement, questions, problems: Problems::default() }))
}

async fn give(by: ByLetter<AnswerStatements>, _: paths::LetterWord, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let (statement, _) = waiting(&by).await?;
    let written = match form.parse(&statement, How::Link) {
        Ok(word) => {
            let take = async |tx: &mut AgencyTx| {
                answer::take(tx, Brings { id: statement.id, version: by.version() }, &word).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your word is kept. You can change your mind at any time"))
            };
            by.write(take).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(by.version(), statement.version).with_theirs(&form.beside(&statement), &form);
        let questions = Questions::again(&statement, form);
        Asking { here: by.here(), link: by.link_id(), statement, questions, problems }
    })
}
