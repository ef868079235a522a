//! `common-table work`: the worker alone, for a machine that answers no visitors.

use super::{Fault, database::Ground, say, serve::told_to_stop};
use crate::{
    platform::{app::App, settings::Settings},
    worker,
};

pub(super) async fn run(settings: Settings) -> Result<(), Fault> {
    let ended = told_to_stop()?;
    let ground = Ground::open(&settings).await?;
    let worked = work(settings, &ground, ended).await;
    ground.close().await?;
    worked
}

async fn work(settings: Settings, ground: &Ground, ended: impl Future<Output = ()>) -> Result<(), Fault> {
    ground.check_rights().await?;
    let db = ground.site(4).await?;
    say("Working. Ctrl-C stops it; the job at hand is finished first.");
    worker::run(App::new(db.clone(), settings), ended).await;
    db.close().await;
    say("Stopped.");
    Ok(())
}
