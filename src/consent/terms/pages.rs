//! The page of how long consent holds and of what is shown before it is given.

use super::{
    forms::{TermsForm, WordingForm},
    model::{LANGUAGES, Terms, Wording},
    paths, store,
};
use crate::platform::{policy::ManageSettings, prelude::*};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |form| Example { who: "admin", path: "", form };
    Routes::new()
        .get(paths::TermsPage::PATH, show)
        .post(paths::TermsPage::PATH, keep, example("quoted=24&exported=12&version=@consent_terms_version"))
        .post(paths::Wordings::PATH, add, example("language=en&words=You+decide+what+may+be+done+with+your+words."))
}

#[derive(Template)]
#[template(path = "consent/terms/show.html")]
struct Show {
    here: Here,
    version: i32,
    form: TermsForm,
    wordings: Vec<Wording>,
    new: WordingForm,
    problems: Problems,
}

impl Show {
    fn languages(&self) -> Vec<Choice> {
        LANGUAGES.iter().map(|(code, name)| Choice::new(*code, *name)).collect()
    }
}

async fn now(can: &Can<ManageSettings>) -> Result<(Terms, Vec<Wording>), Error> {
    can.read(async |tx| Ok((store::terms(tx).await?, store::wordings(tx).await?))).await
}

async fn show(can: Can<ManageSettings>, _: paths::TermsPage) -> Result<Page<Show>, Error> {
    let (terms, wordings) = now(&can).await?;
    let (version, form, new) = (terms.version(), TermsForm::of(&terms), WordingForm::default());
    Ok(Page(Show { here: can.here(), version, form, wordings, new, problems: Problems::default() }))
}

async fn keep(can: Can<ManageSettings>, at: paths::TermsPage, Form(form): Form<TermsForm>) -> Result<Response, Error> {
    let (terms, wordings) = now(&can).await?;
    let written = match form.parse() {
        Ok(new) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, &new).await?;
                Ok(Done::at(&at, "Kept: it holds for what is allowed from now on, and for what was allowed before from today"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), terms.version()).with_theirs(&TermsForm::of(&terms), &form);
        Show { here: can.here(), version: terms.version(), form, wordings, new: WordingForm::default(), problems }
    })
}

async fn add(can: Can<ManageSettings>, _: paths::Wordings, Form(form): Form<WordingForm>) -> Result<Response, Error> {
    let (terms, wordings) = now(&can).await?;
    let written = match form.parse() {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                store::add(tx, &can, &new).await?;
                Ok(Done::at(paths::terms(can.slug()), "Kept as the next version: it is shown from now on"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show {
        here: can.here(),
        version: terms.version(),
        form: TermsForm::of(&terms),
        wordings,
        new: form,
        problems,
    })
}
