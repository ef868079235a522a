//! The page on which one asks and another confirms.

use super::{
    super::{model::Member, paths},
    model::Standing,
    store,
};
use crate::platform::{
    policy::{AllowLostFactors, ReportLostFactors},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(in crate::members) fn routes() -> Routes {
    let example = |who, path| Example { who, path, form: "" };
    Routes::new()
        .get(paths::LostFactors::PATH, show)
        .post(paths::LostFactors::PATH, ask, example("admin", "member=@analyst"))
        .post(paths::LostFactorsWord::PATH, confirm, example("director", "member=@facilitator"))
        .post(paths::NoLostFactors::PATH, end, example("director", "member=@staff"))
}

#[derive(Template)]
#[template(path = "members/lost_factors.html")]
struct Lost {
    here: Here,
    member: Member,
    standing: Standing,
}

async fn show(can: Can<AllowLostFactors>, at: paths::LostFactors) -> Result<Page<Lost>, Error> {
    let (member, standing) = can.read(async |tx| store::standing(tx, &can, at.member).await).await?;
    Ok(Page(Lost { here: can.here(), member, standing }))
}

async fn ask(can: Can<ReportLostFactors>, at: paths::LostFactors) -> Result<Response, Error> {
    let ask = async |tx: &mut AgencyTx| {
        store::ask(tx, &can, at.member).await?;
        Ok(Done::at(paths::lost_factors(can.slug(), at.member), "Asked. A second person has to confirm it within seven days"))
    };
    can.write(ask).await
}

/// What is taken away is the person’s own and belongs to no agency: it goes when they sign in, and not here.
async fn confirm(can: Can<AllowLostFactors>, at: paths::LostFactorsWord) -> Result<Response, Error> {
    let confirm = async |tx: &mut AgencyTx| {
        store::confirm(tx, &can, at.member).await?;
        Ok(Done::at(paths::lost_factors(can.slug(), at.member), "Confirmed. A letter tells them, and they have three days to stop it"))
    };
    can.write(confirm).await
}

async fn end(can: Can<AllowLostFactors>, at: paths::NoLostFactors) -> Result<Response, Error> {
    let end = async |tx: &mut AgencyTx| {
        store::end(tx, &can, at.member).await?;
        Ok(Done::at(paths::lost_factors(can.slug(), at.member), "It is not done. Their second step stays"))
    };
    can.write(end).await
}
