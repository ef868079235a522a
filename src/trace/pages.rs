//! One page: the whole chain, from any link of it.

use super::{
    model::{Link, Stage, stages},
    paths, store,
};
use crate::platform::{
    policy::ViewFramework,
    prelude::*,
    subject::{self, Kind, Subject},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get_such_as(paths::Trace::PATH, show, "kind=barrier&id=@barrier_1")
}

#[derive(Template)]
#[template(path = "trace/show.html")]
struct Show {
    here: Here,
    record: Subject,
    links: Vec<Link>,
    /// There are more than the page draws.
    is_cut: bool,
}

impl Show {
    fn stages(&self) -> Vec<Stage<'_>> {
        stages(&self.links)
    }

    /// How far a link is, for this reader.
    fn state(&self, link: &Link) -> String {
        link.state_words(self.here.is_agency_side())
    }
}

async fn show(can: Can<ViewFramework>, at: paths::Trace) -> Result<Page<Show>, Error> {
    let kind = Kind::parse(&at.kind).ok_or(Error::NotFound)?;
    let here = can.here();
    let (record, mut links) = can
        .read(async |tx| {
            let record = subject::find(tx, at.id).await?.filter(|record| record.kind == kind).ok_or(Error::NotFound)?;
            Ok((record, store::chain(tx, at.id).await?))
        })
        .await?;
    // What this role cannot open, the chain does not name to it either.
    if !here.opens(&record.path) {
        return Err(Error::NotFound);
    }
    let is_cut = i64::try_from(links.len()).is_ok_and(|length| length >= store::MOST);
    links.retain(|link| here.opens(&link.path));
    Ok(Page(Show { here, record, links, is_cut }))
}
