//! Whether anybody may ask without an account: a director opens the door, and closes it.

use super::super::{forms::SettingForm, model::Setting, paths, store};
use crate::platform::{
    policy::{OpenAsking, SeeSettings},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let closed = Example { who: "director", path: "", form: "open=&version=@asking_version" };
    Routes::new().get(paths::Setting::PATH, show).post(paths::Setting::PATH, set, closed)
}

#[derive(Template)]
#[template(path = "loops/asking/setting.html")]
struct SettingPage {
    here: Here,
    setting: Setting,
    problems: Problems,
}

async fn show(can: Can<SeeSettings>, _: paths::Setting) -> Result<Page<SettingPage>, Error> {
    let setting = can.read(async |tx| store::setting(tx).await).await?;
    Ok(Page(SettingPage { here: can.here(), setting, problems: Problems::default() }))
}

async fn set(can: Can<OpenAsking>, at: paths::Setting, Form(form): Form<SettingForm>) -> Result<Response, Error> {
    let before = can.read(async |tx| store::setting(tx).await).await?;
    let open = form.is_open();
    let set = async |tx: &mut AgencyTx| {
        store::set(tx, &can, &before, open).await?;
        Ok(Done::at(&at, if open { "Anybody may ask now" } else { "Nobody can ask without an account any more" }))
    };
    let written = can.write(set).await;
    written.or_again(|problems| SettingPage { here: can.here(), setting: Setting { open, ..before }, problems })
}
