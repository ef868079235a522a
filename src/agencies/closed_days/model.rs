//! The federal holidays of a year (5 U.S.C. 6103), on the days on which federal offices keep them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate, Utc, Weekday};

/// A day on which the agency is closed.
#[derive(Debug, Clone)]
pub(super) struct ClosedDay {
    pub(super) day: NaiveDate,
    /// What it is called here.
    pub(super) name: String,
    /// Who put it on the list.
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}

/// A federal holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holiday {
    /// On which federal offices are closed for it.
    pub(super) day: NaiveDate,
    /// As the law calls it.
    pub(super) name: &'static str,
}

/// Those that are kept within a year, in order. New Year’s Day may be kept on the last day of the year before.
pub(super) fn federal(year: i32) -> Vec<Holiday> {
    let mut kept: Vec<Holiday> = [year, year.saturating_add(1)].into_iter().flat_map(of_law).collect();
    kept.retain(|holiday| holiday.day.year() == year);
    kept.sort_by_key(|holiday| holiday.day);
    kept
}

fn of_law(year: i32) -> Vec<Holiday> {
    let dated = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(observed);
    let nth = |month, weekday, n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
    let last_monday = |month| nth(month, Weekday::Mon, 5).or_else(|| nth(month, Weekday::Mon, 4));
    let all = [
        (dated(1, 1), "New Year’s Day"),
        (nth(1, Weekday::Mon, 3), "Birthday of Martin Luther King, Jr."),
        (nth(2, Weekday::Mon, 3), "Washington’s Birthday"),
        (last_monday(5), "Memorial Day"),
        (dated(6, 19), "Juneteenth National Independence Day"),
        (dated(7, 4), "Independence Day"),
        (nth(9, Weekday::Mon, 1), "Labor Day"),
        (nth(10, Weekday::Mon, 2), "Columbus Day"),
        (dated(11, 11), "Veterans Day"),
        (nth(11, Weekday::Thu, 4), "Thanksgiving Day"),
        (dated(12, 25), "Christmas Day"),
    ];
    all.into_iter().filter_map(|(day, name)| Some(Holiday { day: day?, name })).collect()
}

/// A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
fn observed(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day.checked_sub_days(Days::new(1)).unwrap_or(day),
        Weekday::Sun => day.checked_add_days(Days::new(1)).unwrap_or(day),
        _ => day,
    }
}

#[cfg(test)]
mod tests {
    use super::federal;

    fn days(year: i32) -> Vec<String> {
        federal(year).iter().map(|holiday| holiday.day.to_string()).collect()
    }

    #[test]
    fn federal_offices_keep_these_days() {
        // As the Office of Personnel Management lists them for 2027; New Year's Day of 2028 is kept on its last day.
        let in_2027 = [
            "2027-01-01",
            "2027-01-18",
            "2027-02-15",
            "2027-05-31",
            "2027-06-18",
            "2027-07-05",
            "2027-09-06",
            "2027-10-11",
            "2027-11-11",
            "2027-11-25",
            "2027-12-24",
            "2027-12-31",
        ];
        assert_eq!(days(2027), in_2027);
        assert_eq!(days(2028).first().map(String::as_str), Some("2028-01-17"));
        assert_eq!(days(2028).len(), 10);
    }
}
