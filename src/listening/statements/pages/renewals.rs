//! Whom those on duty are to ask, because what they allowed runs out: in the way they said, and once.

use crate::{
    consent::How,
    listening::{
        sessions,
        speakers::{self, Speaker},
        statements::{
            forms::{AgainForm, entered_hows},
            model::{AgainAnswer, Renewal},
            paths,
            store::renewals,
        },
    },
    platform::{policy::WriteStatements, prelude::*},
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    page: String,
}

#[derive(Template)]
#[template(path = "listening/statements/renewals.html")]
pub(super) struct Index {
    here: Here,
    renewals: Paged<Renewal>,
}

#[derive(Template)]
#[template(path = "listening/statements/renewal.html")]
pub(super) struct Asking {
    here: Here,
    renewal: Renewal,
    speaker: Speaker,
    hows: Vec<Choice>,
    form: AgainForm,
    problems: Problems,
}

impl Asking {
    fn of(here: Here, (renewal, speaker): (Renewal, Speaker), form: AgainForm, problems: Problems) -> Self {
        let hows = entered_hows(&[How::InPerson, How::Telephone, How::Paper, How::Through], speaker.named_somebody());
        Self { here, renewal, speaker, hows, form, problems }
    }
}

pub(super) async fn index(can: Can<WriteStatements>, at: paths::Renewals, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let rows = can.read(async |tx| renewals::list(tx, paging).await).await?;
    Ok(Page(Index { here: can.here(), renewals: paging.of(rows, &at.to_string()) }))
}

async fn asked(can: &Can<WriteStatements>, at: &paths::RenewalPage) -> Result<(Renewal, Speaker), Error> {
    can.read(async |tx| {
        let renewal = renewals::find(tx, at.renewal).await?.ok_or(Error::NotFound)?;
        let speaker = speakers::find(tx, renewal.speaker).await?.ok_or(Error::NotFound)?;
        Ok((renewal, speaker))
    })
    .await
}

pub(super) async fn show(can: Can<WriteStatements>, at: paths::RenewalPage) -> Result<Page<Asking>, Error> {
    let found = asked(&can, &at).await?;
    Ok(Page(Asking::of(can.here(), found, AgainForm::default(), Problems::default())))
}

pub(super) async fn enter(can: Can<WriteStatements>, at: paths::RenewalPage, Form(form): Form<AgainForm>) -> Result<Response, Error> {
    let (renewal, speaker) = asked(&can, &at).await?;
    let written = match form.parse(speaker.named_somebody()) {
        Ok((answer, how)) => {
            let enter = async |tx: &mut AgencyTx| {
                let duty = sessions::on_duty(tx, renewal.session).await?;
                renewals::enter(tx, &can, &duty, (&renewal, answer, how)).await?;
                Ok(Done::at(paths::renewals(can.slug()), "What they said is kept"))
            };
            can.write(enter).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), renewal.version);
        Asking::of(can.here(), (renewal, speaker), form, problems)
    })
}
