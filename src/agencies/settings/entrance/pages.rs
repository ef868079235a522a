//! The page of the rule for signing in.

use super::{
    super::super::paths,
    forms::RuleForm,
    store::{self, OwnSide, Set},
};
use crate::platform::{policy::ManageSettings, prelude::*, proof::SignInRule};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(in crate::agencies::settings) fn routes() -> Routes {
    let example = Example { who: "admin", path: "", form: "rule=password&from=&version=@settings_version" };
    Routes::new().get(paths::Entrance::PATH, show).post(paths::Entrance::PATH, keep, example)
}

#[derive(Template)]
#[template(path = "agencies/entrance.html")]
struct EntrancePage {
    here: Here,
    set: Set,
    own: OwnSide,
    form: RuleForm,
    problems: Problems,
}

impl EntrancePage {
    /// Single sign-on is offered where it is set already; a provider comes first.
    fn offered(&self) -> Vec<Choice> {
        let sso = self.set.rule == SignInRule::Sso;
        SignInRule::choices().into_iter().filter(|choice| sso || choice.value != SignInRule::Sso.as_str()).collect()
    }
}

async fn show(can: Can<ManageSettings>, _: paths::Entrance) -> Result<Page<EntrancePage>, Error> {
    let (set, own) = found(&can).await?;
    let form = RuleForm::of(set.rule, set.from);
    Ok(Page(EntrancePage { here: can.here(), set, own, form, problems: Problems::default() }))
}

/// The rule, and how many people would have something to do.
async fn found(can: &Can<ManageSettings>) -> Result<(Set, OwnSide), Error> {
    can.read(async |tx| Ok((store::find(tx).await?, store::own_side(tx).await?))).await
}

async fn keep(can: Can<ManageSettings>, _: paths::Entrance, Form(form): Form<RuleForm>) -> Result<Response, Error> {
    let (set, own) = found(&can).await?;
    let written = match form.parse(can.today()) {
        Ok(rule) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, rule).await?;
                Ok(Done::at(paths::entrance(can.slug()), "The rule for signing in is saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), set.version).with_theirs(&RuleForm::of(set.rule, set.from), &form);
        EntrancePage { here: can.here(), set, own, form, problems }
    })
}
