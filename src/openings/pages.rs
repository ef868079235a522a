//! The list of openings, the form, one opening, and the record that it opens while it holds.

use super::{
    forms::OpeningForm,
    model::{Opened, Opening, ReadThen},
    paths, store,
};
use crate::platform::{
    ids::MembershipId,
    policy::{OpenInEmergency, SeeOpenings},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "admin", path, form };
    let open = "record=@loop_raised&reason=Order+of+the+juvenile+court&hours=4";
    Routes::new()
        .get(paths::Openings::PATH, index)
        .get(paths::NewOpeningPage::PATH, new)
        .post(paths::Openings::PATH, create, example("", open))
        .get(paths::OpeningPage::PATH, show)
        .get(paths::Record::PATH, record)
        .post(paths::Ending::PATH, end, example("opening=@opening", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "openings/index.html")]
struct Index {
    here: Here,
    openings: Paged<Opening>,
}

async fn index(can: Can<SeeOpenings>, at: paths::Openings, Query(turn): Query<Turn>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&turn.page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), openings: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "openings/new.html")]
struct New {
    here: Here,
    form: OpeningForm,
    problems: Problems,
}

async fn new(can: Can<OpenInEmergency>, _: paths::NewOpeningPage) -> Page<New> {
    let form = OpeningForm { hours: "4".to_owned(), ..OpeningForm::default() };
    Page(New { here: can.here(), form, problems: Problems::default() })
}

async fn create(can: Can<OpenInEmergency>, _: paths::Openings, Form(form): Form<OpeningForm>) -> Result<Response, Error> {
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let open = async |tx: &mut AgencyTx| {
                let id = store::open(tx, &new).await?;
                let told =
                    if new.order.is_some() { "Opened. They are told on the day of the order" } else { "Opened. They have been told" };
                Ok(Done::at(paths::opening(can.slug(), id), told))
            };
            can.write(open).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems })
}

#[derive(Template)]
#[template(path = "openings/show.html")]
struct Show {
    here: Here,
    me: MembershipId,
    opening: Opening,
    reads: Vec<ReadThen>,
}

impl Show {
    /// The reader can open the record now.
    fn is_mine_now(&self) -> bool {
        self.here.can("OpenInEmergency") && self.opening.for_id == self.me && self.opening.holds(self.here.now())
    }
}

async fn show(can: Can<SeeOpenings>, at: paths::OpeningPage) -> Result<Page<Show>, Error> {
    let agency_side = can.here().is_agency_side();
    let look = async |tx: &mut AgencyTx| {
        let opening = store::find(tx, at.opening).await?;
        let reads = if opening.shows_when_to(agency_side) { store::reads(tx, &opening).await? } else { Vec::new() };
        Ok((opening, reads))
    };
    let (opening, reads) = can.read(look).await?;
    Ok(Page(Show { here: can.here(), me: can.me(), opening, reads }))
}

#[derive(Template)]
#[template(path = "openings/record.html")]
struct Record {
    here: Here,
    opening: Opening,
    opened: Opened,
}

async fn record(can: Can<OpenInEmergency>, at: paths::Record) -> Result<Page<Record>, Error> {
    let (opening, opened) = can
        .open_in_emergency(at.opening.0, async |tx| {
            Ok((store::find(tx, at.opening).await?, store::opened(tx).await?.ok_or(Error::NotFound)?))
        })
        .await?;
    Ok(Page(Record { here: can.here(), opening, opened }))
}

async fn end(can: Can<OpenInEmergency>, at: paths::Ending) -> Result<Response, Error> {
    can.write(async |tx| {
        store::end(tx, &can, at.opening).await?;
        Ok(Done::at(paths::opening(can.slug(), at.opening), "It is closed again"))
    })
    .await
}
