//! Where people put the same words under different themes, how each of them read it, and what was settled.

use crate::{
    listening::themes::{
        forms::SettleForm,
        model::{Differing, How, Read},
        paths,
        store::coding,
    },
    platform::{
        policy::{EditThemes, ViewThemes},
        prelude::*,
    },
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    page: String,
}

#[derive(Template)]
#[template(path = "listening/themes/readings.html")]
pub(super) struct Index {
    here: Here,
    differing: Paged<Differing>,
}

#[derive(Template)]
#[template(path = "listening/themes/reading.html")]
pub(super) struct Show {
    here: Here,
    read: Read,
    form: SettleForm,
    problems: Problems,
}

impl Show {
    fn themes(&self) -> Vec<Choice> {
        self.read.themes().into_iter().map(|(id, name)| Choice::new(id.to_string(), name.to_owned())).collect()
    }
}

pub(super) async fn index(can: Can<ViewThemes>, at: paths::Readings, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| coding::differing(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), differing: paging.of(rows, &at.to_string()) }))
}

pub(super) async fn show(can: Can<ViewThemes>, at: paths::ReadingPage) -> Result<Page<Show>, Error> {
    let read = can.read(async |tx| coding::read(tx, at.source).await?.ok_or(Error::NotFound)).await?;
    Ok(Page(Show { here: can.here(), read, form: SettleForm::default(), problems: Problems::default() }))
}

pub(super) async fn settle(can: Can<EditThemes>, at: paths::ReadingPage, Form(form): Form<SettleForm>) -> Result<Response, Error> {
    let read = can.read(async |tx| coding::read(tx, at.source).await?.filter(|read| read.differs).ok_or(Error::NotFound)).await?;
    let written = match form.parse(&read) {
        Ok(settlement) => {
            let settle = async |tx: &mut AgencyTx| {
                coding::settle(tx, &can, &read, &settlement).await?;
                Ok(Done::at(&at, "Settled. How each of you read it stays here"))
            };
            can.write(settle).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { here: can.here(), read, form, problems })
}
