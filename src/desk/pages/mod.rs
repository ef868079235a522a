//! The stewards' desk: its first page, its lists, one thing; what is done with several; copies; whom a record concerns.

mod acts;
mod concerns;
mod copies;

use super::{
    model::{BodyCopy, Counted, Held, Narrowed, Reading, Sort, Whole},
    paths,
    store::{copies as copied, list},
};
use crate::{
    openings::{self, Opening},
    platform::{ids::PartnerId, paging::with_filters, policy::KeepDesk, prelude::*, subject::Audience},
    protocols::{self, Mark},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;
use std::{borrow::Borrow, collections::HashMap};

/// Lines of a short list on the first page.
const FEW: i64 = 8;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let own = Routes::new().get(paths::Desk::PATH, desk).get_such_as(paths::List::PATH, index, "sort=statements").get_such_as(
        paths::Record::PATH,
        record,
        "record=@tribe_statement",
    );
    own.join(acts::routes()).join(copies::routes()).join(concerns::routes())
}

/// The body that the asker decides for. A steward has one; who has none has no desk.
fn body(can: &Can<KeepDesk>) -> Result<PartnerId, Error> {
    can.body().ok_or(Error::NotFound)
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct Desk {
    here: Here,
    counts: Vec<Counted>,
    readings: Vec<Reading>,
    copies: Vec<BodyCopy>,
    openings: Vec<Opening>,
}

async fn desk(can: Can<KeepDesk>, _: paths::Desk) -> Result<Page<Desk>, Error> {
    let body = body(&can)?;
    can.read(async |tx| {
        let mut copies = copied::list(tx, body, None, Paging::from_text("")).await?;
        copies.truncate(1);
        Ok(Page(Desk {
            here: can.here(),
            counts: list::counts(tx, body).await?,
            readings: list::readings(tx, body, None, (FEW, 0)).await?,
            copies,
            openings: openings::latest(tx, FEW).await?,
        }))
    })
    .await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    audience: String,
    state: String,
    read: String,
    since: String,
    page: String,
    /// `all`: everything on the page is ticked, also without a script.
    chosen: String,
}

impl Filters {
    fn set(&self) -> [(&str, &str); 4] {
        [("audience", &self.audience), ("state", &self.state), ("read", &self.read), ("since", &self.since)]
    }

    fn address(&self, path: &str) -> String {
        with_filters(path, &self.set())
    }

    /// The list as it is shown now.
    fn whole_address(&self, path: &str, chosen: &str) -> String {
        with_filters(path, &[self.set().as_slice(), &[("page", self.page.as_str()), ("chosen", chosen)]].concat())
    }

    fn are_set(&self) -> bool {
        [&self.audience, &self.state, &self.read, &self.since].iter().any(|one| !one.is_empty())
    }

    fn states() -> Vec<Choice> {
        vec![Choice::new("stands", "Words that stand"), Choice::new("gone", "Taken back or struck")]
    }

    fn reads() -> Vec<Choice> {
        vec![
            Choice::new("outside", "By somebody outside"),
            Choice::new("taken", "Left in a file"),
            Choice::new("nobody", "By nobody outside"),
        ]
    }
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct Index {
    here: Here,
    sort: Sort,
    at: String,
    filters: Filters,
    held: Paged<Held>,
    marked: HashMap<uuid::Uuid, Vec<Mark>>,
}

impl Index {
    /// This page of the list, to come back to.
    fn here_again(&self) -> String {
        self.filters.whole_address(&self.at, "")
    }

    /// The same with everything chosen that can be, or nothing.
    fn all_chosen(&self, all: bool) -> String {
        self.filters.whole_address(&self.at, if all { "all" } else { "" })
    }

    fn is_chosen(&self) -> bool {
        self.filters.chosen == "all"
    }

    /// How many on this page can be chosen.
    fn can_be_chosen(&self) -> i64 {
        self.held.rows.iter().filter(|one| one.can_be_chosen()).count() as i64
    }

    /// Files left with something on this page.
    fn is_in_files(&self) -> bool {
        self.held.rows.iter().any(Held::can_be_asked_back)
    }

    /// A protocol keeps some of its audience from reading it.
    fn is_protected(&self, id: impl Borrow<uuid::Uuid>) -> bool {
        self.beside(id).iter().any(Mark::is_protocol)
    }

    /// The protocols, labels and notices of one thing.
    fn beside(&self, id: impl Borrow<uuid::Uuid>) -> &[Mark] {
        self.marked.get(id.borrow()).map_or(&[], Vec::as_slice)
    }
}

async fn index(can: Can<KeepDesk>, at: paths::List, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let (body, sort) = (body(&can)?, Sort::parse(&at.sort).ok_or(Error::NotFound)?);
    let paging = Paging::from_text(&filters.page);
    let since = Problems::default().optional_day("since", &filters.since);
    let (held, marked) = can
        .read(async |tx| {
            let since = since.map(|day| tx.first_moment(day));
            let narrowed = Narrowed { audience: &filters.audience, state: &filters.state, read: &filters.read, since };
            let held = list::list(tx, body, sort, &narrowed, paging).await?;
            let ids: Vec<uuid::Uuid> = held.iter().map(|one| one.id).collect();
            Ok((held, protocols::marks(tx, &ids).await?))
        })
        .await?;
    let at = at.to_string();
    let held = paging.of(held, &filters.address(&at));
    Ok(Page(Index { here: can.here(), sort, at, filters, held, marked }))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turn {
    page: String,
}

#[derive(Template)]
#[template(path = "desk/record.html")]
struct Record {
    here: Here,
    whole: Whole,
    readings: Paged<Reading>,
}

async fn record(can: Can<KeepDesk>, at: paths::Record, Query(turn): Query<Turn>) -> Result<Page<Record>, Error> {
    let (body, paging) = (body(&can)?, Paging::from_text(&turn.page));
    let (whole, readings) = can
        .read(async |tx| {
            let whole = list::whole(tx, body, at.record).await?;
            Ok((whole, list::readings(tx, body, Some(at.record), (paging.limit(), paging.offset())).await?))
        })
        .await?;
    let readings = paging.of(readings, &at.to_string());
    Ok(Page(Record { here: can.here(), whole, readings }))
}
