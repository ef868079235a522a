//! The page of somebody's sign-ins, and the button that ends one.

use super::{
    super::{model::Member, paths},
    model::OwnSignIn,
    store,
};
use crate::platform::{policy::EndSignIns, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(in crate::members) fn routes() -> Routes {
    let end_one = Example { who: "admin", path: "member=@staff&sign_in=@sign_in", form: "" };
    Routes::new().get(paths::SignIns::PATH, index).post(paths::EndedSignIn::PATH, end, end_one)
}

#[derive(Template)]
#[template(path = "members/sign_ins.html")]
struct Index {
    here: Here,
    member: Member,
    open: Vec<OwnSignIn>,
}

async fn index(can: Can<EndSignIns>, at: paths::SignIns) -> Result<Page<Index>, Error> {
    let (member, open) = can.read(async |tx| store::list(tx, &can, at.member).await).await?;
    Ok(Page(Index { here: can.here(), member, open }))
}

async fn end(can: Can<EndSignIns>, at: paths::EndedSignIn) -> Result<Response, Error> {
    let end = async |tx: &mut AgencyTx| {
        let told = if store::end(tx, &can, (at.member, at.sign_in)).await? {
            "You ended the sign-in that you were using. Sign in again to come in here"
        } else {
            "Ended. On that device nothing here opens until they sign in again"
        };
        Ok(Done::at(paths::sign_ins(can.slug(), at.member), told))
    };
    can.write(end).await
}
