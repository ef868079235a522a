//! Whom a record concerns: a mark that opens nothing.

use super::super::{forms::ConcernForm, model::Concern, paths, store::concerns};
use crate::platform::{
    ids::{PartnerId, SubjectId},
    policy::MarkConcerns,
    prelude::*,
    subject::{self, Subject},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Concerns::PATH, show)
        .post(paths::Concerns::PATH, mark, example("record=@barrier_open", "body=@stonebend"))
        .post(paths::EndedConcern::PATH, unmark, example("record=@barrier_concern&body=@tallpine", ""))
}

#[derive(Template)]
#[template(path = "desk/concerns.html")]
struct Show {
    here: Here,
    record: Subject,
    concerns: Vec<Concern>,
    bodies: Vec<Choice>,
    form: ConcernForm,
    problems: Problems,
}

impl Show {
    async fn of(can: &Can<MarkConcerns>, id: SubjectId) -> Result<Self, Error> {
        can.read(async |tx| {
            let record = subject::find(tx, id).await?.ok_or(Error::NotFound)?;
            let concerns = concerns::of(tx, can, id).await?;
            let bodies = concerns::choices(tx, can).await?;
            Ok(Self { here: can.here(), record, concerns, bodies, form: ConcernForm::default(), problems: Problems::default() })
        })
        .await
    }
}

async fn show(can: Can<MarkConcerns>, at: paths::Concerns) -> Result<Page<Show>, Error> {
    Ok(Page(Show::of(&can, at.record).await?))
}

async fn mark(can: Can<MarkConcerns>, at: paths::Concerns, Form(form): Form<ConcernForm>) -> Result<Response, Error> {
    let now = Show::of(&can, at.record).await?;
    let written = match form.parse() {
        Ok(body) => {
            let mark = async |tx: &mut AgencyTx| {
                concerns::mark(tx, &can, &now.record, body).await?;
                Ok(Done::at(at.to_string(), "Marked. It opens nothing: who may read it stays as it is"))
            };
            can.write(mark).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { form, problems, ..now })
}

async fn unmark(can: Can<MarkConcerns>, at: paths::EndedConcern) -> Result<Response, Error> {
    let now = Show::of(&can, at.record).await?;
    can.write(async |tx| {
        concerns::unmark(tx, &can, &now.record, PartnerId(at.body)).await?;
        Ok(Done::at(subject::concerns_path(can.slug(), at.record), "The mark is gone"))
    })
    .await
}
