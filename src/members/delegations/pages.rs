//! The list of lent duties, lending and ending them, and who among the staff sees the landscape.

use super::{
    super::paths,
    forms::{LandscapeForm, LendForm},
    model::{Duty, Lent},
    store,
};
use crate::platform::{
    policy::{LendDuties, ViewDuties},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
pub(in crate::members) fn routes() -> Routes {
    let example = |path, form| Example { who: "director", path, form };
    Routes::new()
        .get(paths::Delegations::PATH, index)
        .post(paths::Delegations::PATH, lend, example("", "duty=outreach&to=@facilitator&until=@in_a_month&reason=While+I+am+away"))
        .post(paths::EndedDelegation::PATH, end, example("delegation=@delegation", ""))
        .post(paths::Landscape::PATH, landscape, example("member=@facilitator", "open=no&version=@version"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    page: String,
}

#[derive(Template)]
#[template(path = "members/delegations.html")]
struct Index {
    here: Here,
    lent: Paged<Lent>,
    people: Vec<Choice>,
    form: LendForm,
    problems: Problems,
}

impl Index {
    async fn of(asker: &Asker, page: &str) -> Result<Self, Error> {
        let paging = Paging::from_text(page);
        let (rows, people) = asker.read(async |tx| store::list(tx, asker.me(), paging).await).await?;
        let lent = paging.of(rows, &paths::delegations(asker.slug()));
        Ok(Self { here: asker.here(), lent, people, form: LendForm::default(), problems: Problems::default() })
    }
}

async fn index(can: Can<ViewDuties>, _: paths::Delegations, Query(at): Query<At>) -> Result<Page<Index>, Error> {
    Ok(Page(Index::of(&can, &at.page).await?))
}

async fn lend(can: Can<LendDuties>, _: paths::Delegations, Form(form): Form<LendForm>) -> Result<Response, Error> {
    let now = Index::of(&can, "").await?;
    let written = match form.parse(can.today()) {
        Ok(lending) => {
            let lend = async |tx: &mut AgencyTx| {
                store::lend(tx, &can, &lending).await?;
                Ok(Done::at(paths::delegations(can.slug()), "Duty lent. It ends by itself"))
            };
            can.write(lend).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { form, problems, ..now })
}

async fn end(can: Can<LendDuties>, at: paths::EndedDelegation) -> Result<Response, Error> {
    let end = async |tx: &mut AgencyTx| {
        store::end(tx, &can, at.delegation).await?;
        Ok(Done::at(paths::delegations(can.slug()), "The duty is yours again"))
    };
    can.write(end).await
}

async fn landscape(can: Can<LendDuties>, at: paths::Landscape, Form(form): Form<LandscapeForm>) -> Result<Response, Error> {
    let open = async |tx: &mut AgencyTx| {
        store::open_landscape(tx, &can, at.member, form.open == "yes").await?;
        Ok(Done::at(paths::member(can.slug(), at.member), "Saved. It holds from their next page on"))
    };
    can.write(open).await
}
