//! The look-up of names that the national lists fill: a person searches, picks, and checks the form for a new partner.

use super::super::{
    model::{Alike, Listed, What},
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
    alike: Vec<Alike>,
    count: i64,
}

impl Index {
    /// Partners that are called as this name is.
    fn alike_to(&self, name: &Listed) -> Vec<&Alike> {
        self.alike.iter().filter(|one| one.listed == name.id).collect()
    }
}

/// Which partner a name is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NameForm {
    partner: String,
}

pub(super) async fn name(can: Can<EditPartners>, at: paths::NamedPartner, Form(form): Form<NameForm>) -> Result<Response, Error> {
    let partner = form.partner.parse().map_err(|_| Error::NotFound)?;
    let name = async |tx: &mut AgencyTx| {
        store::name_is(tx, &can, at.listed, partner).await?;
        Ok(Done::at(crate::partners::paths::partner(can.slug(), partner), "The id of the national list is added"))
    };
    can.write(name).await
}

pub(super) async fn index(can: Can<EditPartners>, at: paths::Names, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (names, alike, count) = can
        .read(async |tx| {
            let names = store::search(tx, &filters.q, &filters.list, paging).await?;
            let alike = store::called_alike(tx, &names).await?;
            Ok((names, alike, store::names_count(tx).await?))
        })
        .await?;
    let names = paging.of(names, &with_filters(&at.to_string(), &[("q", &filters.q), ("list", &filters.list)]));
    let lists = vec![Choice::new("bia", "BIA Tribal Leaders Directory"), Choice::new("epa", "EPA Tribes Names Service")];
    Ok(Page(Index { here: can.here(), filters, lists, names, alike, count }))
}
