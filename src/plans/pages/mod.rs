//! The list of plans, one plan with its steps, and the forms that keep it.

mod acts;

use super::{
    forms::PlanForm,
    model::{Listed, Means, Noted, Plan, State},
    paths,
    progress::{self, Stair},
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Join, Neighbour, Pick},
    comments,
    commitments::{self, Listed as Step, Sides, paths as promises},
    consent::{self, Rereading},
    platform::{
        ids::{MembershipId, SubjectId},
        paging::with_filters,
        policy::{EditFramework, ViewFramework},
        prelude::*,
        subject::{Audience, Kind},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::NaiveDate;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Plans::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Plans::PATH, create, example("", "name=Kin+first"))
        .get(paths::NewPlan::PATH, new)
        .get(paths::PlanPage::PATH, show)
        .post(paths::PlanPage::PATH, update, example("plan=@plan_open", "name=Kin+first&version=@plan_open_version"))
        .get(paths::EditPlan::PATH, edit)
        .join(acts::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    state: String,
    drafts: String,
    partner: String,
    owner: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Plans, more: &str) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("drafts", &self.drafts),
            ("partner", &self.partner),
            ("owner", &self.owner),
            ("more", more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    /// Partners and owners cost a query: they are read when asked for or in use.
    fn wants_more(&self) -> bool {
        [&self.more, &self.partner, &self.owner].iter().any(|set| !set.is_empty())
    }

    /// The same list, with those filters.
    fn with_more(&self, at: &paths::Plans) -> String {
        self.address(at, "yes")
    }

    fn orders() -> Vec<Choice> {
        vec![Choice::new("name", "By name"), Choice::new("far", "Furthest first")]
    }

    fn narrowed(&self, me: MembershipId, today: NaiveDate) -> Narrowed<'_> {
        Narrowed {
            words: &self.q,
            state: &self.state,
            drafts: &self.drafts,
            me: Some(me),
            partner: self.partner.parse().ok(),
            owner: self.owner.parse().ok(),
            sort: &self.sort,
            today,
        }
    }
}

#[derive(Template)]
#[template(path = "plans/index.html")]
struct Index {
    here: Here,
    at: paths::Plans,
    plans: Paged<Listed>,
    filters: Filters,
    /// Partners and owners to choose from, when asked for.
    more: Option<Sides>,
}

async fn index(can: Can<ViewFramework>, at: paths::Plans, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (rows, more) = can
        .read(async |tx| {
            let rows = store::list(tx, &filters.narrowed(can.me(), can.today()), paging).await?;
            Ok((rows, if filters.wants_more() { Some(commitments::sides(tx).await?) } else { None }))
        })
        .await?;
    let plans = paging.of(rows, &filters.address(&at, &filters.more));
    Ok(Page(Index { here: can.here(), at, plans, filters, more }))
}

#[derive(Template)]
#[template(path = "plans/show.html")]
struct Show {
    here: Here,
    one: Plan,
    steps: Vec<Step>,
    notes: Vec<Noted>,
    stair: Option<Stair>,
    means: Vec<Means>,
    joined: Vec<Neighbour>,
    history: Vec<Happened>,
    rereadings: Vec<Rereading>,
    comments: comments::Thread,
}

impl Show {
    fn percent(&self) -> i16 {
        self.notes.last().map_or(0, |note| note.percent)
    }

    /// Barriers and the goal, then what comes from the plan; its steps have their own place.
    fn chain(&self) -> Vec<&Neighbour> {
        self.joined.iter().filter(|one| one.join != Join::StepOf).collect()
    }
}

async fn show(can: Can<ViewFramework>, at: paths::PlanPage) -> Result<Page<Show>, Error> {
    let (id, here) = (at.plan, can.here());
    let page = can
        .read(async |tx| {
            let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
            let steps = commitments::steps(tx, id, can.today()).await?;
            let (notes, means) = (store::notes(tx, id).await?, store::means(tx, id).await?);
            let (joined, history) = (chain::neighbours(tx, id).await?, chain::history(tx, id).await?);
            let (rereadings, comments) = (consent::open_rereadings(tx, id).await?, comments::of(tx, id).await?);
            let stair = progress::draw(&notes, here.zone());
            Ok(Show { here, one, steps, stair, notes, means, joined, history, rereadings, comments })
        })
        .await?;
    Ok(Page(page))
}

/// What a form for a plan offers.
struct Offer {
    barriers: Pick,
    goals: Pick,
    may_draft: bool,
}

async fn offer(tx: &mut AgencyTx, words: &str, form: &PlanForm, may_draft: bool) -> Result<Offer, Error> {
    let barriers = chain::offer(tx, &[Kind::Barrier], words, &form.barriers).await?;
    let goals = chain::offer(tx, &[Kind::Goal], words, std::slice::from_ref(&form.goal)).await?;
    Ok(Offer { barriers, goals, may_draft })
}

#[derive(Template)]
#[template(path = "plans/new.html")]
struct New {
    here: Here,
    form: PlanForm,
    problems: Problems,
    offer: Offer,
}

/// The barrier that it is made for, out of the address of its form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Made {
    barrier: String,
}

async fn new(can: Can<EditFramework>, _: paths::NewPlan, Query(made): Query<Made>) -> Result<Page<New>, Error> {
    let mut form = PlanForm { barriers: vec![made.barrier], ..PlanForm::begun() };
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    form.barriers.retain(|barrier| offer.barriers.choices.iter().any(|one| one.value == *barrier));
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }))
}

async fn create(can: Can<EditFramework>, _: paths::Plans, Form(form): Form<PlanForm>) -> Result<Response, Error> {
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    if can.sought().is_asked() {
        return Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse() {
        Ok(entry) => {
            let add = async |tx: &mut AgencyTx| Ok(Done::at(paths::plan(can.slug(), store::add(tx, &can, &entry).await?), "Plan added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, offer })
}

#[derive(Template)]
#[template(path = "plans/edit.html")]
struct Edit {
    here: Here,
    one: Plan,
    form: PlanForm,
    problems: Problems,
    offer: Offer,
}

/// The plan as it is, the form that would edit it, and what is offered beside what is typed.
async fn now(can: &Can<EditFramework>, id: SubjectId, typed: Option<&PlanForm>) -> Result<(Plan, PlanForm, Offer), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let joined = chain::neighbours(tx, id).await?;
        let out = |join| joined.iter().filter(move |one| one.outgoing && one.join == join).map(|one| one.id);
        let form = PlanForm::of(&one, &out(Join::Addresses).collect::<Vec<_>>(), out(Join::Serves).next());
        let offer = offer(tx, &can.sought().words, typed.unwrap_or(&form), one.audience == Audience::Agency).await?;
        Ok((one, form, offer))
    })
    .await
}

async fn edit(can: Can<EditFramework>, at: paths::EditPlan) -> Result<Page<Edit>, Error> {
    let (one, form, offer) = now(&can, at.plan, None).await?;
    Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }))
}

async fn update(can: Can<EditFramework>, at: paths::PlanPage, Form(form): Form<PlanForm>) -> Result<Response, Error> {
    let (one, theirs, offer) = now(&can, at.plan, Some(&form)).await?;
    if can.sought().is_asked() {
        return Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse() {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.plan, &entry).await?;
                Ok(Done::at(paths::plan(can.slug(), at.plan), "Plan saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&theirs, &form);
        Edit { here: can.here(), one, form, problems, offer }
    })
}
