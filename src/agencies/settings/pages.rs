//! The page of the settings.

use super::{
    super::paths,
    forms::SettingsForm,
    model::{Changed, Use, Zone},
    store,
};
use crate::{
    mail::Language,
    platform::{
        ids::FileId,
        policy::{ManageSettings, SeeSettings},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// A form that says everything as the demonstration has it.
const EXAMPLE: &str = "name=Cedar+River+County&zone=America/Chicago&language=en&contact=the+partnership+coordinator&hotline=555+0100\
    &public_records=What+you+write+here+may+become+a+public+record.&reporting_notice=Staff+must+report+suspected+abuse.\
    &scale=need,+developing,+strength&acknowledge_days=5&answer_days=30&escalate_days=5&without_name=kept&with_name=kept&with_name=named&version=@settings_version";

/// The routes of this slice.
pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Changes::PATH, changes).get(paths::Settings::PATH, show).post(
        paths::Settings::PATH,
        keep,
        Example { who: "admin", path: "", form: EXAMPLE },
    )
}

#[derive(Template)]
#[template(path = "agencies/settings.html")]
pub(super) struct SettingsPage {
    here: Here,
    form: SettingsForm,
    logo: Option<FileId>,
    version: i32,
    problems: Problems,
}

impl SettingsPage {
    /// Without a name nothing can be shown with it.
    fn uses_without_name(&self) -> Vec<Choice> {
        Use::choices().into_iter().filter(|choice| choice.value != Use::Named.as_str()).collect()
    }
}

/// The page as the settings are now.
pub(super) async fn as_now(asker: &Asker, problems: Problems) -> Result<SettingsPage, Error> {
    let (set, logo, version) = asker.read(async |tx| store::find(tx).await).await?;
    Ok(SettingsPage { here: asker.here(), form: SettingsForm::of(&set), logo, version, problems })
}

async fn show(can: Can<ManageSettings>, _: paths::Settings) -> Result<Page<SettingsPage>, Error> {
    Ok(Page(as_now(&can, Problems::default()).await?))
}

async fn keep(can: Can<ManageSettings>, _: paths::Settings, Form(form): Form<SettingsForm>) -> Result<Response, Error> {
    let (now, logo, version) = can.read(async |tx| store::find(tx).await).await?;
    let written = match form.parse() {
        Ok(set) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep(tx, &can, &set).await?;
                Ok(Done::at(paths::settings(can.slug()), "Settings saved"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| {
        let problems = problems.since(can.version(), version).with_theirs(&SettingsForm::of(&now), &form);
        SettingsPage { here: can.here(), form, logo, version, problems }
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Number {
    page: String,
}

#[derive(Template)]
#[template(path = "agencies/changes.html")]
struct ChangesPage {
    here: Here,
    changes: Paged<Changed>,
}

async fn changes(can: Can<SeeSettings>, at: paths::Changes, Query(query): Query<Number>) -> Result<Page<ChangesPage>, Error> {
    let paging = Paging::from_text(&query.page);
    let rows = can.read(async |tx| store::history(tx, paging).await).await?;
    Ok(Page(ChangesPage { here: can.here(), changes: paging.of(rows, &at.to_string()) }))
}
