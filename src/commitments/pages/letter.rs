//! The word of a person who was promised something, by a line of the letter: no sign-in, this one promise. What was promised to a body
//! wants a sign-in and a mandate: it is not answered here.

use super::super::{
    forms::WordForm,
    model::{Commitment, Promised, State, Word},
    paths, store,
};
use crate::{
    notices,
    platform::{policy::GiveWord, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_done_token", path: "link=@word_done", form: "word=kept&note=&version=@word_done_version" };
    Routes::new().get(paths::LetterWord::PATH, ask).post(paths::LetterWord::PATH, give, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "commitments/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    /// Somebody of the agency writes it down for the person on the telephone.
    by_telephone: bool,
    one: Commitment,
    form: WordForm,
    problems: Problems,
}

impl Asking {
    fn of(by: &ByLetter<GiveWord>, one: Commitment, form: WordForm, problems: Problems) -> Self {
        Self { here: by.here(), link: by.link_id(), by_telephone: by.by_telephone().is_some(), one, form, problems }
    }
}

/// The promise, with the proof, while it is reported done and was made to this person.
async fn reported(tx: &mut AgencyTx, by: &ByLetter<GiveWord>) -> Result<(Commitment, Promised), Error> {
    let (one, me) = store::asked(tx, by.subject("done")?, by.today()).await?;
    let proof = one.as_promised(&me)?;
    if one.state == State::Reported { Ok((one, proof)) } else { Err(Error::NotFound) }
}

async fn waiting(by: &ByLetter<GiveWord>) -> Result<Commitment, Error> {
    let found = by.read(async |tx| reported(tx, by).await).await.map_err(by_letter::nothing_waits)?;
    Ok(found.0)
}

async fn ask(by: ByLetter<GiveWord>, _: paths::LetterWord) -> Result<Page<Asking>, Error> {
    let one = waiting(&by).await?;
    Ok(Page(Asking::of(&by, one, WordForm::default(), Problems::default())))
}

async fn give(by: ByLetter<GiveWord>, _: paths::LetterWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let one = waiting(&by).await?;
    let written = match form.parse() {
        Ok(given) => by.write(async |tx| keep(tx, &by, &given).await).await,
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(by.version(), one.version).with_theirs(&form.beside(&one), &form);
        Asking::of(&by, one, form, problems)
    })
}

/// Keeps the word, and spends the line by it.
async fn keep(tx: &mut AgencyTx, by: &ByLetter<GiveWord>, given: &(Word, String)) -> Result<Done, Error> {
    let (one, proof) = reported(tx, by).await?;
    store::give_word(tx, by, proof, given).await?;
    by.spend(tx).await?;
    if let Some(writer) = by.by_telephone() {
        notices::said_by_telephone(tx, by.me(), (one.id, paths::commitment(by.slug(), one.id)), writer).await?;
    }
    Ok(Done::at(by_letter::thanks(by.slug()), "Your word was kept with the promise"))
}
