//! Legal holds: the list, setting one, and ending it.

use super::super::{
    forms::{EndForm, HoldForm, LiftForm},
    model::{EndDecision, Hold, HoldId, Scope, Unseen},
    paths,
    store::{holds as store, unseen},
};
use crate::platform::{
    policy::{LiftHolds, SeeHolds, SetHolds},
    prelude::*,
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    record: String,
    page: String,
}

#[derive(Template)]
#[template(path = "retention/holds.html")]
pub(super) struct Index {
    here: Here,
    holds: Paged<Hold>,
    /// Those in force that keep something that the reader may not see.
    unseen: Vec<Unseen>,
}

pub(super) async fn index(can: Can<SeeHolds>, at: paths::Holds, Query(query): Query<Asked>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&query.page);
    let (rows, unseen) = can.read(async |tx| Ok((store::list(tx, paging).await?, unseen::list(tx).await?))).await?;
    Ok(Page(Index { here: can.here(), holds: paging.of(rows, &at.to_string()), unseen }))
}

#[derive(Template)]
#[template(path = "retention/new_hold.html")]
pub(super) struct New {
    here: Here,
    form: HoldForm,
    problems: Problems,
}

pub(super) async fn new(can: Can<SetHolds>, _: paths::NewHold, Query(query): Query<Asked>) -> Page<New> {
    let from = can.today().to_string();
    Page(New { here: can.here(), form: HoldForm { record: query.record, from, ..HoldForm::default() }, problems: Problems::default() })
}

pub(super) async fn set(can: Can<SetHolds>, _: paths::Holds, Form(form): Form<HoldForm>) -> Result<Response, Error> {
    let written = match form.parse(can.today()) {
        Ok(hold) => {
            let set = async |tx: &mut AgencyTx| {
                let id = store::set(tx, &can, &hold).await?;
                Ok(Done::at(paths::hold(can.slug(), id), "The hold is set, and holds from now on. Somebody else confirms it"))
            };
            can.write(set).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), form, problems })
}

#[derive(Template)]
#[template(path = "retention/hold.html")]
pub(super) struct Show {
    here: Here,
    hold: Hold,
    /// The reader may let it end.
    decides: bool,
    form: LiftForm,
    end: EndForm,
    problems: Problems,
}

async fn found(asker: &Asker, id: HoldId) -> Result<Show, Error> {
    let hold = asker.read(async |tx| store::find(tx, id).await).await?;
    let decides = hold.is_decided_by(asker.hat());
    Ok(Show { here: asker.here(), hold, decides, form: LiftForm::default(), end: EndForm::default(), problems: Problems::default() })
}

/// A hold for whoever answers for it and may not see what it keeps.
#[derive(Template)]
#[template(path = "retention/unseen_hold.html")]
pub(super) struct Waiting {
    here: Here,
    hold: Unseen,
    /// The reader may let it end.
    decides: bool,
    form: LiftForm,
    end: EndForm,
    problems: Problems,
}

async fn waiting(asker: &Asker, id: HoldId) -> Result<Waiting, Error> {
    let hold = asker.read(async |tx| unseen::find(tx, id).await).await?;
    let decides = hold.is_decided_by(asker.hat());
    Ok(Waiting { here: asker.here(), hold, decides, form: LiftForm::default(), end: EndForm::default(), problems: Problems::default() })
}

pub(super) async fn show(can: Can<SeeHolds>, at: paths::HoldPage) -> Result<Response, Error> {
    match found(&can, at.hold).await {
        Err(Error::NotFound) => Ok(Page(waiting(&can, at.hold).await?).into_response()),
        other => Ok(Page(other?).into_response()),
    }
}

const PROPOSED: &str = "Proposed. The hold goes on until somebody else lets it end";

pub(super) async fn lift(can: Can<LiftHolds>, at: paths::Lifting, Form(form): Form<LiftForm>) -> Result<Response, Error> {
    let again = match found(&can, at.hold).await {
        Err(Error::NotFound) => return lift_unseen(&can, at.hold, form).await,
        other => other?,
    };
    let written = match form.parse() {
        Ok(because) => {
            let lift = async |tx: &mut AgencyTx| {
                store::propose_end(tx, &can, at.hold, &because).await?;
                Ok(Done::at(paths::hold(can.slug(), at.hold), PROPOSED))
            };
            can.write(lift).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Show { form, problems, ..again }
    })
}

async fn lift_unseen(can: &Can<LiftHolds>, id: HoldId, form: LiftForm) -> Result<Response, Error> {
    let again = waiting(can, id).await?;
    let written = match form.parse() {
        Ok(because) => {
            let lift = async |tx: &mut AgencyTx| {
                store::propose_end(tx, can, id, &because).await?;
                Ok(Done::at(paths::hold(can.slug(), id), PROPOSED))
            };
            can.write(lift).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Waiting { form, problems, ..again }
    })
}

pub(super) async fn confirm(can: Can<SetHolds>, at: paths::HoldConfirmation) -> Result<Response, Error> {
    let again = match found(&can, at.hold).await {
        Err(Error::NotFound) => return confirm_unseen(&can, at.hold).await,
        other => other?,
    };
    let confirm = async |tx: &mut AgencyTx| {
        store::confirm(tx, &can, at.hold).await?;
        Ok(Done::at(paths::hold(can.slug(), at.hold), "The hold is confirmed"))
    };
    can.write(confirm).await.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Show { problems, ..again }
    })
}

async fn confirm_unseen(can: &Can<SetHolds>, id: HoldId) -> Result<Response, Error> {
    let again = waiting(can, id).await?;
    let confirm = async |tx: &mut AgencyTx| {
        store::confirm(tx, can, id).await?;
        Ok(Done::at(paths::holds(can.slug()), "The hold is confirmed"))
    };
    can.write(confirm).await.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Waiting { problems, ..again }
    })
}

pub(super) async fn decide(can: Can<LiftHolds>, at: paths::LiftingDecision, Form(end): Form<EndForm>) -> Result<Response, Error> {
    let again = match found(&can, at.hold).await {
        Err(Error::NotFound) => return decide_unseen(&can, at.hold, end).await,
        other => other?,
    };
    let written = match end.parse() {
        Ok(decision) => {
            let decide = async |tx: &mut AgencyTx| {
                store::decide_end(tx, &can, at.hold, decision).await?;
                Ok(Done::at(paths::hold(can.slug(), at.hold), decision.told()))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Show { end, problems, ..again }
    })
}

/// Ended, it is on no page of theirs any more.
async fn decide_unseen(can: &Can<LiftHolds>, id: HoldId, end: EndForm) -> Result<Response, Error> {
    let again = waiting(can, id).await?;
    let written = match end.parse() {
        Ok(decision) => {
            let decide = async |tx: &mut AgencyTx| {
                store::decide_end(tx, can, id, decision).await?;
                Ok(Done::at(paths::holds(can.slug()), decision.told()))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.hold.version);
        Waiting { end, problems, ..again }
    })
}
