//! The co-host's own acts: they arrange what people need to come, agree to the summary of the room, and say that it may be closed.

use crate::{
    listening::sessions::{
        forms::{PlanForm, SupportsForm},
        model::Session,
        paths, store,
    },
    platform::{
        ids::SubjectId,
        policy::{ArrangeSupports, GiveWord},
        prelude::*,
        routes::Example,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "partner", path, form };
    const SUPPORTS: &str = "food=Soup,+cooked+by+us&travel=Rides+from+the+clinic&support_person=Ruth+Alderman&version=@version";
    Routes::new()
        .get(paths::Supports::PATH, supports)
        .post(paths::Supports::PATH, arrange, example("session=@session_9", SUPPORTS))
        .post(paths::SummaryAgreement::PATH, agree, example("session=@session_6", "version=@version"))
        .post(paths::ClosingWord::PATH, let_close, example("session=@session_4", ""))
}

#[derive(Template)]
#[template(path = "listening/sessions/supports.html")]
struct Arranging {
    here: Here,
    session: Session,
    form: SupportsForm,
    problems: Problems,
}

/// The session, for those who arrange it with the agency; for everybody else there is no such page.
async fn arranged(can: &Can<ArrangeSupports>, id: SubjectId) -> Result<Session, Error> {
    let session = can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await?;
    if session.is_arranged_by(can.body()) { Ok(session) } else { Err(Error::NotFound) }
}

async fn supports(can: Can<ArrangeSupports>, at: paths::Supports) -> Result<Page<Arranging>, Error> {
    let session = arranged(&can, at.session).await?;
    let form = PlanForm::of(&session, &[]).supports();
    Ok(Page(Arranging { here: can.here(), session, form, problems: Problems::default() }))
}

async fn arrange(can: Can<ArrangeSupports>, at: paths::Supports, Form(form): Form<SupportsForm>) -> Result<Response, Error> {
    let session = arranged(&can, at.session).await?;
    let written = match form.parse(session.local_day()) {
        Ok(supports) => {
            let keep = async |tx: &mut AgencyTx| {
                store::arrange(tx, &can, at.session, &supports).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Saved: so that people can come"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), session.version).with_theirs(&PlanForm::of(&session, &[]).supports(), &form);
        Arranging { here: can.here(), session, form, problems }
    })
}

async fn agree(can: Can<GiveWord>, at: paths::SummaryAgreement) -> Result<Response, Error> {
    let page = paths::session(can.slug(), at.session);
    can.write(async |tx| {
        store::agree(tx, &can, at.session).await?;
        Ok(Done::at(page, "Agreed, in your name, for the co-host"))
    })
    .await
}

async fn let_close(can: Can<GiveWord>, at: paths::ClosingWord) -> Result<Response, Error> {
    let page = paths::session(can.slug(), at.session);
    can.write(async |tx| {
        store::let_close(tx, &can, at.session).await?;
        Ok(Done::at(page, "Your word is kept: the session may be closed"))
    })
    .await
}
