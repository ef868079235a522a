//! Whether somebody promised what the agency wrote down for them, by a line of the letter: no sign-in, this one promise. What a body is
//! said to have promised wants a sign-in and a mandate: it is not answered here.

use super::super::{
    forms::AvowalForm,
    model::{Avowal, Avower, Commitment},
    paths, store,
};
use crate::platform::{policy::GiveWord, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_promise_token", path: "link=@word_promise", form: "word=ours&version=@word_promise_version" };
    Routes::new().get(paths::LetterAvowal::PATH, ask).post(paths::LetterAvowal::PATH, avow, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "commitments/letter_avowal.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    one: Commitment,
    form: AvowalForm,
    problems: Problems,
}

/// The promise, with the proof, while it is only told and is this person’s own.
async fn told(tx: &mut AgencyTx, by: &ByLetter<GiveWord>) -> Result<(Commitment, Avower), Error> {
    let (one, me) = store::asked(tx, by.subject("promise")?, by.today()).await?;
    let proof = one.as_avower(&me)?;
    Ok((one, proof))
}

async fn waiting(by: &ByLetter<GiveWord>) -> Result<Commitment, Error> {
    let found = by.read(async |tx| told(tx, by).await).await.map_err(by_letter::nothing_waits)?;
    Ok(found.0)
}

async fn ask(by: ByLetter<GiveWord>, _: paths::LetterAvowal) -> Result<Page<Asking>, Error> {
    let one = waiting(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), one, form: AvowalForm::default(), problems: Problems::default() }))
}

async fn avow(by: ByLetter<GiveWord>, _: paths::LetterAvowal, Form(form): Form<AvowalForm>) -> Result<Response, Error> {
    let one = waiting(&by).await?;
    let written = match form.parse() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                let (_, proof) = told(tx, &by).await?;
                store::avow(tx, &by, proof, word).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your word is kept with the promise"))
            };
            by.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking {
        here: by.here(),
        link: by.link_id(),
        problems: problems.since(by.version(), one.version),
        one,
        form,
    })
}
