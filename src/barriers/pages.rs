//! The list of barriers, one barrier, and the forms that keep it.

use super::{
    forms::{BarrierForm, EvidenceForm, StateForm},
    model::{Barrier, Level, Listed, State},
    paths,
    store::{self, Narrowed},
};
use crate::{
    chain::{self, Happened, Join, Neighbour},
    comments,
    commitments::{self, Sides},
    consent::{self, Quotation, Rereading},
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{EditFramework, ViewFramework, ViewStatements},
        prelude::*,
        subject::Audience,
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
        .post(paths::Barriers::PATH, create, example("", entry))
        .get(paths::NewBarrier::PATH, new)
        .get(paths::BarrierPage::PATH, show)
        .post(paths::BarrierPage::PATH, update, example("barrier=@barrier_open", kept))
        .get(paths::EditBarrier::PATH, edit)
        .get(paths::BarrierState::PATH, state)
        .post(paths::BarrierState::PATH, put_state, example("barrier=@barrier_open", "state=in_work&version=@barrier_open_version"))
        .get(paths::Evidence::PATH, evidence)
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
    reread: String,
    page: String,
}

#[derive(Template)]
#[template(path = "barriers/index.html")]
struct Index {
    here: Here,
    at: paths::Barriers,
    barriers: Paged<Listed>,
    filters: Filters,
}

async fn index(can: Can<ViewFramework>, at: paths::Barriers, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed { words: &filters.q, level: &filters.level, state: &filters.state, reread: filters.reread == "yes" };
    let rows = can.read(async |tx| store::list(tx, &narrowed, paging).await).await?;
    let set = [("q", filters.q.as_str()), ("level", &filters.level), ("state", &filters.state), ("reread", &filters.reread)];
    let barriers = paging.of(rows, &with_filters(&at.to_string(), &set));
    Ok(Page(Index { here: can.here(), at, barriers, filters }))
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
    sides: Sides,
    may_draft: bool,
}

async fn new(can: Can<EditFramework>, _: paths::NewBarrier) -> Result<Page<New>, Error> {
    let sides = can.read(async |tx| commitments::sides(tx).await).await?;
    Ok(Page(New { here: can.here(), form: BarrierForm::default(), problems: Problems::default(), sides, may_draft: true }))
}

async fn create(can: Can<EditFramework>, _: paths::Barriers, Form(form): Form<BarrierForm>) -> Result<Response, Error> {
    let sides = can.read(async |tx| commitments::sides(tx).await).await?;
    let written = match form.parse(&sides) {
        Ok(entry) => {
            let add =
                async |tx: &mut AgencyTx| Ok(Done::at(paths::barrier(can.slug(), store::add(tx, &can, &entry).await?), "Barrier added"));
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems, sides, may_draft: true })
}

#[derive(Template)]
#[template(path = "barriers/edit.html")]
struct Edit {
    here: Here,
    one: Barrier,
    form: BarrierForm,
    problems: Problems,
    sides: Sides,
    may_draft: bool,
}

async fn now(can: &Can<EditFramework>, id: SubjectId) -> Result<(Barrier, Sides), Error> {
    can.read(async |tx| Ok((store::find(tx, id).await?.ok_or(Error::NotFound)?, commitments::sides(tx).await?))).await
}

async fn edit(can: Can<EditFramework>, at: paths::EditBarrier) -> Result<Page<Edit>, Error> {
    let (one, sides) = now(&can, at.barrier).await?;
    let (form, may_draft) = (BarrierForm::of(&one), one.audience == Audience::Agency);
    Ok(Page(Edit { here: can.here(), one, form, problems: Problems::default(), sides, may_draft }))
}

async fn update(can: Can<EditFramework>, at: paths::BarrierPage, Form(form): Form<BarrierForm>) -> Result<Response, Error> {
    let (one, sides) = now(&can, at.barrier).await?;
    let written = match form.parse(&sides) {
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
        let problems = problems.with_theirs(&BarrierForm::of(&one), &form);
        let may_draft = one.audience == Audience::Agency;
        Edit { here: can.here(), one, form, problems, sides, may_draft }
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
    let (one, _) = now(&can, at.barrier).await?;
    let form = StateForm { state: one.state.as_str().to_owned(), happened: one.happened.clone() };
    Ok(Page(StatePage { here: can.here(), one, form, problems: Problems::default() }))
}

async fn put_state(can: Can<EditFramework>, at: paths::BarrierState, Form(form): Form<StateForm>) -> Result<Response, Error> {
    let (one, _) = now(&can, at.barrier).await?;
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
        let problems = problems.with_theirs(&theirs, &form);
        StatePage { here: can.here(), one, form, problems }
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Picking {
    q: String,
}

#[derive(Template)]
#[template(path = "barriers/evidence.html")]
struct EvidencePage {
    here: Here,
    one: Barrier,
    form: EvidenceForm,
    problems: Problems,
    q: String,
    offered: Vec<Choice>,
}

/// What this person may read and has not joined yet.
async fn offered(can: &Can<EditFramework>, id: SubjectId, q: &str) -> Result<(Barrier, Vec<Choice>), Error> {
    can.read(async |tx| {
        let one = store::find(tx, id).await?.ok_or(Error::NotFound)?;
        let joined = chain::neighbours(tx, id).await?;
        let mut offered = chain::pickable(tx, store::EVIDENCE, q).await?;
        offered.retain(|choice| !joined.iter().any(|one| one.outgoing && one.id.to_string() == choice.value));
        Ok((one, offered))
    })
    .await
}

async fn evidence(can: Can<EditFramework>, at: paths::Evidence, Query(picking): Query<Picking>) -> Result<Page<EvidencePage>, Error> {
    let (one, offered) = offered(&can, at.barrier, &picking.q).await?;
    Ok(Page(EvidencePage { here: can.here(), one, form: EvidenceForm::default(), problems: Problems::default(), q: picking.q, offered }))
}

async fn add_evidence(can: Can<EditFramework>, at: paths::Evidence, Form(form): Form<EvidenceForm>) -> Result<Response, Error> {
    let (one, offered) = offered(&can, at.barrier, "").await?;
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
