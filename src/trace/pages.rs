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
}

impl Show {
    fn stages(&self) -> Vec<Stage<'_>> {
        stages(&self.links)
    }

    /// How far a link is, for this reader.
    fn state(&self, link: &Link) -> String {
        link.state_words(self.here.is_agency_side())
    }

    fn is_cut(&self) -> bool {
        i64::try_from(self.links.len()).is_ok_and(|length| length >= store::MOST)
    }
}

async fn show(can: Can<ViewFramework>, at: paths::Trace) -> Result<Page<Show>, Error> {
    let kind = Kind::parse(&at.kind).ok_or(Error::NotFound)?;
    let (record, links) = can
        .read(async |tx| {
            let record = subject::find(tx, at.id).await?.filter(|record| record.kind == kind).ok_or(Error::NotFound)?;
            Ok((record, store::chain(tx, at.id).await?))
        })
        .await?;
    Ok(Page(Show { here: can.here(), record, links }))
}
