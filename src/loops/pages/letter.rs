//! One’s word on an answer, by a line of the letter: no sign-in, this one question, spent by the word and not by opening it.

use super::{
    super::{model::Loop, paths, store},
    one,
};
use crate::{
    notices,
    platform::{ids::SubjectId, policy::CloseLoops, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_answer_token", path: "link=@word_answer", form: "word=closes&why=" };
    Routes::new().get(paths::LetterWord::PATH, ask).post(paths::LetterWord::PATH, answer, word).limited(&limits::ANSWERS)
}

/// The raiser’s word.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct WordForm {
    word: String,
    why: String,
}

labels! {
    /// What the raiser says.
    pub enum Word {
        Closes = "closes", "Yes, this answers me";
        NotYet = "not_yet", "Not yet";
    }
}

impl WordForm {
    /// Why it is still open; nothing where it is closed.
    fn parse(&self) -> Result<Option<String>, Problems> {
        let mut p = Problems::default();
        let word: Word = p.one_of("word", &self.word, "Choose one of the two");
        let why = p.optional_prose("why", &self.why, 2000);
        if word == Word::NotYet && why.is_empty() && p.is_empty() {
            p.add("why", "Enter what is still open");
        }
        p.or((word == Word::NotYet).then_some(why))
    }
}

#[derive(Template)]
#[template(path = "loops/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    /// Somebody of the agency writes it down for the person on the telephone.
    by_telephone: bool,
    found: Loop,
    form: WordForm,
    problems: Problems,
}

impl Asking {
    fn of(by: &ByLetter<CloseLoops>, found: Loop, form: WordForm, problems: Problems) -> Self {
        Self { here: by.here(), link: by.link_id(), by_telephone: by.by_telephone().is_some(), found, form, problems }
    }
}

/// The question, while the bearer’s word on its answer is wanted.
async fn waiting(by: &ByLetter<CloseLoops>) -> Result<Loop, Error> {
    let id = by.subject("answer")?;
    let found = by.read(async |tx| one(tx, id).await).await.map_err(by_letter::nothing_waits)?;
    if found.may_close().is_some() { Ok(found) } else { Err(Error::LinkOver) }
}

async fn ask(by: ByLetter<CloseLoops>, _: paths::LetterWord) -> Result<Page<Asking>, Error> {
    let found = waiting(&by).await?;
    Ok(Page(Asking::of(&by, found, WordForm::default(), Problems::default())))
}

async fn answer(by: ByLetter<CloseLoops>, _: paths::LetterWord, Form(form): Form<WordForm>) -> Result<Response, Error> {
    let found = waiting(&by).await?;
    let written = match form.parse() {
        Ok(why) => by.write(async |tx| keep(tx, &by, found.id, why.as_deref()).await).await,
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking::of(&by, found, form, problems))
}

/// Keeps the word, and spends the line by it.
async fn keep(tx: &mut AgencyTx, by: &ByLetter<CloseLoops>, id: SubjectId, why: Option<&str>) -> Result<Done, Error> {
    let raiser = one(tx, id).await?.may_close().ok_or(Error::LinkOver)?;
    match why {
        None => store::close(tx, by.slug(), raiser).await?,
        Some(why) => store::reopen(tx, by.slug(), raiser, why).await?,
    }
    by.spend(tx).await?;
    if let Some(writer) = by.by_telephone() {
        notices::said_by_telephone(tx, by.me(), (id, paths::question(by.slug(), id)), writer).await?;
    }
    Ok(Done::at(by_letter::thanks(by.slug()), "Your word is kept"))
}
