//! The question itself, for whoever was asked and signs in. Opening it changes nothing.

use super::super::{
    forms::AnswerForm,
    model::{Round, RoundId},
    paths, store,
};
use crate::platform::{policy::AnswerTrust, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = Example { who: "parent", path: "round=@trust_open", form: "step=4&words=" };
    Routes::new().get(paths::Answer::PATH, show).post(paths::Answer::PATH, answer, example)
}

#[derive(Template)]
#[template(path = "trust/answer.html")]
struct Asking {
    here: Here,
    round: Round,
    form: AnswerForm,
    problems: Problems,
}

/// The round, while the reader’s answer is wanted.
async fn wanted(can: &Can<AnswerTrust>, id: RoundId) -> Result<Round, Error> {
    let round = can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await?;
    if round.wants_mine(can.today()) { Ok(round) } else { Err(Error::NotFound) }
}

async fn show(can: Can<AnswerTrust>, at: paths::Answer) -> Result<Page<Asking>, Error> {
    let round = wanted(&can, at.round).await?;
    Ok(Page(Asking { here: can.here(), round, form: AnswerForm::default(), problems: Problems::default() }))
}

async fn answer(can: Can<AnswerTrust>, at: paths::Answer, Form(form): Form<AnswerForm>) -> Result<Response, Error> {
    let round = wanted(&can, at.round).await?;
    let written = match form.parse() {
        Ok(said) => {
            let keep = async |tx: &mut AgencyTx| {
                store::answer(tx, &can, at.round, &said).await?;
                Ok(Done::at(paths::round(can.slug(), at.round), "Your answer is kept, without your name"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Asking { here: can.here(), round, form, problems })
}
