//! Whether what a speaker allowed may go on, by a line of the letter: no sign-in, none of their words, spent by the answer.

use crate::{
    listening::statements::{
        forms::OwnAgainForm,
        model::{OwnAgain, Renewal, RenewalId},
        paths,
        store::renewals,
    },
    platform::{policy::AnswerStatements, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let word = Example { who: "@word_renewal_token", path: "link=@word_renewal", form: "word=again&version=1" };
    Routes::new().get(paths::LetterAgain::PATH, ask).post(paths::LetterAgain::PATH, answer, word).limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/statements/letter_again.html")]
struct Asking {
    here: Here,
    link: uuid::Uuid,
    renewal: Renewal,
    form: OwnAgainForm,
    problems: Problems,
}

/// What runs out, while the bearer is asked about it.
async fn waiting(by: &ByLetter<AnswerStatements>) -> Result<Renewal, Error> {
    let id = RenewalId(by.about("renewal")?);
    by.read(async |tx| renewals::own(tx, id).await?.ok_or(Error::LinkOver)).await
}

async fn ask(by: ByLetter<AnswerStatements>, _: paths::LetterAgain) -> Result<Page<Asking>, Error> {
    let renewal = waiting(&by).await?;
    Ok(Page(Asking { here: by.here(), link: by.link_id(), renewal, form: OwnAgainForm::default(), problems: Problems::default() }))
}

async fn answer(by: ByLetter<AnswerStatements>, _: paths::LetterAgain, Form(form): Form<OwnAgainForm>) -> Result<Response, Error> {
    let renewal = waiting(&by).await?;
    let written = match form.parse() {
        Ok(word) => {
            let keep = async |tx: &mut AgencyTx| {
                renewals::say_oneself(tx, &by, &renewal, word).await?;
                by.spend(tx).await?;
                Ok(Done::at(by_letter::thanks(by.slug()), "Your word is kept. You can change your mind at any time"))
            };
            by.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(by.version(), renewal.version);
        Asking { here: by.here(), link: by.link_id(), renewal, form, problems }
    })
}
