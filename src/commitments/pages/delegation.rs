//! Who carries a promise out instead: somebody is asked, and says yes or no.

use super::{
    super::{
        forms::{CarriesForm, DelegateForm},
        model::{Carries, Commitment},
        paths,
        sides::Sides,
        store,
    },
    acts::own,
};
use crate::platform::{policy::EditCommitments, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let delegated = "delegate=@facilitator&why=She+knows+the+families&version=@commitment_open_version";
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Delegate::PATH, delegate)
        .post(paths::Delegate::PATH, hand_over, example("staff", "commitment=@commitment_open", delegated))
        .get(paths::Delegation::PATH, delegation)
        .post(paths::Delegation::PATH, answer, example("facilitator", "commitment=@commitment_asked", "word=yes&version=@version"))
}

#[derive(Template)]
#[template(path = "commitments/delegate.html")]
struct DelegatePage {
    here: Here,
    one: Commitment,
    form: DelegateForm,
    problems: Problems,
    sides: Sides,
}

async fn delegate(can: Can<EditCommitments>, at: paths::Delegate) -> Result<Page<DelegatePage>, Error> {
    let one = own(&can, at.commitment).await?;
    let sides = can.read(async |tx| store::sides(tx).await).await?;
    let form = DelegateForm::of(&one);
    Ok(Page(DelegatePage { here: can.here(), one, form, problems: Problems::default(), sides }))
}

async fn hand_over(can: Can<EditCommitments>, at: paths::Delegate, Form(form): Form<DelegateForm>) -> Result<Response, Error> {
    let one = own(&can, at.commitment).await?;
    let sides = can.read(async |tx| store::sides(tx).await).await?;
    let written = match form.parse(&sides) {
        Ok(handed) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::delegate(tx, &can, one.as_changer(&me)?, &handed).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Saved. Somebody who was asked carries it out once they say yes"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let theirs = DelegateForm { why: form.why.clone(), ..DelegateForm::of(&one) };
        let problems = problems.since(can.version(), one.version).with_theirs(&theirs, &form);
        DelegatePage { here: can.here(), one, form, problems, sides }
    })
}

#[derive(Template)]
#[template(path = "commitments/delegation.html")]
struct DelegationPage {
    here: Here,
    one: Commitment,
    form: CarriesForm,
    problems: Problems,
}

async fn delegation(can: Can<EditCommitments>, at: paths::Delegation) -> Result<Page<DelegationPage>, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, at.commitment, can.today()).await).await?;
    if one.as_asked(&me).is_err() {
        return Err(Error::Answered(Done::at(paths::commitment(can.slug(), at.commitment), "Nobody waits for your answer to this")));
    }
    Ok(Page(DelegationPage { here: can.here(), one, form: CarriesForm::default(), problems: Problems::default() }))
}

async fn answer(can: Can<EditCommitments>, at: paths::Delegation, Form(form): Form<CarriesForm>) -> Result<Response, Error> {
    let (one, me) = can.read(async |tx| store::asked(tx, at.commitment, can.today()).await).await?;
    one.as_asked(&me)?;
    let written = match form.parse() {
        Ok(given) => {
            let keep = async |tx: &mut AgencyTx| {
                let (one, me) = store::asked(tx, at.commitment, can.today()).await?;
                store::answer(tx, &can, one.as_asked(&me)?, &given).await?;
                Ok(Done::at(paths::commitment(can.slug(), at.commitment), "Your answer is kept with the promise"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| DelegationPage { here: can.here(), problems: problems.since(can.version(), one.version), one, form })
}
