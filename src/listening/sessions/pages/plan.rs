//! Planning: a new session, its plan, its duties.

use super::example;
use crate::{
    listening::sessions::{
        forms::{DutiesForm, PlanForm},
        model::{Duty, Recording, Session},
        paths,
        store::{self, Lists},
    },
    platform::{ids::SubjectId, policy::PlanSessions, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    const PLAN: &str = "title=What+kin+need&community=Cedar+Valley&day=2027-09-01&time=18:00&minutes=90&zone=America/Chicago&recording=notes&version=@version";
    const NEW: &str =
        "title=Evening+with+grandparents&community=Cedar+Valley&day=2027-09-01&time=18:00&minutes=120&zone=America/Chicago&recording=notes";
    Routes::new()
        .get(paths::NewSession::PATH, new)
        .post(paths::Sessions::PATH, create, example("", NEW))
        .get(paths::EditSession::PATH, edit)
        .post(paths::SessionPage::PATH, update, example("session=@session_9", PLAN))
        .get(paths::Duties::PATH, duties)
        .post(paths::Duties::PATH, give, example("session=@session_9", "facilitators=@staff&version=@version"))
}

/// Zones of the United States and its territories, by the names that people there use.
const ZONES: &[(&str, &str)] = &[
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Mountain, Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Atlantic, Puerto Rico"),
    ("Pacific/Guam", "Chamorro, Guam"),
    ("Pacific/Pago_Pago", "Samoa"),
];

/// The zones as choices, with the one that is chosen.
fn zones(chosen: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = ZONES.iter().map(|(name, label)| Choice::new(*name, format!("{label} time"))).collect();
    if !chosen.is_empty() && !ZONES.iter().any(|(name, _)| *name == chosen) {
        all.insert(0, Choice::new(chosen.to_owned(), chosen.replace('_', " ")));
    }
    all
}

fn recordings() -> Vec<Choice> {
    let hint = |one: &Recording| match one {
        Recording::Notes => "Words are written down for those who allow it, and each speaker reads their own first.",
        Recording::Summary => "Nobody’s words: a short summary of the room, agreed aloud with the co-host.",
        Recording::None => "Only that it was held, how many came, what was acknowledged and promised.",
    };
    Recording::ALL.iter().map(|one| Choice::new(one.as_str(), one.label()).hint(hint(one))).collect()
}

#[derive(Template)]
#[template(path = "listening/sessions/new.html")]
struct New {
    here: Here,
    form: PlanForm,
    problems: Problems,
    lists: Lists,
    zones: Vec<Choice>,
    recordings: Vec<Choice>,
}

impl New {
    fn with(here: Here, form: PlanForm, problems: Problems, lists: Lists) -> Self {
        let zones = zones(&form.zone);
        Self { here, form, problems, lists, zones, recordings: recordings() }
    }
}

async fn new(can: Can<PlanSessions>, _: paths::NewSession) -> Result<Page<New>, Error> {
    let lists = can.read(async |tx| store::lists(tx, None).await).await?;
    let here = can.here();
    let zone = here.zone().name().to_owned();
    let form = PlanForm { zone, minutes: "120".to_owned(), facilitators: vec![can.me().to_string()], ..PlanForm::default() };
    Ok(Page(New::with(here, form, Problems::default(), lists)))
}

async fn create(can: Can<PlanSessions>, _: paths::Sessions, Form(form): Form<PlanForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok(plan) => {
            let add = async |tx: &mut AgencyTx| {
                let id = store::add(tx, &can, &plan).await?;
                Ok(Done::at(paths::session(can.slug(), id), "Session planned"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let lists = if written.is_err() { can.read(async |tx| store::lists(tx, None).await).await? } else { Lists::default() };
    written.or_again(|problems| New::with(can.here(), form, problems, lists))
}

#[derive(Template)]
#[template(path = "listening/sessions/edit.html")]
struct Edit {
    here: Here,
    id: SubjectId,
    version: i32,
    form: PlanForm,
    problems: Problems,
    lists: Lists,
    zones: Vec<Choice>,
    recordings: Vec<Choice>,
}

impl Edit {
    fn with(here: Here, session: &Session, form: PlanForm, problems: Problems, lists: Lists) -> Self {
        let zones = zones(&form.zone);
        Self { here, id: session.id, version: session.version, form, problems, lists, zones, recordings: recordings() }
    }
}

/// The session as it is, the form that would edit it, and what the form offers.
async fn as_it_is(tx: &mut AgencyTx, id: SubjectId) -> Result<(Session, PlanForm, Lists), Error> {
    let session = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let invited: Vec<_> = store::invited(tx, id).await?.into_iter().map(|(id, _)| id).collect();
    let form = PlanForm::of(&session, &invited);
    Ok((session, form, store::lists(tx, Some(id)).await?))
}

async fn edit(can: Can<PlanSessions>, at: paths::EditSession) -> Result<Page<Edit>, Error> {
    let (session, form, lists) = can.read(async |tx| as_it_is(tx, at.session).await).await?;
    Ok(Page(Edit::with(can.here(), &session, form, Problems::default(), lists)))
}

async fn update(can: Can<PlanSessions>, at: paths::SessionPage, Form(form): Form<PlanForm>) -> Result<Response, Error> {
    let (now, theirs, lists) = can.read(async |tx| as_it_is(tx, at.session).await).await?;
    let written = match form.parse() {
        Ok(plan) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.session, &plan).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Plan saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&theirs, &form);
        Edit::with(can.here(), &now, form, problems, lists)
    })
}

#[derive(Template)]
#[template(path = "listening/sessions/duties.html")]
struct Duties {
    here: Here,
    session: Session,
    form: DutiesForm,
    problems: Problems,
    people: Vec<Choice>,
}

async fn current(tx: &mut AgencyTx, id: SubjectId) -> Result<(Session, DutiesForm, Vec<Choice>), Error> {
    let session = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let mut form = DutiesForm::default();
    for (member, duty) in store::duties(tx, id).await? {
        let list = if duty == Duty::Facilitator { &mut form.facilitators } else { &mut form.note_takers };
        list.push(member.to_string());
    }
    Ok((session, form, store::lists(tx, Some(id)).await?.people))
}

async fn duties(can: Can<PlanSessions>, at: paths::Duties) -> Result<Page<Duties>, Error> {
    let (session, form, people) = can.read(async |tx| current(tx, at.session).await).await?;
    Ok(Page(Duties { here: can.here(), session, form, problems: Problems::default(), people }))
}

async fn give(can: Can<PlanSessions>, at: paths::Duties, Form(form): Form<DutiesForm>) -> Result<Response, Error> {
    let (session, theirs, people) = can.read(async |tx| current(tx, at.session).await).await?;
    let written = match form.parse() {
        Ok(holders) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_duties(tx, &can, at.session, &holders).await?;
                Ok(Done::at(paths::session(can.slug(), at.session), "Duties saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), session.version).with_theirs(&theirs, &form);
        Duties { here: can.here(), session, form, problems, people }
    })
}
