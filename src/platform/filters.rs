//! Filters for templates: dates, times, prose. Nothing here turns escaping off.

use super::{here::Here, words};
use chrono::{DateTime, NaiveDate, Utc};

/// `{{ day|date }}`: "3 March 2027".
#[askama::filter_fn]
pub fn date(day: &NaiveDate, _: &dyn askama::Values) -> askama::Result<String> {
    Ok(words::day(*day))
}

/// `{{ at|moment(here) }}`: "Thursday 3 March 2027, 6:30 pm CST", in the agency's zone.
#[askama::filter_fn]
pub fn moment(at: &DateTime<Utc>, _: &dyn askama::Values, here: &Here) -> askama::Result<String> {
    Ok(words::moment(*at, here.zone()))
}

/// `{{ at|stamp(here) }}`: "3 March 2027, 6:30 pm".
#[askama::filter_fn]
pub fn stamp(at: &DateTime<Utc>, _: &dyn askama::Values, here: &Here) -> askama::Result<String> {
    Ok(words::stamp(*at, here.zone()))
}

/// `{{ at|on_day(here) }}`: the day of a moment, "3 March 2027".
#[askama::filter_fn]
pub fn on_day(at: &DateTime<Utc>, _: &dyn askama::Values, here: &Here) -> askama::Result<String> {
    Ok(words::day(here.day(*at)))
}

/// `{{ day|due(here) }}`: "due in 5 days", "was due 3 March 2027".
#[askama::filter_fn]
pub fn due(day: &NaiveDate, _: &dyn askama::Values, here: &Here) -> askama::Result<String> {
    Ok(words::due(*day, here.today()))
}

/// `{{ n|counted("partner", "partners") }}`: "3 partners".
#[askama::filter_fn]
pub fn counted(number: &i64, _: &dyn askama::Values, one: &str, many: &str) -> askama::Result<String> {
    Ok(words::count(*number, one, many))
}
