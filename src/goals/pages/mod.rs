//! The list of goals, one goal with its curve, and the forms that keep its words.

mod acts;

use super::{
    curve::{self, Curve},
    difference::{self, Difference},
    forms::GoalForm,
    model::{Former, Given, Goal, Listed, Speaks, State, Value, Word, agreed_version, in_force, older_in_force},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Join, Neighbour, Pick},
    comments,
    commitments::{self, Sides},
    platform::{
        ids::{MembershipId, SubjectId},
        paging::with_filters,
        policy::{EditFramework, Hat, ViewFramework},
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
        .get(paths::Goals::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Goals::PATH, create, example("", "text=Every+child+sees+a+sibling+each+week"))
        .get(paths::NewGoal::PATH, new)
        .get(paths::GoalPage::PATH, show)
        .post(paths::GoalPage::PATH, update, example("goal=@goal_open", "text=More+children+with+kin&version=@goal_open_version"))
        .get(paths::EditGoal::PATH, edit)
        .get_such_as(paths::Version::PATH, version, "goal=@goal_1&number=1")
        .join(acts::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    state: String,
    drafts: String,
    mine: String,
    partner: String,
    owner: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Goals, more: &str) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("state", &self.state),
            ("drafts", &self.drafts),
            ("mine", &self.mine),
            ("partner", &self.partner),
            ("owner", &self.owner),
            ("more", more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    /// Owners cost a query: they are read when asked for or in use.
    fn wants_more(&self) -> bool {
        [&self.more, &self.partner, &self.owner].iter().any(|set| !set.is_empty())
    }

    /// The same list, with those filters.
    fn with_more(&self, at: &paths::Goals) -> String {
        self.address(at, "yes")
    }

    fn orders() -> Vec<Choice> {
        vec![Choice::new("new", "Newest first"), Choice::new("name", "By their words")]
    }

    fn narrowed(&self, me: MembershipId, today: NaiveDate) -> Narrowed<'_> {
        Narrowed {
            words: &self.q,
            state: &self.state,
            drafts: &self.drafts,
            me: Some(me),
            mine: self.mine == "yes",
            partner: self.partner.parse().ok(),
            owner: self.owner.parse().ok(),
            sort: &self.sort,
            today,
        }
    }
}

#[derive(Template)]
#[template(path = "goals/index.html")]
struct Index {
    here: Here,
    at: paths::Goals,
    goals: Paged<Listed>,
    filters: Filters,
    /// The reader may give a word on goals.
    speaks: bool,
    /// Owners to choose from, when asked for.
    more: Option<Sides>,
}

/// Whether the reader can give a word on goals, or what they need first.
fn speaks(can: &Asker) -> Speaks {
    let mandated = can.hat() == Hat::Steward || can.member().is_some_and(|member| member.speaks);
    Speaks::of(can.hat(), can.body(), mandated)
}

async fn index(can: Can<ViewFramework>, at: paths::Goals, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (rows, more) = can
        .read(async |tx| {
            let rows = store::list(tx, &filters.narrowed(can.me(), can.today()), paging).await?;
            Ok((rows, if filters.wants_more() { Some(commitments::sides(tx).await?) } else { None }))
        })
        .await?;
    let goals = paging.of(rows, &filters.address(&at, &filters.more));
    Ok(Page(Index { here: can.here(), at, goals, filters, speaks: speaks(&can) == Speaks::Yes, more }))
}

#[derive(Template)]
#[template(path = "goals/show.html")]
struct Show {
    here: Here,
    one: Goal,
    values: Vec<Value>,
    curve: Option<Curve>,
    speaks: Speaks,
    given: Vec<Given>,
    former: Vec<Former>,
    /// What the present version says otherwise than the one that the reader knows.
    difference: Option<Difference>,
    joined: Vec<Neighbour>,
    history: Vec<Happened>,
    comments: comments::Thread,
}

impl Show {
    /// Words on the version shown.
    fn now(&self) -> Vec<&Given> {
        self.given.iter().filter(|one| one.version == self.one.version).collect()
    }

    /// The version in force, its text and its target, while the present one waits for a partner's word.
    fn older_in_force(&self) -> Option<(i32, &str, &str)> {
        let version = older_in_force(self.one.state, agreed_version(&self.given), self.one.version)?;
        let former = self.former.iter().find(|one| one.version == version)?;
        let said = |label: &str| former.fields.iter().find(|(known, _)| known == label).map_or("", |(_, text)| text.as_str());
        Some((version, former.fields.first().map_or("", |(_, text)| text.as_str()), said("Target")))
    }
}

async fn show(can: Can<ViewFramework>, at: paths::GoalPage) -> Result<Page<Show>, Error> {
    let id = at.goal;
    let here = can.here();
    let page = can
        .read(async |tx| {
            let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
            let values = store::values(tx, id).await?;
            let (given, former) = (store::given(tx, id).await?, store::former(tx, id).await?);
            let (joined, history) = (chain::neighbours(tx, id).await?, chain::history(tx, id).await?);
            let waits = older_in_force(one.state, agreed_version(&given), one.version).is_some();
            let (curve, comments) = (curve::draw(&one, &values, waits), comments::of(tx, id).await?);
            let difference = difference::since_read(&one, &former, &given);
            Ok(Show { here, curve, one, speaks: speaks(&can), values, given, former, difference, joined, history, comments })
        })
        .await?;
    Ok(Page(page))
}

#[derive(Template)]
#[template(path = "goals/version.html")]
struct VersionPage {
    here: Here,
    one: Goal,
    version: Former,
    given: Vec<Given>,
    in_force: bool,
}

async fn version(can: Can<ViewFramework>, at: paths::Version) -> Result<Page<VersionPage>, Error> {
    let (one, former, mut given) = can
        .read(async |tx| {
            let one = store::find(tx, at.goal).await?.ok_or(Error::NotFound)?;
            Ok((one, store::former(tx, at.goal).await?, store::given(tx, at.goal).await?))
        })
        .await?;
    let version = former.into_iter().find(|one| one.version == at.number).ok_or(Error::NotFound)?;
    let in_force = in_force(one.state, agreed_version(&given)) == Some(at.number);
    given.retain(|one| one.version == at.number);
    Ok(Page(VersionPage { here: can.here(), one, version, given, in_force }))
}

/// What a form for a goal offers.
struct Offer {
    sides: Sides,
    barriers: Pick,
    may_draft: bool,
}

async fn offer(tx: &mut AgencyTx, words: &str, form: &GoalForm, may_draft: bool) -> Result<Offer, Error> {
    let barriers = chain::offer(tx, &[Kind::Barrier], words, &form.barriers).await?;
    Ok(Offer { sides: commitments::sides(tx).await?, barriers, may_draft })
}

#[derive(Template)]
#[template(path = "goals/new.html")]
struct New {
    here: Here,
    form: GoalForm,
    problems: Problems,
    offer: Offer,
}

/// The barrier that it is made for, out of the address of its form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Made {
    barrier: String,
}

async fn new(can: Can<EditFramework>, _: paths::NewGoal, Query(made): Query<Made>) -> Result<Page<New>, Error> {
    let mut form = GoalForm { barriers: vec![made.barrier], ..GoalForm::begun() };
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    form.barriers.retain(|barrier| offer.barriers.choices.iter().any(|one| one.value == *barrier));
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }))
}

async fn create(can: Can<EditFramework>, _: paths::Goals, Form(form): Form<GoalForm>) -> Result<Response, Error> {
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    if can.sought().is_asked() {
        return Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse(&offer.sides, can.today()) {
        Ok(entry) => {
            let add = async |tx: &mut AgencyTx| Ok(Done::at(paths::goal(can.slug(), store::add(tx, &can, &entry).await?), "Goal added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, offer })
}

#[derive(Template)]
#[template(path = "goals/edit.html")]
struct Edit {
    here: Here,
    one: Goal,
    form: GoalForm,
    problems: Problems,
    offer: Offer,
}

/// The goal as it is, the form that would edit it, and what is offered beside what is typed.
async fn now(can: &Can<EditFramework>, id: SubjectId, typed: Option<&GoalForm>) -> Result<(Goal, GoalForm, Offer), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let joined = chain::neighbours(tx, id).await?;
        let barriers: Vec<SubjectId> =
            joined.into_iter().filter(|one| one.outgoing && one.join == Join::Addresses).map(|one| one.id).collect();
        let form = GoalForm::of(&one, &barriers);
        let offer = offer(tx, &can.sought().words, typed.unwrap_or(&form), one.audience == Audience::Agency).await?;
        Ok((one, form, offer))
    })
    .await
}

async fn edit(can: Can<EditFramework>, at: paths::EditGoal) -> Result<Page<Edit>, Error> {
    let (one, form, offer) = now(&can, at.goal, None).await?;
    Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }))
}

async fn update(can: Can<EditFramework>, at: paths::GoalPage, Form(form): Form<GoalForm>) -> Result<Response, Error> {
    let (one, theirs, offer) = now(&can, at.goal, Some(&form)).await?;
    if can.sought().is_asked() {
        return Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse(&offer.sides, can.today()) {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                let changed = store::keep(tx, &can, at.goal, &entry).await?;
                let (new, same) = ("New version saved; nobody has agreed to it yet", "Goal saved; every word given on it still holds");
                Ok(Done::at(paths::goal(can.slug(), at.goal), if changed { new } else { same }))
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
