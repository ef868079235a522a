//! Series: sessions with one community, one after another.

use super::example;
use crate::{
    listening::sessions::{
        forms::SeriesForm,
        model::{Series, SeriesId, Session},
        paths,
        store::{self, Narrowed},
    },
    partners,
    platform::{
        policy::{PlanSessions, ViewSessions},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get(paths::AllSeries::PATH, index)
        .post(paths::AllSeries::PATH, create, example("", "name=Evenings+with+fathers&community=Fathers"))
        .get(paths::NewSeries::PATH, new)
        .get(paths::SeriesPage::PATH, show)
        .post(paths::SeriesPage::PATH, update, example("series=@series_kinship", "name=Kitchen+tables&community=Cedar+Valley&version=1"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PageOf {
    page: String,
}

#[derive(Template)]
#[template(path = "listening/sessions/all_series.html")]
struct Index {
    here: Here,
    series: Paged<Series>,
}

async fn index(can: Can<ViewSessions>, at: paths::AllSeries, Query(query): Query<PageOf>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&query.page);
    let rows = can.read(async |tx| store::all_series(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), series: paging.of(rows, &at.to_string()) }))
}

#[derive(Template)]
#[template(path = "listening/sessions/series.html")]
struct Show {
    here: Here,
    series: Series,
    sessions: Vec<Session>,
    form: SeriesForm,
    problems: Problems,
    partners: Vec<Choice>,
}

async fn look_up(tx: &mut AgencyTx, id: SeriesId) -> Result<(Series, Vec<Session>, Vec<Choice>), Error> {
    let series = store::find_series(tx, id).await?.ok_or(Error::NotFound)?;
    let narrowed = Narrowed { series: Some(id), ..Narrowed::default() };
    let (sessions, _) = store::list(tx, &narrowed, Paging::from_text("")).await?;
    Ok((series, sessions, partners::choices(tx).await?))
}

fn form_of(series: &Series) -> SeriesForm {
    let cohost = series.cohost.map(|id| id.to_string()).unwrap_or_default();
    SeriesForm { name: series.name.clone(), community: series.community.clone(), cohost }
}

async fn show(can: Can<ViewSessions>, at: paths::SeriesPage) -> Result<Page<Show>, Error> {
    let (series, sessions, partners) = can.read(async |tx| look_up(tx, at.series).await).await?;
    let form = form_of(&series);
    Ok(Page(Show { here: can.here(), series, sessions, form, problems: Problems::default(), partners }))
}

async fn update(can: Can<PlanSessions>, at: paths::SeriesPage, Form(form): Form<SeriesForm>) -> Result<Response, Error> {
    let (series, sessions, partners) = can.read(async |tx| look_up(tx, at.series).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_series(tx, &can, at.series, &new).await?;
                Ok(Done::at(paths::series(can.slug(), at.series), "Series saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), series.version).with_theirs(&form_of(&series), &form);
        Show { here: can.here(), series, sessions, form, problems, partners }
    })
}

#[derive(Template)]
#[template(path = "listening/sessions/new_series.html")]
struct New {
    here: Here,
    form: SeriesForm,
    problems: Problems,
    partners: Vec<Choice>,
}

async fn new(can: Can<PlanSessions>, _: paths::NewSeries) -> Result<Page<New>, Error> {
    let partners = can.read(async |tx| partners::choices(tx).await).await?;
    Ok(Page(New { here: can.here(), form: SeriesForm::default(), problems: Problems::default(), partners }))
}

async fn create(can: Can<PlanSessions>, _: paths::AllSeries, Form(form): Form<SeriesForm>) -> Result<Response, Error> {
    let partners = can.read(async |tx| partners::choices(tx).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                let id = store::add_series(tx, &can, &new).await?;
                Ok(Done::at(paths::series(can.slug(), id), "Series begun"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, partners })
}
