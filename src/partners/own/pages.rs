//! The form by which a body keeps its own entry.

use super::{
    forms::{OwnForm, Says},
    paths, store,
};
use crate::{
    partners::{
        model::{Brings, Kind, Partner},
        store as entries,
    },
    platform::{policy::EditOwnPartner, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = Example {
        who: "partner",
        path: "",
        form: "name=Cedar+Valley+Kinship+Circle&description=We+keep+children+with+kin&version=@kinship_version",
    };
    Routes::new().get(paths::OwnEntry::PATH, edit).post(paths::OwnEntry::PATH, update, example)
}

#[derive(Template)]
#[template(path = "partners/own/edit.html")]
struct Edit {
    here: Here,
    partner: Partner,
    is_tribe: bool,
    form: OwnForm,
    problems: Problems,
}

async fn entry(can: &Can<EditOwnPartner>) -> Result<Partner, Error> {
    can.read(async |tx| {
        let body = store::body_of(tx, can).await?;
        entries::find(tx, body).await?.ok_or(Error::NotFound)
    })
    .await
}

fn page(can: &Can<EditOwnPartner>, partner: Partner, form: OwnForm, problems: Problems) -> Edit {
    Edit { here: can.here(), is_tribe: partner.kind == Kind::Tribe, partner, form, problems }
}

async fn edit(can: Can<EditOwnPartner>, _: paths::OwnEntry) -> Result<Page<Edit>, Error> {
    let partner = entry(&can).await?;
    let form = OwnForm::of(&partner);
    Ok(Page(page(&can, partner, form, Problems::default())))
}

async fn update(can: Can<EditOwnPartner>, _: paths::OwnEntry, Form(form): Form<OwnForm>) -> Result<Response, Error> {
    let now = entry(&can).await?;
    let written = match form.parse() {
        Ok(parsed) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, &parsed, can.today()).await?;
                Ok(Done::at(crate::partners::paths::partner(can.slug(), now.id), "Your entry is saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&OwnForm::of(&now), &form);
        page(&can, now, form, problems)
    })
}
