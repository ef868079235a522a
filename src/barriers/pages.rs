//! The list of barriers, one barrier, and the forms that keep it.

use super::{
    forms::{BarrierForm, EvidenceForm, StateForm},
    model::{Barrier, Level, Listed, State},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Join, Neighbour, Pick},
    comments,
    commitments::{self, Sides},
    consent::{self, Quotation, Rereading},
    platform::{
        ids::{MembershipId, SubjectId},
        paging::with_filters,
        policy::{EditFramework, ViewFramework, ViewStatements},
        prelude::*,
        subject::{Audience, Kind},
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    let entry = "name=Letters+come+only+in+English&level=practice";
    let kept = "name=Letters+come+only+in+English&level=practice&version=@barrier_open_version";
    Routes::new()
        .get(paths::Barriers::PATH, index)
        .limited(&limits::SEARCHES)
        .post(paths::Barriers::PATH, create, example("", entry))
        .get(paths::NewBarrier::PATH, new)
        .get(paths::BarrierPage::PATH, show)
        .post(paths::BarrierPage::PATH, update, example("barrier=@barrier_open", kept))
        .get(paths::EditBarrier::PATH, edit)
        .get(paths::BarrierState::PATH, state)
        .post(paths::BarrierState::PATH, put_state, example("barrier=@barrier_open", "state=in_work&version=@barrier_open_version"))
        .get(paths::Evidence::PATH, evidence)
        .limited(&limits::SEARCHES)
        .post(paths::Evidence::PATH, add_evidence, example("barrier=@barrier_open", "sources=@barrier_open_more"))
        .post(paths::DropEvidence::PATH, drop_evidence, example("barrier=@barrier_open&source=@barrier_open_source", ""))
        .post(paths::Rereading::PATH, read_again, example("barrier=@barrier_reread", ""))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    q: String,
    level: String,
    state: String,
    drafts: String,
    reread: String,
    theme: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Barriers, more: &str) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("level", &self.level),
            ("state", &self.state),
            ("drafts", &self.drafts),
            ("reread", &self.reread),
            ("theme", &self.theme),
            ("more", more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    /// Themes cost a query: they are read when asked for or in use.
    fn wants_more(&self) -> bool {
        !self.more.is_empty() || !self.theme.is_empty()
    }

    /// The same list, with that filter.
    fn with_more(&self, at: &paths::Barriers) -> String {
        self.address(at, "yes")
    }

    fn orders() -> Vec<Choice> {
        vec![Choice::new("name", "By name"), Choice::new("level", "By level"), Choice::new("old", "Oldest first")]
    }

    fn narrowed(&self, me: MembershipId) -> Narrowed<'_> {
        Narrowed {
            words: &self.q,
            level: &self.level,
            state: &self.state,
            drafts: &self.drafts,
            me: Some(me),
            reread: self.reread == "yes",
            theme: self.theme.parse().ok(),
            sort: &self.sort,
        }
    }
}

#[derive(Template)]
#[template(path = "barriers/index.html")]
struct Index {
    here: Here,
    at: paths::Barriers,
    barriers: Paged<Listed>,
    filters: Filters,
    /// Themes to choose from, when asked for.
    themes: Option<Vec<Choice>>,
}

async fn index(can: Can<ViewFramework>, at: paths::Barriers, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let (rows, themes) = can
        .read(async |tx| {
            let rows = store::list(tx, &filters.narrowed(can.me()), paging).await?;
            Ok((rows, if filters.wants_more() { Some(chain::pickable(tx, &[Kind::Theme]).await?) } else { None }))
        })
        .await?;
    let barriers = paging.of(rows, &filters.address(&at, &filters.more));
    Ok(Page(Index { here: can.here(), at, barriers, filters, themes }))
}

#[derive(Template)]
#[template(path = "barriers/show.html")]
struct Show {
    here: Here,
    one: Barrier,
    joined: Vec<Neighbour>,
    history: Vec<Happened>,
    rereadings: Vec<Rereading>,
    quotations: Vec<Quotation>,
    comments: comments::Thread,
}

impl Show {
    /// What shows it and is not quoted.
    fn evidence(&self) -> Vec<&Neighbour> {
        let quoted = |id| self.quotations.iter().any(|one| one.id == id);
        self.joined.iter().filter(|one| one.outgoing && one.join == Join::Evidence && !quoted(one.id)).collect()
    }

    /// What is done about it.
    fn led(&self) -> Vec<&Neighbour> {
        self.joined.iter().filter(|one| !(one.outgoing && one.join == Join::Evidence)).collect()
    }
}

async fn show(can: Can<ViewFramework>, at: paths::BarrierPage) -> Result<Page<Show>, Error> {
    let (id, here) = (at.barrier, can.here());
    // People's words are for whoever may read statements, on this page too.
    let reads_words = can.may::<ViewStatements>();
    let page = can
        .read(async |tx| {
            let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
            let (joined, history) = (chain::neighbours(tx, id).await?, chain::history(tx, id).await?);
            let quotations = if reads_words { consent::quotations(tx, id).await? } else { Vec::new() };
            let rereadings = consent::open_rereadings(tx, id).await?;
            Ok(Show { here, one, joined, history, rereadings, quotations, comments: comments::of(tx, id).await? })
        })
        .await?;
    Ok(Page(page))
}

#[derive(Template)]
#[template(path = "barriers/new.html")]
struct New {
    here: Here,
    form: BarrierForm,
    problems: Problems,
    offer: Offer,
}

/// What a form for a barrier offers.
struct Offer {
    sides: Sides,
    themes: Pick,
    may_draft: bool,
}

/// Themes that the barrier already rests on are offered, however old they are.
async fn offer(tx: &mut AgencyTx, words: &str, form: &BarrierForm, may_draft: bool) -> Result<Offer, Error> {
    let themes = chain::offer(tx, &[Kind::Theme], words, &form.themes).await?;
    Ok(Offer { sides: commitments::sides(tx).await?, themes, may_draft })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Made {
    theme: String,
}

async fn new(can: Can<EditFramework>, _: paths::NewBarrier, Query(from): Query<Made>) -> Result<Page<New>, Error> {
    let mut form = BarrierForm { themes: vec![from.theme], ..BarrierForm::begun() };
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    form.themes.retain(|theme| offer.themes.choices.iter().any(|one| one.value == *theme));
    Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }))
}

async fn create(can: Can<EditFramework>, _: paths::Barriers, Form(form): Form<BarrierForm>) -> Result<Response, Error> {
    let offer = can.read(async |tx| offer(tx, &can.sought().words, &form, true).await).await?;
    if can.sought().is_asked() {
        return Ok(Page(New { here: can.here(), form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse(&offer.sides) {
        Ok(entry) => {
            let add =
                async |tx: &mut AgencyTx| Ok(Done::at(paths::barrier(can.slug(), store::add(tx, &can, &entry).await?), "Barrier added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, offer })
}

#[derive(Template)]
#[template(path = "barriers/edit.html")]
struct Edit {
    here: Here,
    one: Barrier,
    form: BarrierForm,
    problems: Problems,
    offer: Offer,
}

async fn one(can: &Can<EditFramework>, id: SubjectId) -> Result<Barrier, Error> {
    can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await
}

/// The barrier as it is, the form that would edit it, and what is offered beside what is typed.
async fn now(can: &Can<EditFramework>, id: SubjectId, typed: Option<&BarrierForm>) -> Result<(Barrier, BarrierForm, Offer), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let joined = store::themes(tx, id).await?;
        let form = BarrierForm::of(&one, &joined.iter().map(|theme| theme.id).collect::<Vec<_>>());
        let offer = offer(tx, &can.sought().words, typed.unwrap_or(&form), one.audience == Audience::Agency).await?;
        Ok((one, form, offer))
    })
    .await
}

async fn edit(can: Can<EditFramework>, at: paths::EditBarrier) -> Result<Page<Edit>, Error> {
    let (one, form, offer) = now(&can, at.barrier, None).await?;
    Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }))
}

async fn update(can: Can<EditFramework>, at: paths::BarrierPage, Form(form): Form<BarrierForm>) -> Result<Response, Error> {
    let (one, theirs, offer) = now(&can, at.barrier, Some(&form)).await?;
    if can.sought().is_asked() {
        return Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), offer }).into_response());
    }
    let written = match form.parse(&offer.sides) {
        Ok(entry) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, at.barrier, &entry).await?;
                Ok(Done::at(paths::barrier(can.slug(), at.barrier), "Barrier saved"))
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

#[derive(Template)]
#[template(path = "barriers/state.html")]
struct StatePage {
    here: Here,
    one: Barrier,
    form: StateForm,
    problems: Problems,
}

async fn state(can: Can<EditFramework>, at: paths::BarrierState) -> Result<Page<StatePage>, Error> {
    let one = one(&can, at.barrier).await?;
    let form = StateForm { state: one.state.as_str().to_owned(), happened: one.happened.clone() };
    Ok(Page(StatePage { here: can.here(), one, form, problems: Problems::default() }))
}

async fn put_state(can: Can<EditFramework>, at: paths::BarrierState, Form(form): Form<StateForm>) -> Result<Response, Error> {
    let one = one(&can, at.barrier).await?;
    let written = match form.parse() {
        Ok(put) => {
            let keep = async |tx: &mut AgencyTx| {
                store::put_state(tx, &can, at.barrier, &put).await?;
                Ok(Done::at(paths::barrier(can.slug(), at.barrier), "What became of it was noted"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = StateForm { state: one.state.as_str().to_owned(), happened: one.happened.clone() };
        let problems = problems.since(can.version(), one.version).with_theirs(&theirs, &form);
        StatePage { here: can.here(), one, form, problems }
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Picking {
    q: String,
    page: String,
}

#[derive(Template)]
#[template(path = "barriers/evidence.html")]
struct EvidencePage {
    here: Here,
    one: Barrier,
    form: EvidenceForm,
    problems: Problems,
    q: String,
    offered: Paged<Choice>,
}

/// A page of what this person may read and has not joined yet.
async fn offered(can: &Can<EditFramework>, at: &paths::Evidence, picking: &Picking) -> Result<(Barrier, Paged<Choice>), Error> {
    let paging = Paging::from_text(&picking.page);
    let (one, rows) = can
        .read(async |tx| {
            let one = store::find(tx, at.barrier).await?.ok_or(Error::NotFound)?;
            Ok((one, chain::sources(tx, at.barrier, &picking.q, paging).await?))
        })
        .await?;
    Ok((one, paging.of(rows, &with_filters(&at.to_string(), &[("q", &picking.q)]))))
}

async fn evidence(can: Can<EditFramework>, at: paths::Evidence, Query(picking): Query<Picking>) -> Result<Page<EvidencePage>, Error> {
    let (one, offered) = offered(&can, &at, &picking).await?;
    Ok(Page(EvidencePage { here: can.here(), one, form: EvidenceForm::default(), problems: Problems::default(), q: picking.q, offered }))
}

async fn add_evidence(can: Can<EditFramework>, at: paths::Evidence, Form(form): Form<EvidenceForm>) -> Result<Response, Error> {
    let (one, offered) = offered(&can, &at, &Picking::default()).await?;
    let written = match form.parse() {
        Ok(sources) => {
            let join = async |tx: &mut AgencyTx| {
                store::add_evidence(tx, &can, at.barrier, &sources).await?;
                Ok(Done::at(paths::barrier(can.slug(), at.barrier), "Evidence joined"))
            };
            can.write(join).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| EvidencePage { here: can.here(), one, form, problems, q: String::new(), offered })
}

async fn drop_evidence(can: Can<EditFramework>, at: paths::DropEvidence) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_evidence(tx, &can, at.barrier, at.source).await?;
        Ok(Done::at(paths::barrier(can.slug(), at.barrier), "Evidence taken away"))
    })
    .await
}

async fn read_again(can: Can<EditFramework>, at: paths::Rereading) -> Result<Response, Error> {
    can.write(async |tx| {
        store::read_again(tx, &can, at.barrier).await?;
        Ok(Done::at(paths::barrier(can.slug(), at.barrier), "Noted that you read it again"))
    })
    .await
}
