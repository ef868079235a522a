//! The log of outreach, one entry, and its forms.

use super::{
    forms::OutreachForm,
    model::{Entry, How},
    paths, store,
};
use crate::{
    partners,
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{LogOutreach, ViewOutreach},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    let entry = "partner=@court&held_on=2026-01-15&went=@director&how=visit&said=The+judge+asked+for+monthly+numbers";
    let kept = "partner=@court&held_on=2026-01-15&went=@director&how=visit&version=1";
    Routes::new()
        .get(paths::Outreach::PATH, index)
        .post(paths::Outreach::PATH, create, example("", entry))
        .get(paths::NewOutreach::PATH, new)
        .get(paths::OutreachPage::PATH, show)
        .post(paths::OutreachPage::PATH, update, example("entry=@outreach_kept", kept))
        .get(paths::EditOutreach::PATH, edit)
        .post(paths::NextStep::PATH, finish, example("entry=@outreach_open", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    partner: String,
    went: String,
    next: String,
    page: String,
}

#[derive(Template)]
#[template(path = "partners/outreach/index.html")]
struct Index {
    here: Here,
    entries: Paged<Entry>,
    filters: Filters,
    partners: Vec<Choice>,
    people: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "partners/outreach/show.html")]
struct Show {
    here: Here,
    entry: Entry,
}

#[derive(Template)]
#[template(path = "partners/outreach/form.html")]
struct Edit {
    here: Here,
    /// The entry that is edited with its version; none for a new one.
    entry: Option<(SubjectId, i32)>,
    form: OutreachForm,
    problems: Problems,
    partners: Vec<Choice>,
    people: Vec<Choice>,
}

async fn index(can: Can<ViewOutreach>, at: paths::Outreach, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let open = filters.next == "open";
    let (rows, partners, people) = can
        .read(async |tx| {
            let rows = store::list(tx, filters.partner.parse().ok(), filters.went.parse().ok(), open, paging).await?;
            Ok((rows, partners::choices(tx).await?, store::who_may_go(tx).await?))
        })
        .await?;
    let set = [("partner", filters.partner.as_str()), ("went", filters.went.as_str()), ("next", filters.next.as_str())];
    let entries = paging.of(rows, &with_filters(&at.to_string(), &set));
    Ok(Page(Index { here: can.here(), entries, filters, partners, people }))
}

async fn show(can: Can<ViewOutreach>, at: paths::OutreachPage) -> Result<Page<Show>, Error> {
    let entry = can.read(async |tx| store::find(tx, at.entry).await?.ok_or(Error::NotFound)).await?;
    Ok(Page(Show { here: can.here(), entry }))
}

async fn choices(can: &Can<LogOutreach>) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    can.read(async |tx| Ok((partners::choices(tx).await?, store::who_may_go(tx).await?))).await
}

async fn new(can: Can<LogOutreach>, _: paths::NewOutreach, Query(asked): Query<Filters>) -> Result<Page<Edit>, Error> {
    let (partners, people) = choices(&can).await?;
    let form =
        OutreachForm { partner: asked.partner, held_on: can.today().to_string(), went: can.me().to_string(), ..OutreachForm::default() };
    Ok(Page(Edit { here: can.here(), entry: None, form, problems: Problems::default(), partners, people }))
}

async fn create(can: Can<LogOutreach>, _: paths::Outreach, Form(form): Form<OutreachForm>) -> Result<Response, Error> {
    let (partners, people) = choices(&can).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                Ok(Done::at(paths::entry(can.slug(), store::add(tx, &can, &new).await?), "Outreach written down"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Edit { here: can.here(), entry: None, form, problems, partners, people })
}

async fn edit(can: Can<LogOutreach>, at: paths::EditOutreach) -> Result<Page<Edit>, Error> {
    let (partners, people) = choices(&can).await?;
    let entry = can.read(async |tx| store::find(tx, at.entry).await?.ok_or(Error::NotFound)).await?;
    let form = OutreachForm::of(&entry);
    Ok(Page(Edit { here: can.here(), entry: Some((entry.id, entry.version)), form, problems: Problems::default(), partners, people }))
}

async fn update(can: Can<LogOutreach>, at: paths::OutreachPage, Form(form): Form<OutreachForm>) -> Result<Response, Error> {
    let (partners, people) = choices(&can).await?;
    let now = can.read(async |tx| store::find(tx, at.entry).await?.ok_or(Error::NotFound)).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.entry, &new).await?;
                Ok(Done::at(paths::entry(can.slug(), at.entry), "Outreach saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), now.version).with_theirs(&OutreachForm::of(&now), &form);
        Edit { here: can.here(), entry: Some((now.id, now.version)), form, problems, partners, people }
    })
}

async fn finish(can: Can<LogOutreach>, at: paths::NextStep) -> Result<Response, Error> {
    can.write(async |tx| {
        store::finish(tx, &can, at.entry).await?;
        Ok(Done::at(paths::entry(can.slug(), at.entry), "Next step done"))
    })
    .await
}
