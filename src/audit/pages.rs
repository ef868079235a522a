//! The log of changes, with filters.

use super::{
    model::{Entry, Narrowed},
    paths, store,
};
use crate::platform::{form::Problems, paging::with_filters, policy::ViewAudit, prelude::*, subject::Kind};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Audit::PATH, index).limited(&limits::SEARCHES)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    who: String,
    kind: String,
    since: String,
    until: String,
    record: String,
    page: String,
}

impl Filters {
    fn narrowed(&self) -> Narrowed<'_> {
        let mut unread = Problems::default();
        Narrowed {
            who: self.who.trim(),
            kind: &self.kind,
            since: unread.optional_day("since", &self.since),
            until: unread.optional_day("until", &self.until),
            record: self.record.parse().ok(),
        }
    }

    /// The last day lies before the first.
    fn is_turned_round(&self) -> bool {
        let days = self.narrowed();
        days.since.zip(days.until).is_some_and(|(since, until)| until < since)
    }
}

/// What is changed besides records.
const OTHERS: &[(&str, &str)] = &[
    ("member", "membership"),
    ("sign-in", "sign-in"),
    ("duty", "lent duty"),
    ("opening", "emergency opening"),
    ("single sign-on", "single sign-on"),
    ("comment", "comment"),
    ("settings", "settings"),
    ("list of partners", "list of partners"),
    ("list of people", "list of people"),
    ("look-up of names", "look-up of names"),
    ("retention", "retention"),
    ("legal hold", "legal hold"),
    ("series", "series of sessions"),
    ("speaker", "consent card"),
    ("export", "export"),
    ("recall", "recall"),
];

#[derive(Template)]
#[template(path = "audit/index.html")]
struct Index {
    here: Here,
    entries: Paged<Entry>,
    kinds: Vec<Choice>,
    filters: Filters,
    address: String,
}

async fn index(can: Can<ViewAudit>, at: paths::Audit, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let (paging, here) = (Paging::from_text(&filters.page), can.here());
    let rows = can.read(async |tx| store::list(tx, &filters.narrowed(), here.zone(), paging).await).await?;
    let set = [
        ("who", filters.who.as_str()),
        ("kind", &filters.kind),
        ("since", &filters.since),
        ("until", &filters.until),
        ("record", &filters.record),
    ];
    let entries = paging.of(rows, &with_filters(&at.to_string(), &set));
    let kinds = Kind::choices().into_iter().chain(OTHERS.iter().map(|(kind, label)| Choice::new(*kind, *label))).collect();
    Ok(Page(Index { here, entries, kinds, filters, address: at.to_string() }))
}
