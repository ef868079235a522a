//! The two clocks as dates: days counted from the day after raising, all of them or only Monday to Friday.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The last day on which the clock is kept: `days` after `from`. Working days are Monday to Friday; a clock never ends at a
/// weekend then. Holidays are not known here.
#[must_use]
pub fn runs_until(from: NaiveDate, days: u16, working_days: bool) -> NaiveDate {
    if !working_days {
        return from.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX);
    }
    from.iter_days()
        .skip(1)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .take(usize::from(days))
        .last()
        .unwrap_or(from)
}

/// Days after an unanswered "your word is wanted" until the raiser is asked once more.
pub const ASK_AGAIN_DAYS: i64 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn calendar_days_count_every_day() {
        assert_eq!(runs_until(day("2027-02-26"), 5, false), day("2027-03-03"));
        assert_eq!(runs_until(day("2027-02-26"), 0, false), day("2027-02-26"));
    }

    #[test]
    fn working_days_leave_weekends_out() {
        // A Friday: five working days later it is Friday again.
        assert_eq!(runs_until(day("2027-02-26"), 5, true), day("2027-03-05"));
        // Raised on a Saturday or a Sunday, the first day counted is Monday.
        assert_eq!(runs_until(day("2027-02-27"), 1, true), day("2027-03-01"));
        assert_eq!(runs_until(day("2027-02-28"), 1, true), day("2027-03-01"));
        assert_eq!(runs_until(day("2027-02-26"), 30, true), day("2027-04-09"));
    }

    #[test]
    fn a_clock_over_new_year_and_a_leap_day() {
        assert_eq!(runs_until(day("2027-12-30"), 5, true), day("2028-01-06"));
        assert_eq!(runs_until(day("2028-02-27"), 3, false), day("2028-03-01"));
    }
}
