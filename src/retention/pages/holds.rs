//! Legal holds: the list, setting one, and ending it.

use super::super::{
    forms::{HoldForm, LiftForm},
    model::{Hold, HoldId, Scope},
    paths,
    store::holds as store,
};
use crate::platform::{
    policy::{LiftHolds, SeeHolds, SetHolds},
    prelude::*,
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    record: String,
    page: String,
}

#[derive(Template)]
#[template(path = "retention/holds.html")]
pub(super) struct Index {
    here: Here,
    holds: Paged<Hold>,
}

pub(super) async fn index(can: Can<SeeHolds>, at: paths::Holds, Query(query): Query<Asked>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&query.page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), holds: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "retention/new_hold.html")]
pub(super) struct New {
    here: Here,
    form: HoldForm,
    problems: Problems,
}

pub(super) async fn new(can: Can<SetHolds>, _: paths::NewHold, Query(query): Query<Asked>) -> Page<New> {
    let from = can.today().to_string();
    Page(New { here: can.here(), form: HoldForm { record: query.record, from, ..HoldForm::default() }, problems: Problems::default() })
}

pub(super) async fn set(can: Can<SetHolds>, _: paths::Holds, Form(form): Form<HoldForm>) -> Result<Response, Error> {
    let written = match form.parse(can.today()) {
        Ok(hold) => {
            let set = async |tx: &mut AgencyTx| {
                let id = store::set(tx, &can, &hold).await?;
                Ok(Done::at(paths::hold(can.slug(), id), "The hold is set"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems })
}

#[derive(Template)]
#[template(path = "retention/hold.html")]
pub(super) struct Show {
    here: Here,
    hold: Hold,
    form: LiftForm,
    problems: Problems,
}

async fn found(asker: &Asker, id: HoldId) -> Result<Show, Error> {
    let hold = asker.read(async |tx| store::find(tx, id).await).await?;
    Ok(Show { here: asker.here(), hold, form: LiftForm::default(), problems: Problems::default() })
}

pub(super) async fn show(can: Can<SeeHolds>, at: paths::HoldPage) -> Result<Page<Show>, Error> {
    Ok(Page(found(&can, at.hold).await?))
}

pub(super) async fn lift(can: Can<LiftHolds>, at: paths::Lifting, Form(form): Form<LiftForm>) -> Result<Response, Error> {
    let again = found(&can, at.hold).await?;
    let written = match form.parse() {
        Ok(because) => {
            let lift = async |tx: &mut AgencyTx| {
                store::lift(tx, &can, at.hold, &because).await?;
                Ok(Done::at(paths::hold(can.slug(), at.hold), "The hold has ended. What was sealed under it alone is destroyed"))
            };
            can.write(lift).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Show { form, problems, ..again }
    })
}
