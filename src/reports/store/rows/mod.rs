//! The rows of each table, by key and a thousand at a time, as far as the asker may see them. What was not consented to is left
//! out here, in the query itself, beside what row security already hides.

mod framework;
mod groups;
mod heard;
mod obstacles;
mod plans;
mod promises;
mod relationships;

use super::super::{
    model::{Filters, What},
    sheets::NO_CONSENT,
};
use crate::{
    platform::{clock, db::AgencyTx, error::Error, sheet::Cell},
    protocols::{self, Mark},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use sqlx::types::Json;
use uuid::Uuid;

/// Rows read at a time.
pub(in crate::reports) const PAGE: usize = 1000;

/// What is asked for.
#[derive(Debug, Clone)]
pub(in crate::reports) struct Ask {
    /// What it is narrowed to.
    pub(in crate::reports) filters: Filters,
    /// The agency's zone: moments become its days.
    pub(in crate::reports) zone: Tz,
    /// The day it is there.
    pub(in crate::reports) today: NaiveDate,
}

impl Ask {
    /// The first moment of the filter's first day.
    fn from(&self) -> Option<DateTime<Utc>> {
        self.filters.since.map(|on| clock::first_moment(self.zone, on))
    }

    /// The first moment after the filter's last day.
    fn before(&self) -> Option<DateTime<Utc>> {
        self.filters.until.and_then(|on| on.checked_add_days(Days::new(1))).map(|on| clock::first_moment(self.zone, on))
    }

    /// The agency's day of a moment.
    fn day(&self, at: DateTime<Utc>) -> Cell {
        Cell::Day(clock::day_in(self.zone, at))
    }

    /// The agency's day of a moment that may be missing.
    fn day_of(&self, at: Option<DateTime<Utc>>) -> Cell {
        at.map_or(Cell::Empty, |at| self.day(at))
    }
}

/// Stands for a day that is missing; the queries write it out.
const NO_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Where the next page begins: after this record and this day of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reports) struct Key {
    id: Uuid,
    day: NaiveDate,
}

impl Key {
    /// Before everything.
    pub(in crate::reports) const FIRST: Self = Self { id: Uuid::nil(), day: NO_DAY };

    fn at(id: Uuid) -> Self {
        Self { id, day: NO_DAY }
    }
}

/// A contributed record that a table carries, with the version of consent it was taken under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reports) struct Noted {
    /// The record.
    pub(in crate::reports) id: Uuid,
    /// The version.
    pub(in crate::reports) version: i32,
    /// Its words are in the table; otherwise only its number, or that it is counted.
    pub(in crate::reports) words: bool,
}

impl Noted {
    /// With its words.
    fn words(id: Uuid, version: i32) -> Self {
        Self { id, version, words: true }
    }

    /// Named by number or counted.
    fn counted(ids: Option<&Vec<Uuid>>, versions: Option<&Vec<i32>>) -> impl Iterator<Item = Self> {
        let pairs = ids.into_iter().flatten().zip(versions.into_iter().flatten());
        pairs.map(|(id, version)| Self { id: *id, version: *version, words: false })
    }
}

/// One page of rows.
#[derive(Debug, Default)]
pub(in crate::reports) struct Batch {
    /// The rows, cell by cell as the table's columns.
    pub(in crate::reports) rows: Vec<Vec<Cell>>,
    /// The contributed records among them.
    pub(in crate::reports) noted: Vec<Noted>,
    /// Where to go on; none after the last page.
    pub(in crate::reports) next: Option<Key>,
}

impl Batch {
    fn of(rows: Vec<Vec<Cell>>, last: Option<Key>) -> Self {
        let next = if rows.len() == PAGE { last } else { None };
        Self { rows, noted: Vec::new(), next }
    }
}

/// The page of rows after `after`.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn page(tx: &mut AgencyTx, what: What, ask: &Ask, after: Key) -> Result<Batch, Error> {
    match what {
        What::Partners => relationships::partners(tx, ask, after).await,
        What::Outreach => relationships::outreach(tx, ask, after).await,
        What::Governments => relationships::governments(tx, ask, after).await,
        What::Sessions => heard::sessions(tx, ask, after).await,
        What::Statements => heard::statements(tx, ask, after).await,
        What::Themes => heard::themes(tx, ask, after).await,
        What::Barriers => framework::barriers(tx, ask, after).await,
        What::Goals => framework::goals(tx, ask, after).await,
        What::Plans => plans::plans(tx, ask, after).await,
        What::Means => plans::means(tx, ask, after).await,
        What::Progress => plans::progress(tx, ask, after).await,
        What::Commitments => promises::commitments(tx, ask, after).await,
        What::Loops => promises::loops(tx, ask, after).await,
        What::Obstacles => obstacles::obstacles(tx, ask, after).await,
        What::Groups => groups::groups(tx, ask, after).await,
        What::Seats => groups::seats(tx, ask, after).await,
        What::Meetings => groups::meetings(tx, ask, after).await,
        What::Decisions => groups::decisions(tx, ask, after).await,
    }
}

/// The agency's part of every address, and its name.
///
/// # Errors
/// When the database refuses.
pub(in crate::reports) async fn agency(tx: &mut AgencyTx) -> Result<(String, String), Error> {
    let agency = tx.agency();
    let row = sqlx::query!("select slug, name from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    Ok((row.slug, row.name))
}

/// A list in one cell.
fn joined(list: &[String]) -> Cell {
    Cell::Text(list.join("; "))
}

/// Marks of one sort in one cell; empty when there are none.
fn marks(what: &str, beside: Option<&Json<Vec<Mark>>>) -> Cell {
    Cell::of(beside.map(|all| protocols::in_a_line(&all.0, what)).filter(|line| !line.is_empty()))
}

/// The number of a record in one cell; empty when there is none.
fn number_of(id: Option<Uuid>) -> Cell {
    Cell::of(id.map(|id| id.to_string()))
}

/// The consent of a row without contributed words.
fn no_consent() -> Cell {
    NO_CONSENT.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_a_filter_are_the_agencys_own() {
        let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).unwrap();
        let filters = Filters { since: Some(day(3, 14)), until: Some(day(3, 14)), ..Filters::default() };
        let ask = Ask { filters, zone: chrono_tz::America::Chicago, today: day(4, 1) };
        // The clock goes forward on that day: it has 23 hours.
        assert_eq!(ask.before().unwrap() - ask.from().unwrap(), chrono::Duration::hours(23));
    }
}
