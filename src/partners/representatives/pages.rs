//! Who speaks for a partner, and the hand-over.

use super::{
    forms::{EndForm, RepresentativeForm},
    model::{HandOver, Names, Representative},
    paths, store,
};
use crate::{
    partners,
    platform::{
        ids::PartnerId,
        policy::{EditPartners, ViewOutreach, ViewPartners},
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
        .get(paths::HandOvers::PATH, handovers)
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
    /// Who names people for this body, as far as the reader is concerned.
    names: Names,
    members: Vec<Choice>,
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
    asker
        .read(async |tx| {
            let name = partners::find_name(tx, partner).await?.ok_or(Error::NotFound)?;
            let names = store::names(tx, asker, partner).await?;
            let members = if names == Names::TheBody { store::members(tx, partner).await? } else { Vec::new() };
            let people = store::list(tx, partner).await?;
            Ok(Index { here: asker.here(), partner, name, people, names, members, form, problems: Problems::default() })
        })
        .await
}

async fn index(can: Can<ViewOutreach>, at: paths::Representatives) -> Result<Page<Index>, Error> {
    Ok(Page(page(&can, at.partner, RepresentativeForm::default()).await?))
}

async fn create(can: Can<ViewPartners>, at: paths::Representatives, Form(form): Form<RepresentativeForm>) -> Result<Response, Error> {
    let shown = page(&can, at.partner, form).await?;
    let written = match shown.form.parse(shown.names) {
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
    asker
        .read(async |tx| {
            let allowed = store::names(tx, asker, at.partner).await? != Names::Nobody;
            store::find(tx, at.partner, at.person).await?.filter(|_| allowed).ok_or(Error::NotFound)
        })
        .await
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
    let written = match form.parse(person.starts_on) {
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

#[derive(Template)]
#[template(path = "partners/representatives/handovers.html")]
struct HandOversPage {
    here: Here,
    waiting: Vec<HandOver>,
}

async fn handovers(can: Can<EditPartners>, _: paths::HandOvers) -> Result<Page<HandOversPage>, Error> {
    let waiting = can.read(async |tx| store::handovers(tx, can.today()).await).await?;
    Ok(Page(HandOversPage { here: can.here(), waiting }))
}
