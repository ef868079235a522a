//! One proposal: what it would destroy, a director's decision, a steward's word, and what went.

use super::super::{
    forms::{DecisionForm, WordForm},
    model::{Decision, Destruction, DestructionId, Word},
    paths,
    store::destructions as store,
};
use crate::platform::{
    policy::{DecideDestruction, GiveBodysWord, KeepRetention, SeeRetention},
    prelude::*,
};
use askama::Template;

#[derive(Template)]
#[template(path = "retention/destruction.html")]
pub(super) struct Show {
    here: Here,
    one: Destruction,
    /// Title and page of what went.
    gone: Vec<(String, String)>,
    form: DecisionForm,
    word: WordForm,
    problems: Problems,
}

async fn found(asker: &Asker, id: DestructionId) -> Result<Show, Error> {
    let (one, gone) = asker.read(async |tx| Ok((store::find(tx, id).await?, store::gone(tx, id).await?))).await?;
    Ok(Show { here: asker.here(), one, gone, form: DecisionForm::default(), word: WordForm::default(), problems: Problems::default() })
}

pub(super) async fn show(can: Can<SeeRetention>, at: paths::DestructionPage) -> Result<Page<Show>, Error> {
    Ok(Page(found(&can, at.destruction).await?))
}

pub(super) async fn take_back(can: Can<KeepRetention>, at: paths::ProposalTakenBack) -> Result<Response, Error> {
    let again = found(&can, at.destruction).await?;
    let take = async |tx: &mut AgencyTx| {
        store::take_back(tx, &can, at.destruction).await?;
        Ok(Done::at(paths::destruction(can.slug(), at.destruction), "Proposal taken back. Everything stays"))
    };
    can.write(take).await.or_again(|problems| Show { problems, ..again })
}

pub(super) async fn decide(can: Can<DecideDestruction>, at: paths::DecisionOn, Form(form): Form<DecisionForm>) -> Result<Response, Error> {
    let again = found(&can, at.destruction).await?;
    let written = match form.parse() {
        Ok(decision) => {
            let decide = async |tx: &mut AgencyTx| {
                store::decide(tx, &can, at.destruction, &decision).await?;
                Ok(Done::at(paths::destruction(can.slug(), at.destruction), decision.0.done()))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), again.one.version);
        Show { form, problems, ..again }
    })
}

pub(super) async fn say(can: Can<GiveBodysWord>, at: paths::WordOn, Form(word): Form<WordForm>) -> Result<Response, Error> {
    let again = found(&can, at.destruction).await?;
    let written = match word.parse() {
        Ok(said) => {
            let say = async |tx: &mut AgencyTx| {
                store::say(tx, &can, at.destruction, said).await?;
                Ok(Done::at(paths::destruction(can.slug(), at.destruction), "Your body’s word is given"))
            };
            can.write(say).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { word, problems, ..again })
}
