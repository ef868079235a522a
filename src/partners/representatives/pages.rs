//! Who speaks for a partner, and the hand-over.

use super::{
    forms::{EndForm, RepresentativeForm},
    model::Representative,
    paths, store,
};
use crate::{
    partners,
    platform::{
        ids::PartnerId,
        policy::{ViewOutreach, ViewPartners},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let added = "name=Ruth+Alder&mandate=named+by+the+presiding+judge&starts_on=2026-01-05";
    let ended = "ends_on=2026-10-01&handover_note=Monthly+numbers+matter+to+this+court&handed_over=yes&version=1";
    Routes::new()
        .get(paths::Representatives::PATH, index)
        .post(paths::Representatives::PATH, create, Example { who: "staff", path: "partner=@court", form: added })
        .get(paths::End::PATH, ending)
        .post(paths::End::PATH, end, Example { who: "staff", path: "partner=@court&person=@representative", form: ended })
}

#[derive(Template)]
#[template(path = "partners/representatives/index.html")]
struct Index {
    here: Here,
    partner: PartnerId,
    name: String,
    people: Vec<Representative>,
    may_name: bool,
    form: RepresentativeForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "partners/representatives/end.html")]
struct Ending {
    here: Here,
    partner: PartnerId,
    person: Representative,
    form: EndForm,
    problems: Problems,
}

async fn page(asker: &Asker, partner: PartnerId, form: RepresentativeForm) -> Result<Index, Error> {
    let (name, people) = asker
        .read(async |tx| Ok((partners::find_name(tx, partner).await?.ok_or(Error::NotFound)?, store::list(tx, partner).await?)))
        .await?;
    Ok(Index { here: asker.here(), partner, name, people, may_name: store::may_name(asker, partner), form, problems: Problems::default() })
}

async fn index(can: Can<ViewOutreach>, at: paths::Representatives) -> Result<Page<Index>, Error> {
    Ok(Page(page(&can, at.partner, RepresentativeForm::default()).await?))
}

async fn create(can: Can<ViewPartners>, at: paths::Representatives, Form(form): Form<RepresentativeForm>) -> Result<Response, Error> {
    let shown = page(&can, at.partner, form).await?;
    let written = match shown.form.parse() {
        Ok(new) => {
            let add = async |tx: &mut AgencyTx| {
                store::add(tx, &can, at.partner, &new).await?;
                Ok(Done::at(paths::representatives(can.slug(), at.partner), "Representative added"))
            };
            can.write(add).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Index { problems, ..shown })
}

async fn one(asker: &Asker, at: &paths::End) -> Result<Representative, Error> {
    let found = asker.read(async |tx| store::find(tx, at.partner, at.person).await).await?;
    found.filter(|_| store::may_name(asker, at.partner)).ok_or(Error::NotFound)
}

async fn ending(can: Can<ViewPartners>, at: paths::End) -> Result<Page<Ending>, Error> {
    let person = one(&can, &at).await?;
    let form = form_of(&person, &can);
    Ok(Page(Ending { here: can.here(), partner: at.partner, person, form, problems: Problems::default() }))
}

fn form_of(person: &Representative, asker: &Asker) -> EndForm {
    EndForm {
        ends_on: person.ends_on.unwrap_or(asker.today()).to_string(),
        handover_note: person.handover_note.clone(),
        handed_over: if person.handed_over { "yes".to_owned() } else { String::new() },
    }
}

async fn end(can: Can<ViewPartners>, at: paths::End, Form(form): Form<EndForm>) -> Result<Response, Error> {
    let person = one(&can, &at).await?;
    let written = match form.parse() {
        Ok(parsed) => {
            let end = async |tx: &mut AgencyTx| {
                store::end(tx, &can, at.partner, at.person, &parsed).await?;
                Ok(Done::at(paths::representatives(can.slug(), at.partner), "Hand-over saved"))
            };
            can.write(end).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), person.version).with_theirs(&form_of(&person, &can), &form);
        Ending { here: can.here(), partner: at.partner, person, form, problems }
    })
}
