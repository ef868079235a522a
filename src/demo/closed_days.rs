//! The days on which the county is closed: what is left of this year’s federal holidays, and the first of the next.

use super::{DemoError, Life};
use chrono::{Datelike as _, NaiveDate, Weekday};

const PAGE: &str = "/cedar-river/closed-days";

/// Before the log is sealed for the first time: a seal covers what came two days before the last one, and nothing older.
pub(super) async fn live(life: &mut Life) -> Result<(), DemoError> {
    life.day(358, 10);
    let this = life.date(0).parse::<NaiveDate>().map_or(2027, |day| day.year());
    for year in [this, this + 1] {
        let shown = life.get("admin", &format!("{PAGE}?year={year}")).await?;
        let offered = shown.split("name=\"days\" value=\"").skip(1).filter_map(|rest| rest.get(..10).map(str::to_owned));
        // The county keeps October’s day under another name.
        let (own, chosen): (Vec<String>, Vec<String>) =
            offered.filter(|day| year == this || &day[5..7] < "07").partition(|day| &day[5..7] == "10");
        if let Some(last) = chosen.last() {
            let year = year.to_string();
            let days = chosen.iter().map(|day| ("days", day.as_str()));
            let fields: Vec<(&str, &str)> = std::iter::once(("year", year.as_str())).chain(days).collect();
            life.post("admin", &format!("{PAGE}/holidays"), &fields).await?;
            life.note("closed_day", last);
        }
        for day in own {
            life.post("admin", PAGE, &[("day", &day), ("name", "Indigenous Peoples’ Day")]).await?;
        }
    }
    life.note("next_year", &(this + 1).to_string());
    let labor_day = NaiveDate::from_weekday_of_month_opt(this + 1, 9, Weekday::Mon, 1);
    life.note("next_labor_day", &labor_day.map(|day| day.to_string()).unwrap_or_default());
    Ok(())
}
