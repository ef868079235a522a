//! When and where: a few times and places are put up, those who are to be invited say by a link which would suit, and whoever plans
//! takes one. Before the announcement nothing of the session is told to them but that.

use super::super::{
    forms::{SuitsForm, TimeForm},
    model::{Asked, Offered},
    paths, store,
};
use crate::{
    listening::sessions::{self, Brief, State, paths as of_sessions},
    platform::{
        ids::SubjectId,
        policy::{KeepInvitees, PlanSessions},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    const TIME: &str = "day=2032-03-02&time=18:00&place=The+library";
    let staff = |path, form| Example { who: "staff", path, form };
    let by_link = Example { who: "@times_token", path: "", form: "times=@time_first" };
    Routes::new()
        .get(paths::Times::PATH, index)
        .post(paths::Times::PATH, add, staff("session=@session_9", TIME))
        .post(paths::AskTimes::PATH, ask_all, staff("session=@session_9", ""))
        .limited(&limits::INVITATIONS)
        .post(paths::TakeTime::PATH, take, staff("session=@session_9&time=@time_first", ""))
        .post(paths::DropTime::PATH, drop_time, staff("session=@session_9&time=@time_first", ""))
        .post(paths::ReplyTimes::PATH, say, by_link)
        .limited(&limits::ANSWERS)
}

#[derive(Template)]
#[template(path = "listening/invitees/times.html")]
struct Index {
    here: Here,
    session: Brief,
    times: Vec<Offered>,
    /// How many said what suits them, of how many who were asked.
    heard: (i64, i64),
    form: TimeForm,
    problems: Problems,
}

/// What the page shows, while the session is planned.
async fn look(can: &Can<KeepInvitees>, id: SubjectId) -> Result<(Brief, Vec<Offered>, (i64, i64)), Error> {
    can.read(async |tx| {
        let session = sessions::brief(tx, id).await?.filter(|one| one.state == State::Planned).ok_or(Error::NotFound)?;
        store::kept(tx, id).await?;
        Ok((session, store::times(tx, id).await?, store::heard(tx, id).await?))
    })
    .await
}

async fn index(can: Can<KeepInvitees>, at: paths::Times) -> Result<Page<Index>, Error> {
    let (session, times, heard) = look(&can, at.session).await?;
    Ok(Page(Index { here: can.here(), session, times, heard, form: TimeForm::default(), problems: Problems::default() }))
}

async fn add(can: Can<KeepInvitees>, at: paths::Times, Form(form): Form<TimeForm>) -> Result<Response, Error> {
    let (session, times, heard) = look(&can, at.session).await?;
    let written = match form.parse(&session.zone, can.now()) {
        Ok(time) => {
            let add = async |tx: &mut AgencyTx| {
                store::add_time(tx, &can, at.session, &time).await?;
                Ok(Done::at(&at, "Added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { here: can.here(), session, times, heard, form, problems })
}

async fn ask_all(can: Can<KeepInvitees>, at: paths::AskTimes) -> Result<Response, Error> {
    let (session, times, heard) = look(&can, at.session).await?;
    let ask = async |tx: &mut AgencyTx| {
        store::ask_times(tx, &can, at.session).await?;
        Ok(Done::at(paths::times(can.slug(), at.session), "Everybody on the list is asked"))
    };
    let written = can.write(ask).await;
    written.or_again(|problems| Index { here: can.here(), session, times, heard, form: TimeForm::default(), problems })
}

async fn take(can: Can<PlanSessions>, at: paths::TakeTime) -> Result<Response, Error> {
    can.write(async |tx| {
        store::take_time(tx, &can, (at.session, at.time)).await?;
        Ok(Done::at(of_sessions::session(can.slug(), at.session), "The session has its time and place"))
    })
    .await
}

async fn drop_time(can: Can<KeepInvitees>, at: paths::DropTime) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_time(tx, &can, (at.session, at.time)).await?;
        Ok(Done::at(paths::times(can.slug(), at.session), "Taken back"))
    })
    .await
}

#[derive(Template)]
#[template(path = "listening/invitees/reply_times.html")]
struct Saying {
    here: Here,
    times: Vec<Choice>,
    form: SuitsForm,
    problems: Problems,
}

/// The times that the link asks about.
async fn asked_about(bearer: &Bearer, asked: &Asked) -> Result<Vec<Offered>, Error> {
    let times = bearer.read(async |tx| store::times(tx, asked.plan.session).await).await?;
    if times.is_empty() { Err(Error::LinkOver) } else { Ok(times) }
}

fn choices(times: &[Offered]) -> Vec<Choice> {
    times.iter().map(|one| Choice::new(one.id.to_string(), one.called())).collect()
}

/// The page of a link while nothing is settled.
pub(super) async fn page(bearer: &Bearer, asked: &Asked) -> Result<Response, Error> {
    let times = asked_about(bearer, asked).await?;
    let form = SuitsForm { times: times.iter().filter(|one| one.mine).map(|one| one.id.to_string()).collect() };
    Ok(Page(Saying { here: bearer.here(), times: choices(&times), form, problems: Problems::default() }).into_response())
}

async fn say(bearer: Bearer, _: paths::ReplyTimes, Form(form): Form<SuitsForm>) -> Result<Response, Error> {
    let asked = super::reply::invited(&bearer).await?;
    let times = asked_about(&bearer, &asked).await?;
    let written = match form.parse() {
        Ok(chosen) => {
            let keep = async |tx: &mut AgencyTx| {
                store::suits(tx, &bearer, &asked, &chosen).await?;
                Ok(Done::at(paths::reply(bearer.slug()), "Kept: you are told when it is settled"))
            };
            bearer.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    bearer.with_next(written).or_again(|problems| Saying { here: bearer.here(), times: choices(&times), form, problems })
}
