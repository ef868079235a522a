//! The two clocks as dates: days counted from the day after raising, all of them, or Monday to Friday without the days on which
//! the agency is closed.

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// Which days a clock counts.
#[derive(Debug)]
pub enum Counted {
    /// Every day.
    Calendar,
    /// Monday to Friday, but for the days on which the agency is closed.
    Working {
        /// Those ahead.
        closed: Vec<NaiveDate>,
    },
}

/// The last day on which the clock is kept: `days` after `from`. Where working days are counted it ends on one.
#[must_use]
pub fn runs_until(from: NaiveDate, days: u16, counted: &Counted) -> NaiveDate {
    let Counted::Working { closed } = counted else {
        return from.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX);
    };
    from.iter_days()
        .skip(1)
        .filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !closed.contains(day))
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

    fn working(closed: &[&str]) -> Counted {
        Counted::Working { closed: closed.iter().map(|text| day(text)).collect() }
    }

    #[test]
    fn calendar_days_count_every_day() {
        assert_eq!(runs_until(day("2027-02-26"), 5, &Counted::Calendar), day("2027-03-03"));
        assert_eq!(runs_until(day("2027-02-26"), 0, &Counted::Calendar), day("2027-02-26"));
        assert_eq!(runs_until(day("2028-02-27"), 3, &Counted::Calendar), day("2028-03-01"));
    }

    #[test]
    fn working_days_leave_weekends_out() {
        let working = working(&[]);
        // A Friday: five working days later it is Friday again.
        assert_eq!(runs_until(day("2027-02-26"), 5, &working), day("2027-03-05"));
        // Raised on a Saturday or a Sunday, the first day counted is Monday.
        assert_eq!(runs_until(day("2027-02-27"), 1, &working), day("2027-03-01"));
        assert_eq!(runs_until(day("2027-02-28"), 1, &working), day("2027-03-01"));
        assert_eq!(runs_until(day("2027-02-26"), 30, &working), day("2027-04-09"));
    }

    #[test]
    fn working_days_leave_out_when_the_agency_is_closed() {
        assert_eq!(runs_until(day("2027-12-30"), 5, &working(&[])), day("2028-01-06"));
        // New Year's Day falls on a Saturday: closed on the Friday before it, which is the first day after the question.
        assert_eq!(runs_until(day("2027-12-30"), 5, &working(&["2027-12-31"])), day("2028-01-07"));
        // A closed Saturday takes nothing away twice, and the last day is never a closed one.
        assert_eq!(runs_until(day("2027-12-30"), 1, &working(&["2027-12-31", "2028-01-01", "2028-01-03"])), day("2028-01-04"));
    }
}
