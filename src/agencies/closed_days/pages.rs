//! The page of the days on which the agency is closed: read by everybody, for clocks are counted by it; kept by administrators.

use super::{
    super::paths,
    forms::{DayForm, HolidaysForm, offered},
    model::ClosedDay,
    store,
};
use crate::platform::{
    policy::{ManageSettings, SeeClosedDays},
    prelude::*,
    words,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(in crate::agencies) fn routes() -> Routes {
    let example = |path, form| Example { who: "admin", path, form };
    Routes::new()
        .get(paths::ClosedDays::PATH, show)
        .post(paths::ClosedDays::PATH, add, example("", "day=2099-08-03&name=Staff+day"))
        .post(paths::Holidays::PATH, add_holidays, example("", "year=@next_year&days=@next_labor_day"))
        .post(paths::OpenDay::PATH, open, example("closed_day=@closed_day", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    page: String,
    year: String,
}

#[derive(Template)]
#[template(path = "agencies/closed_days.html")]
struct ClosedDays {
    here: Here,
    days: Paged<ClosedDay>,
    /// Clocks count working days.
    working: bool,
    form: DayForm,
    holidays: HolidaysForm,
    problems: Problems,
}

impl ClosedDays {
    /// The year whose holidays are offered.
    fn year(&self) -> i32 {
        offered(&self.holidays.year, self.here.today()).0
    }

    /// Its holidays that are still ahead.
    fn offered(&self) -> Vec<Choice> {
        let all = offered(&self.holidays.year, self.here.today()).1;
        all.into_iter().map(|one| Choice::new(one.day.to_string(), format!("{}, {}", words::day(one.day), one.name))).collect()
    }

    /// This year and the next, to choose from.
    fn years(&self) -> Vec<i32> {
        let this = chrono::Datelike::year(&self.here.today());
        (this..=this + 2).filter(|year| *year != self.year()).collect()
    }

    fn of_year(&self, year: impl std::fmt::Display) -> String {
        crate::platform::paging::with_filters(&paths::closed_days(self.here.slug()), &[("year", &year.to_string())])
    }
}

/// The page as the list is now, with what was typed.
async fn as_now(can: &Asker, shown: &Shown, form: DayForm, holidays: HolidaysForm) -> Result<ClosedDays, Error> {
    let paging = Paging::from_text(&shown.page);
    let (rows, working) = can.read(async |tx| store::list(tx, paging).await).await?;
    let days = paging.of(rows, &paths::closed_days(can.slug()));
    Ok(ClosedDays { here: can.here(), days, working, form, holidays, problems: Problems::default() })
}

async fn show(can: Can<SeeClosedDays>, _: paths::ClosedDays, Query(shown): Query<Shown>) -> Result<Page<ClosedDays>, Error> {
    let holidays = HolidaysForm { year: shown.year.clone(), days: Vec::new() };
    Ok(Page(as_now(&can, &shown, DayForm::default(), holidays).await?))
}

async fn add(can: Can<ManageSettings>, _: paths::ClosedDays, Form(form): Form<DayForm>) -> Result<Response, Error> {
    let written = match form.parse(can.today()) {
        Ok((day, name)) => {
            let add = async |tx: &mut AgencyTx| {
                store::add(tx, &can, day, &name).await?;
                Ok(Done::at(paths::closed_days(can.slug()), "The day is on the list"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let page = as_now(&can, &Shown::default(), form, HolidaysForm::default()).await?;
    written.or_again(|problems| ClosedDays { problems, ..page })
}

async fn add_holidays(can: Can<ManageSettings>, _: paths::Holidays, Form(form): Form<HolidaysForm>) -> Result<Response, Error> {
    let written = match form.parse(can.today()) {
        Ok(chosen) => {
            let add = async |tx: &mut AgencyTx| {
                let number = store::add_holidays(tx, &can, &chosen).await?;
                Ok(Done::numbered(paths::closed_days(can.slug()), number, "day is on the list now", "days are on the list now"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    let page = as_now(&can, &Shown::default(), DayForm::default(), form).await?;
    written.or_again(|problems| ClosedDays { problems, ..page })
}

async fn open(can: Can<ManageSettings>, at: paths::OpenDay) -> Result<Response, Error> {
    can.write(async |tx| {
        store::open(tx, &can, at.closed_day).await?;
        Ok(Done::at(paths::closed_days(can.slug()), "The day is off the list: it counts again"))
    })
    .await
}
