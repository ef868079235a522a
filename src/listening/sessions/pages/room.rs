//! In the room: the notice first, a way to stop, cards; and what is written down of the room itself.

use super::example;
use crate::{
    listening::{
        sessions::{
            forms::{AcknowledgementForm, StepForm, SummaryForm},
            model::{Acknowledged, Recording, Session, State},
            paths,
            store::{self, Rules},
        },
        speakers::{self, Card, Speaker},
    },
    platform::{ids::SubjectId, policy::KeepRoom, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::{DateTime, Utc};

pub(super) fn routes() -> Routes {
    const SAID: &str = "what=That+calls+went+unanswered&said_by=Rosalind+Achterberg&said_to=Everyone+in+the+room";
    const SUMMARY: &str = "summary=Kin+want+one+number+to+call.&agreed_with=Joanna+Littlefield&version=@version";
    Routes::new()
        .get(paths::Room::PATH, room)
        .post(paths::Notice::PATH, note_notice, example("session=@session_7", ""))
        .get(paths::Stop::PATH, stop_page)
        .post(paths::Stop::PATH, stop, example("session=@session_7", ""))
        .post(paths::StopDelete::PATH, go_on, example("session=@session_7", ""))
        .get(paths::Acknowledgements::PATH, acknowledgements)
        .post(paths::Acknowledgements::PATH, acknowledge, example("session=@session_6", SAID))
        .get(paths::Summary::PATH, summary)
        .post(paths::Summary::PATH, summarize, example("session=@session_6", SUMMARY))
        .get(paths::Attendance::PATH, attendance)
        .post(paths::Attendance::PATH, count, example("session=@session_6", "agency=2&lived_experience=11"))
        .post(paths::CheckIn::PATH, check_in, example("session=@session_6", ""))
}

#[derive(Template)]
#[template(path = "listening/sessions/room.html")]
struct Room {
    here: Here,
    session: Session,
    rules: Rules,
    speakers: Vec<Speaker>,
    /// When the reader's sign-in ends, where that is before the session does.
    sign_in_ends: Option<DateTime<Utc>>,
    problems: Problems,
}

/// What the room's pages show, for those with a duty there.
async fn enter(can: &Can<KeepRoom>, id: SubjectId) -> Result<(Session, Rules), Error> {
    can.read(async |tx| {
        store::on_duty(tx, id).await?;
        Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, store::rules(tx).await?))
    })
    .await
}

async fn room_of(can: &Can<KeepRoom>, id: SubjectId, problems: Problems) -> Result<Room, Error> {
    let (session, rules) = enter(can, id).await?;
    let around = async |tx: &mut AgencyTx| Ok((speakers::of_session(tx, id).await?, store::ends_within(tx, id, can.session()).await?));
    let (speakers, sign_in_ends) = can.read(around).await?;
    Ok(Room { here: can.here(), session, rules, speakers, sign_in_ends, problems })
}

async fn room(can: Can<KeepRoom>, at: paths::Room) -> Result<Page<Room>, Error> {
    Ok(Page(room_of(&can, at.session, Problems::default()).await?))
}

async fn note_notice(can: Can<KeepRoom>, at: paths::Notice) -> Result<Response, Error> {
    let note = async |tx: &mut AgencyTx| {
        let duty = store::on_duty(tx, at.session).await?;
        store::note_notice(tx, &can, &duty).await?;
        Ok(Done::at(paths::room(can.slug(), at.session), "Notice noted as read"))
    };
    match can.write(note).await {
        Err(Error::Refused(problems)) => Ok(Again(room_of(&can, at.session, problems).await?).into_response()),
        other => other,
    }
}

#[derive(Template)]
#[template(path = "listening/sessions/stop.html")]
struct StopPage {
    here: Here,
    session: Session,
    rules: Rules,
}

async fn stop_page(can: Can<KeepRoom>, at: paths::Stop) -> Result<Page<StopPage>, Error> {
    let (session, rules) = enter(&can, at.session).await?;
    Ok(Page(StopPage { here: can.here(), session, rules }))
}

async fn stop(can: Can<KeepRoom>, at: paths::Stop) -> Result<Response, Error> {
    let stop = async |tx: &mut AgencyTx| {
        let duty = store::on_duty(tx, at.session).await?;
        store::stop(tx, &duty).await?;
        Ok(Done::at(paths::stop(can.slug(), at.session), "Stopped"))
    };
    can.write(stop).await
}

async fn go_on(can: Can<KeepRoom>, at: paths::StopDelete) -> Result<Response, Error> {
    let go_on = async |tx: &mut AgencyTx| {
        let duty = store::on_duty(tx, at.session).await?;
        store::go_on(tx, &duty).await?;
        Ok(Done::at(paths::room(can.slug(), at.session), "The session went on"))
    };
    can.write(go_on).await
}

#[derive(Template)]
#[template(path = "listening/sessions/acknowledgements.html")]
struct Acknowledging {
    here: Here,
    session: Session,
    acknowledged: Vec<Acknowledged>,
    form: AcknowledgementForm,
    problems: Problems,
}

async fn acknowledging(can: &Can<KeepRoom>, id: SubjectId, form: AcknowledgementForm, problems: Problems) -> Result<Acknowledging, Error> {
    let (session, _) = enter(can, id).await?;
    let acknowledged = can.read(async |tx| store::acknowledged(tx, id).await).await?;
    Ok(Acknowledging { here: can.here(), session, acknowledged, form, problems })
}

async fn acknowledgements(can: Can<KeepRoom>, at: paths::Acknowledgements) -> Result<Page<Acknowledging>, Error> {
    Ok(Page(acknowledging(&can, at.session, AcknowledgementForm::default(), Problems::default()).await?))
}

async fn acknowledge(can: Can<KeepRoom>, at: paths::Acknowledgements, Form(form): Form<AcknowledgementForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok(new) => {
            let write = async |tx: &mut AgencyTx| {
                let duty = store::on_duty(tx, at.session).await?;
                store::acknowledge(tx, &can, &duty, &new).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Acknowledgement written down"))
            };
            can.write(write).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    match written {
        Err(Error::Refused(problems)) => Ok(Again(acknowledging(&can, at.session, form, problems).await?).into_response()),
        other => other,
    }
}

#[derive(Template)]
#[template(path = "listening/sessions/summary.html")]
struct Summing {
    here: Here,
    session: Session,
    form: SummaryForm,
    problems: Problems,
}

fn summary_of(session: &Session) -> SummaryForm {
    SummaryForm { summary: session.summary.clone(), agreed_with: session.summary_agreed_with.clone() }
}

async fn summary(can: Can<KeepRoom>, at: paths::Summary) -> Result<Page<Summing>, Error> {
    let (session, _) = enter(&can, at.session).await?;
    let form = summary_of(&session);
    Ok(Page(Summing { here: can.here(), session, form, problems: Problems::default() }))
}

async fn summarize(can: Can<KeepRoom>, at: paths::Summary, Form(form): Form<SummaryForm>) -> Result<Response, Error> {
    let (session, _) = enter(&can, at.session).await?;
    let written = match form.parse() {
        Ok(agreed) => {
            let write = async |tx: &mut AgencyTx| {
                let duty = store::on_duty(tx, at.session).await?;
                store::summarize(tx, &can, &duty, &agreed).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Summary saved"))
            };
            can.write(write).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), session.version).with_theirs(&summary_of(&session), &form);
        Summing { here: can.here(), session, form, problems }
    })
}

#[derive(Template)]
#[template(path = "listening/sessions/attendance.html")]
struct Counting {
    here: Here,
    session: Session,
    form: StepForm,
    problems: Problems,
}

async fn attendance(can: Can<KeepRoom>, at: paths::Attendance) -> Result<Page<Counting>, Error> {
    let (session, _) = enter(&can, at.session).await?;
    let numbers = can.read(async |tx| store::attendance(tx, at.session).await).await?;
    Ok(Page(Counting { here: can.here(), session, form: StepForm::of(&numbers), problems: Problems::default() }))
}

async fn count(can: Can<KeepRoom>, at: paths::Attendance, Form(form): Form<StepForm>) -> Result<Response, Error> {
    let (session, _) = enter(&can, at.session).await?;
    let written = match form.numbers() {
        Ok(numbers) => {
            let write = async |tx: &mut AgencyTx| {
                let duty = store::on_duty(tx, at.session).await?;
                store::count_people(tx, &duty, &numbers).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Numbers saved"))
            };
            can.write(write).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Counting { here: can.here(), session, form, problems })
}

async fn check_in(can: Can<KeepRoom>, at: paths::CheckIn) -> Result<Response, Error> {
    let done = async |tx: &mut AgencyTx| {
        store::check_in(tx, &can, at.session).await?;
        Ok(Done::at(paths::session(can.slug(), at.session), "Check-in noted"))
    };
    can.write(done).await
}
