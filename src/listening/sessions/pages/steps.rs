//! The later steps of a session: holding, bringing back, confirming, closing, calling off. Each is a page that says
//! what will happen, and a form.

use super::example;
use crate::{
    listening::{
        back,
        sessions::{
            forms::StepForm,
            model::{Recording, Session, Step},
            paths, store,
        },
        statements,
    },
    platform::{
        ids::SubjectId,
        policy::{KeepRoom, PlanSessions},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::Holding::PATH, holding)
        .post(paths::Holding::PATH, hold, example("session=@session_7", "agency=3&lived_experience=9"))
        .get(paths::Returning::PATH, returning)
        .post(paths::Returning::PATH, bring_back, example("session=@session_6", ""))
        .get(paths::Confirmation::PATH, confirmation)
        .post(paths::Confirmation::PATH, confirm, example("session=@session_5", ""))
        .get(paths::Closing::PATH, closing)
        .post(paths::Closing::PATH, close, example("session=@session_4", "word=Joanna+Littlefield"))
        .get(paths::Cancellation::PATH, cancellation)
        .post(paths::Cancellation::PATH, cancel, example("session=@session_9", "because=The+hall+was+flooded"))
}

#[derive(Template)]
#[template(path = "listening/sessions/step.html")]
struct Asking {
    here: Here,
    session: Session,
    step: Step,
    /// Waiting words that have no way back to their speaker yet.
    without_way_back: i64,
    form: StepForm,
    problems: Problems,
}

impl Asking {
    /// The question, what happens, and what the button says.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self.step {
            Step::Holding => {
                ("Was the session held?", "Say how many came. Numbers only, never who. This takes a minute.", "Say that it was held")
            }
            Step::Return => (
                "Bring it back to the speakers?",
                "Each speaker gets only their own words, to confirm, correct or strike. Until then only the speaker and those who bring the words back can read them.",
                "Bring it back to the speakers",
            ),
            Step::Confirmation => (
                "Have the speakers had their word?",
                "What nobody confirmed stays unread: silence is not consent. Speakers can still answer later.",
                "Say that the speakers had their word",
            ),
            Step::Closing => (
                "Close the session?",
                "Closing ends the work on this session. What was heard lives on in themes, barriers and promises.",
                "Close the session",
            ),
            Step::Announcement | Step::Cancellation => (
                "Call the session off?",
                "Everyone who can see the session will see that it was called off, and why. This cannot be undone.",
                "Call the session off",
            ),
        }
    }

    fn word_hint(&self) -> &'static str {
        if self.session.recording == Recording::None {
            "No notes were taken: only the co-host’s word closes it."
        } else {
            "Leave empty if nobody was asked."
        }
    }

    fn address(&self) -> String {
        let (slug, id) = (self.here.slug(), self.session.id);
        match self.step {
            Step::Holding => paths::holding(slug, id),
            Step::Return => paths::returning(slug, id),
            Step::Confirmation => paths::confirmation(slug, id),
            Step::Closing => paths::closing(slug, id),
            Step::Announcement | Step::Cancellation => paths::cancellation(slug, id),
        }
    }
}

/// The page that asks, for those with a duty; calling off is open to all who plan.
async fn ask(can: &Asker, id: SubjectId, step: Step, form: StepForm, problems: Problems) -> Result<Asking, Error> {
    let (session, without_way_back) = can
        .read(async |tx| {
            if step != Step::Cancellation {
                store::on_duty(tx, id).await?;
            }
            Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, statements::without_way_back(tx, id).await?))
        })
        .await?;
    Ok(Asking { here: can.here(), session, step, without_way_back, form, problems })
}

async fn fresh(can: &Asker, id: SubjectId, step: Step) -> Result<Page<Asking>, Error> {
    Ok(Page(ask(can, id, step, StepForm::default(), Problems::default()).await?))
}

async fn again(can: &Asker, (id, step): (SubjectId, Step), form: StepForm, written: Result<Response, Error>) -> Result<Response, Error> {
    match written {
        Err(Error::Refused(problems)) => Ok(Again(ask(can, id, step, form, problems).await?).into_response()),
        other => other,
    }
}

async fn holding(can: Can<KeepRoom>, at: paths::Holding) -> Result<Page<Asking>, Error> {
    fresh(&can, at.session, Step::Holding).await
}

async fn hold(can: Can<KeepRoom>, at: paths::Holding, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let written = match form.numbers() {
        Ok(numbers) => {
            let hold = async |tx: &mut AgencyTx| {
                let duty = store::on_duty(tx, at.session).await?;
                store::hold(tx, &duty, &numbers).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Session held"))
            };
            can.write(hold).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    again(&can, (at.session, Step::Holding), form, written).await
}

async fn returning(can: Can<KeepRoom>, at: paths::Returning) -> Result<Page<Asking>, Error> {
    fresh(&can, at.session, Step::Return).await
}

async fn bring_back(can: Can<KeepRoom>, at: paths::Returning, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let bring = async |tx: &mut AgencyTx| {
        let duty = store::on_duty(tx, at.session).await?;
        store::return_words(tx, &duty).await?;
        Ok(Done::at(paths::session(can.slug(), at.session), "Brought back to the speakers"))
    };
    let written = can.write(bring).await;
    again(&can, (at.session, Step::Return), form, written).await
}

async fn confirmation(can: Can<KeepRoom>, at: paths::Confirmation) -> Result<Page<Asking>, Error> {
    fresh(&can, at.session, Step::Confirmation).await
}

async fn confirm(can: Can<KeepRoom>, at: paths::Confirmation, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let confirm = async |tx: &mut AgencyTx| {
        let duty = store::on_duty(tx, at.session).await?;
        store::confirm(tx, &duty).await?;
        Ok(Done::at(paths::session(can.slug(), at.session), "Session confirmed"))
    };
    let written = can.write(confirm).await;
    again(&can, (at.session, Step::Confirmation), form, written).await
}

async fn closing(can: Can<KeepRoom>, at: paths::Closing) -> Result<Page<Asking>, Error> {
    fresh(&can, at.session, Step::Closing).await
}

async fn close(can: Can<KeepRoom>, at: paths::Closing, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let written = match form.word() {
        Ok(word) => {
            let close = async |tx: &mut AgencyTx| {
                let duty = store::on_duty(tx, at.session).await?;
                store::close(tx, &duty, &word).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Session closed"))
            };
            can.write(close).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    again(&can, (at.session, Step::Closing), form, written).await
}

async fn cancellation(can: Can<PlanSessions>, at: paths::Cancellation) -> Result<Page<Asking>, Error> {
    fresh(&can, at.session, Step::Cancellation).await
}

async fn cancel(can: Can<PlanSessions>, at: paths::Cancellation, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let written = match form.because() {
        Ok(because) => {
            let cancel = async |tx: &mut AgencyTx| {
                store::cancel(tx, &can, at.session, &because).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Session called off"))
            };
            can.write(cancel).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    again(&can, (at.session, Step::Cancellation), form, written).await
}
