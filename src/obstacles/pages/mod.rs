//! The list of obstacles, one of them, and how one is raised.

mod course;
mod raiser;

use super::{
    forms::{ObstacleForm, With},
    model::{Kind, Listed, Obstacle, State, audiences},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Neighbour},
    comments,
    commitments::Side,
    consent::{self, Recall, RecallState, Remains},
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{KeepObstacles, ViewObstacles},
        prelude::*,
        subject::{Kind as RecordKind, trace_path},
    },
    protocols::{self, Marked},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let raised = "kind=pay&name=Mileage+is+paid+too+late&partner=@kinship&audience=agency";
    Routes::new()
        .get(paths::Obstacles::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Obstacles::PATH, create, Example { who: "staff", path: "", form: raised })
        .get(paths::NewObstacle::PATH, new)
        .get(paths::ObstaclePage::PATH, show)
        .join(raiser::routes())
        .join(course::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    kind: String,
    state: String,
    side: String,
    partner: String,
    sort: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Obstacles) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("state", &self.state),
            ("side", &self.side),
            ("partner", &self.partner),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    fn states() -> Vec<Choice> {
        let sums = [Choice::new("runs", "open or easing"), Choice::new("due", "a next step or a review is due")];
        sums.into_iter().chain(State::ALL.iter().map(|state| Choice::new(state.as_str(), state.label()))).collect()
    }

    fn sides() -> Vec<Choice> {
        vec![Choice::new(Side::Agency.as_str(), "By the agency"), Choice::new(Side::Partner.as_str(), "By a partner")]
    }

    fn orders() -> Vec<Choice> {
        vec![Choice::new("new", "Newest first"), Choice::new("old", "Oldest first")]
    }
}

#[derive(Template)]
#[template(path = "obstacles/index.html")]
struct Index {
    here: Here,
    at: paths::Obstacles,
    list: Paged<Listed>,
    filters: Filters,
    /// The partner that the list is narrowed to.
    partner: Option<String>,
}

async fn index(can: Can<ViewObstacles>, at: paths::Obstacles, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed {
        words: &filters.q,
        kind: &filters.kind,
        state: &filters.state,
        side: &filters.side,
        partner: filters.partner.parse().ok(),
        sort: &filters.sort,
        today: can.today(),
    };
    let read = async |tx: &mut AgencyTx| Ok((store::list(tx, &narrowed, paging).await?, store::partner_named(tx, narrowed.partner).await?));
    let (rows, partner) = can.read(read).await?;
    let list = paging.of(rows, &filters.address(&at));
    Ok(Page(Index { here: can.here(), at, list, filters, partner }))
}

/// What one side can and cannot decide by itself.
struct Part<'a> {
    who: &'a str,
    /// The reader writes it.
    mine: bool,
    can: &'a str,
    cannot: &'a str,
}

#[derive(Template)]
#[template(path = "obstacles/show.html")]
struct Show {
    here: Here,
    one: Obstacle,
    joined: Vec<Neighbour>,
    history: Vec<Happened>,
    /// Where the words had gone before they were taken back or fewer were to read them, for those whose they are.
    recalls: Vec<Recall>,
    /// What remains of it once its words are gone.
    remains: Remains,
    comments: comments::Thread,
    marked: Marked,
}

impl Show {
    /// Both sides' parts, the agency's first.
    fn parts(&self) -> Vec<Part<'_>> {
        let of = |side, who| {
            let (can, cannot) = self.one.part(side);
            Part { who, mine: self.one.hand().is_some_and(|hand| hand.1 == side), can, cannot }
        };
        vec![of(Side::Agency, "The agency"), of(Side::Partner, self.one.partner_side())]
    }

    fn trace(&self) -> String {
        trace_path(self.here.slug(), RecordKind::Obstacle, self.one.id)
    }
}

async fn one(tx: &mut AgencyTx, id: SubjectId) -> Result<Obstacle, Error> {
    store::find(tx, id).await?.ok_or(Error::NotFound)
}

async fn show(can: Can<ViewObstacles>, at: paths::ObstaclePage) -> Result<Page<Show>, Error> {
    let (id, here) = (at.obstacle, can.here());
    let page = can
        .read(async |tx| {
            let one = one(tx, id).await?;
            let (joined, history) = (chain::neighbours(tx, id).await?, chain::history(tx, id).await?);
            let recalls = if one.mine || one.stewarded { consent::recalls_of(tx, id).await? } else { Vec::new() };
            let remains = if one.name.is_none() { consent::remains_of(tx, id, None).await? } else { Remains::default() };
            let comments = comments::of(tx, id).await?.while_there_are(one.name.is_some());
            let marked = protocols::marks_of(tx, id, one.partner_id.filter(|_| one.side == Side::Partner)).await?;
            Ok(Show { here, one, joined, history, recalls, remains, comments, marked })
        })
        .await?;
    Ok(Page(page))
}

#[derive(Template)]
#[template(path = "obstacles/new.html")]
struct New {
    here: Here,
    form: ObstacleForm,
    problems: Problems,
    with: With,
    /// The raiser's own body.
    body: Option<String>,
}

impl New {
    fn audiences(&self) -> Vec<Choice> {
        let body = if self.here.is_agency_side() { Some("The partner") } else { self.body.as_deref() };
        audiences(body)
    }
}

/// With whom the asker can raise one.
async fn with_whom(can: &Can<KeepObstacles>) -> Result<With, Error> {
    if !can.hat().is_agency_side() {
        return Ok(With::Own(can.body()));
    }
    can.read(async |tx| Ok(With::One(store::partner_choices(tx).await?))).await
}

fn body_of(can: &Asker) -> Option<String> {
    can.member().and_then(|member| member.body_name.clone())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Begun {
    partner: String,
}

async fn new(can: Can<KeepObstacles>, _: paths::NewObstacle, Query(begun): Query<Begun>) -> Result<Page<New>, Error> {
    let (with, body) = (with_whom(&can).await?, body_of(&can));
    Ok(Page(New { here: can.here(), form: ObstacleForm::begun(begun.partner), problems: Problems::default(), with, body }))
}

async fn create(can: Can<KeepObstacles>, _: paths::Obstacles, Form(form): Form<ObstacleForm>) -> Result<Response, Error> {
    let (with, body) = (with_whom(&can).await?, body_of(&can));
    let written = match form.parse(&with, None) {
        Ok(entry) => {
            let add =
                async |tx: &mut AgencyTx| Ok(Done::at(paths::obstacle(can.slug(), store::add(tx, &can, &entry).await?), "Obstacle raised"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, with, body })
}
