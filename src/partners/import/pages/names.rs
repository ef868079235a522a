//! The look-up of names that the national lists fill: a person searches, picks, and checks the form for a new partner.

use super::super::{
    model::{Listed, What},
    paths, store,
};
use crate::platform::{paging::with_filters, policy::EditPartners, prelude::*};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    q: String,
    list: String,
    page: String,
}

#[derive(Template)]
#[template(path = "partners/import/names.html")]
pub(super) struct Index {
    here: Here,
    filters: Filters,
    lists: Vec<Choice>,
    names: Paged<Listed>,
    count: i64,
}

pub(super) async fn index(can: Can<EditPartners>, at: paths::Names, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (names, count) =
        can.read(async |tx| Ok((store::search(tx, &filters.q, &filters.list, paging).await?, store::names_count(tx).await?))).await?;
    let names = paging.of(names, &with_filters(&at.to_string(), &[("q", &filters.q), ("list", &filters.list)]));
    let lists = vec![Choice::new("bia", "BIA Tribal Leaders Directory"), Choice::new("epa", "EPA Tribes Names Service")];
    Ok(Page(Index { here: can.here(), filters, lists, names, count }))
}
