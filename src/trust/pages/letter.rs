//! The question by a line of the letter: answered without a sign-in and without a name. That somebody answered is kept where it is kept
//! for whoever signs in; beside the answer there is nothing, and beside the line no moment.

use super::super::{
    forms::AnswerForm,
    model::{Round, RoundId},
    paths, store,
};
use crate::platform::{policy::AnswerTrust, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_trust_token", path: "link=@word_trust", form: "step=4&words=" };
    Routes::new().get(paths::LetterAnswer::PATH, ask).post(paths::LetterAnswer::PATH, answer, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "trust/letter.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    round: Round,
    form: AnswerForm,
    problems: Problems,
}

/// The round, while the bearer’s answer is wanted.
async fn wanted(by: &ByLetter<AnswerTrust>) -> Result<Round, Error> {
    let id = RoundId(by.about("trust")?);
    let round = by.read(async |tx| store::find(tx, id).await?.ok_or(Error::LinkOver)).await?;
    if round.wants_mine(by.today()) { Ok(round) } else { Err(Error::LinkOver) }
}

async fn ask(by: ByLetter<AnswerTrust>, _: paths::LetterAnswer) -> Result<Page<Asking>, Error> {
    let round = wanted(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), round, form: AnswerForm::default(), problems: Problems::default() }))
}

async fn answer(by: ByLetter<AnswerTrust>, _: paths::LetterAnswer, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let round = wanted(&by).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::answer(tx, &by, round.id, &said).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your answer is kept, without your name"))
            };
            by.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking { here: by.here(), link: by.link_id(), round, form, problems })
}
