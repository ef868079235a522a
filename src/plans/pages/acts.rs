//! What is done with one plan: how far it is, what came of it, what each side brings.

use super::super::{
    forms::{MeansForm, ProgressForm, StateForm},
    model::{Means, MeansKind, Plan, State},
    paths, store,
};
use crate::{
    commitments::{self, Sides},
    platform::{ids::SubjectId, policy::EditFramework, prelude::*},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |path, form| Example { who: "staff", path, form };
    Routes::new()
        .get(paths::Progress::PATH, progress)
        .post(paths::Progress::PATH, note, example("plan=@plan_open", "percent=60&note=Two+offices+have+begun"))
        .get(paths::PlanState::PATH, state)
        .post(paths::PlanState::PATH, put_state, example("plan=@plan_open", "state=done&outcome=It+works&version=@plan_open_version"))
        .get(paths::Means::PATH, means)
        .post(paths::Means::PATH, bring, example("plan=@plan_open", "partner=@kinship&kind=space&what=The+hall+on+Tuesdays"))
        .get(paths::DropMeans::PATH, ask_dropping)
        .post(paths::DropMeans::PATH, drop_means, example("plan=@plan_open&means=@plan_open_means", ""))
        .post(paths::Rereading::PATH, read_again, example("plan=@plan_reread", ""))
}

async fn of(can: &Can<EditFramework>, id: SubjectId) -> Result<Plan, Error> {
    can.read(async |tx| store::find(tx, id).await?.ok_or(Error::NotFound)).await
}

#[derive(Template)]
#[template(path = "plans/progress.html")]
struct ProgressPage {
    here: Here,
    one: Plan,
    form: ProgressForm,
    problems: Problems,
}

async fn progress(can: Can<EditFramework>, at: paths::Progress) -> Result<Page<ProgressPage>, Error> {
    let one = of(&can, at.plan).await?;
    Ok(Page(ProgressPage { here: can.here(), one, form: ProgressForm::default(), problems: Problems::default() }))
}

async fn note(can: Can<EditFramework>, at: paths::Progress, Form(form): Form<ProgressForm>) -> Result<Response, Error> {
    let one = of(&can, at.plan).await?;
    let written = match form.parse() {
        Ok(noted) => {
            let note = async |tx: &mut AgencyTx| {
                store::note(tx, &can, at.plan, &noted).await?;
                Ok(Done::at(paths::plan(can.slug(), at.plan), "Progress noted"))
            };
            can.write(note).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| ProgressPage { here: can.here(), one, form, problems })
}

#[derive(Template)]
#[template(path = "plans/state.html")]
struct StatePage {
    here: Here,
    one: Plan,
    form: StateForm,
    problems: Problems,
}

async fn state(can: Can<EditFramework>, at: paths::PlanState) -> Result<Page<StatePage>, Error> {
    let one = of(&can, at.plan).await?;
    Ok(Page(StatePage { here: can.here(), form: StateForm::of(&one), one, problems: Problems::default() }))
}

async fn put_state(can: Can<EditFramework>, at: paths::PlanState, Form(form): Form<StateForm>) -> Result<Response, Error> {
    let one = of(&can, at.plan).await?;
    let written = match form.parse() {
        Ok(put) => {
            let keep = async |tx: &mut AgencyTx| {
                store::put_state(tx, &can, at.plan, &put).await?;
                Ok(Done::at(paths::plan(can.slug(), at.plan), "What came of it was noted"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), one.version).with_theirs(&StateForm::of(&one), &form);
        StatePage { here: can.here(), one, form, problems }
    })
}

#[derive(Template)]
#[template(path = "plans/means.html")]
struct MeansPage {
    here: Here,
    one: Plan,
    means: Vec<Means>,
    sides: Sides,
    form: MeansForm,
    problems: Problems,
}

async fn means(can: Can<EditFramework>, at: paths::Means) -> Result<Page<MeansPage>, Error> {
    let one = of(&can, at.plan).await?;
    let (means, sides) = can.read(async |tx| Ok((store::means(tx, at.plan).await?, commitments::sides(tx).await?))).await?;
    Ok(Page(MeansPage { here: can.here(), one, means, sides, form: MeansForm::default(), problems: Problems::default() }))
}

async fn bring(can: Can<EditFramework>, at: paths::Means, Form(form): Form<MeansForm>) -> Result<Response, Error> {
    let one = of(&can, at.plan).await?;
    let (means, sides) = can.read(async |tx| Ok((store::means(tx, at.plan).await?, commitments::sides(tx).await?))).await?;
    let written = match form.parse(&sides) {
        Ok(brought) => {
            let bring = async |tx: &mut AgencyTx| {
                store::bring(tx, &can, at.plan, &brought).await?;
                Ok(Done::at(paths::plan(can.slug(), at.plan), "Added to what both sides bring"))
            };
            can.write(bring).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| MeansPage { here: can.here(), one, means, sides, form, problems })
}

#[derive(Template)]
#[template(path = "plans/drop_means.html")]
struct DropPage {
    here: Here,
    one: Plan,
    row: Means,
}

async fn ask_dropping(can: Can<EditFramework>, at: paths::DropMeans) -> Result<Page<DropPage>, Error> {
    let one = of(&can, at.plan).await?;
    let means = can.read(async |tx| store::means(tx, at.plan).await).await?;
    let row = means.into_iter().find(|row| row.id == at.means).ok_or(Error::NotFound)?;
    Ok(Page(DropPage { here: can.here(), one, row }))
}

async fn drop_means(can: Can<EditFramework>, at: paths::DropMeans) -> Result<Response, Error> {
    can.write(async |tx| {
        store::drop_means(tx, &can, at.plan, at.means).await?;
        Ok(Done::at(paths::means(can.slug(), at.plan), "Taken away"))
    })
    .await
}

async fn read_again(can: Can<EditFramework>, at: paths::Rereading) -> Result<Response, Error> {
    can.write(async |tx| {
        store::read_again(tx, &can, at.plan).await?;
        Ok(Done::at(paths::plan(can.slug(), at.plan), "Noted that you read it again"))
    })
    .await
}
