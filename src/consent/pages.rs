//! The recall list: what already carries words that were taken back, and what became of each copy.

use super::{
    forms::RecallForm,
    model::{Recall, RecallState},
    paths,
    store::recalls as store,
};
use crate::platform::{policy::DoRecalls, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = Example { who: "staff", path: "recall=@recall", form: "state=notice_sent&version=@recall_version" };
    Routes::new().get(paths::Recalls::PATH, index).get(paths::RecallPage::PATH, show).post(paths::RecallPage::PATH, settle, example)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    page: String,
}

#[derive(Template)]
#[template(path = "consent/recalls.html")]
struct Index {
    here: Here,
    recalls: Paged<Recall>,
}

#[derive(Template)]
#[template(path = "consent/recall.html")]
struct Show {
    here: Here,
    recall: Recall,
    form: RecallForm,
    problems: Problems,
}

async fn index(can: Can<DoRecalls>, at: paths::Recalls, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| store::list(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), recalls: paging.of(rows, &at.to_string()) }))
}

async fn show(can: Can<DoRecalls>, at: paths::RecallPage) -> Result<Page<Show>, Error> {
    let recall = can.read(async |tx| store::find(tx, at.recall).await?.ok_or(Error::NotFound)).await?;
    let form = RecallForm { state: recall.state.as_str().to_owned(), because: recall.because.clone() };
    Ok(Page(Show { here: can.here(), recall, form, problems: Problems::default() }))
}

async fn settle(can: Can<DoRecalls>, at: paths::RecallPage, Form(form): Form<RecallForm>) -> Result<Response, Error> {
    let recall = can.read(async |tx| store::find(tx, at.recall).await?.ok_or(Error::NotFound)).await?;
    let written = match form.parse(&recall, can.me()) {
        Ok(word) => {
            let settle = async |tx: &mut AgencyTx| {
                store::settle(tx, &can, at.recall, &word).await?;
                Ok(Done::at(paths::recalls(can.slug()), "Noted: the person who gave the words can see it"))
            };
            can.write(settle).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = RecallForm { state: recall.state.as_str().to_owned(), because: recall.because.clone() };
        Show { here: can.here(), problems: problems.since(can.version(), recall.version).with_theirs(&theirs, &form), recall, form }
    })
}
