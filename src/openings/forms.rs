//! The form that opens a record, as typed.

use super::model::{MOST_DAYS_SECRET, MOST_HOURS, NewOpening, Order};
use crate::platform::form::{Problems, ticked};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Opening one record.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OpeningForm {
    pub(super) record: String,
    pub(super) reason: String,
    pub(super) hours: String,
    pub(super) sealed: String,
    pub(super) order_reference: String,
    pub(super) notice_on: String,
}

impl OpeningForm {
    pub(super) fn parse(&self, today: NaiveDate) -> Result<NewOpening, Problems> {
        let mut p = Problems::default();
        let typed = p.number_or_address("record", &self.record, 500);
        let record = number_in(&typed);
        if record.is_none() && p.of("record").is_none() {
            p.add("record", "Enter the address of the record’s page, or its number");
        }
        let new = NewOpening {
            record: record.unwrap_or_default(),
            reason: p.prose("reason", &self.reason, 1000, "Enter why it must be opened"),
            hours: p.whole("hours", &self.hours, 1..=MOST_HOURS, "Enter for how many hours"),
            order: self.order(&mut p, today),
            by_operator: false,
        };
        p.or(new)
    }

    /// The court's order, where one forbids notice.
    fn order(&self, p: &mut Problems, today: NaiveDate) -> Option<Order> {
        if !ticked(&self.sealed) {
            if !self.order_reference.trim().is_empty() || !self.notice_on.trim().is_empty() {
                p.add("sealed", "Tick this if a court forbids notice; if not, empty the two lines below it");
            }
            return None;
        }
        let reference = p.text("order_reference", &self.order_reference, 200, "Enter the order’s number or how it is filed");
        let until = p.day("notice_on", &self.notice_on, "Enter the day on which they may be told");
        let latest = today.checked_add_days(Days::new(MOST_DAYS_SECRET)).unwrap_or(today);
        if p.of("notice_on").is_none() && (until <= today || until > latest) {
            p.add("notice_on", "Enter a day that is ahead of us, within three years");
        }
        Some(Order { reference, until })
    }
}

/// The last number of a record in an address: of a comment's page that is the comment.
pub(super) fn number_in(typed: &str) -> Option<uuid::Uuid> {
    let parts = typed.split(|one: char| !one.is_ascii_hexdigit() && one != '-');
    parts.filter_map(|part| part.get(part.len().checked_sub(36)?..)?.parse().ok()).next_back()
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn the_record_is_read_out_of_an_address() {
        let one = "0189f7a0-1111-7000-8000-00000000abcd";
        let other = "0189f7a0-2222-7000-8000-00000000abcd";
        for typed in [
            one.to_owned(),
            format!("https://table.example.org/cedar-river/statements/{one}"),
            format!("/x/barriers/{other}#comment-{one}"),
        ] {
            assert_eq!(number_in(&typed).map(|id| id.to_string()).as_deref(), Some(one), "{typed}");
        }
        assert!(number_in("the letter of 3 March").is_none() && number_in("").is_none());
    }
}
