//! `common-table work`: the worker alone, for a machine that answers no visitors.

use super::{Fault, database::Ground, say, serve::told_to_stop};
use crate::{
    platform::{app::App, clock::Clock, db::Db, settings::Settings},
    worker,
};

pub(super) async fn run(settings: Settings) -> Result<(), Fault> {
    let ground = Ground::open(&settings).await?;
    let worked = work(settings, &ground).await;
    ground.close().await?;
    worked
}

async fn work(settings: Settings, ground: &Ground) -> Result<(), Fault> {
    ground.check_rights().await?;
    let db = Db::open(&ground.login_url, Clock::default(), 4)?;
    if !db.is_ready().await {
        return Err("The database is not up to date. Run: common-table migrate".into());
    }
    say("Working. Ctrl-C stops it; the job at hand is finished first.");
    worker::run(App::new(db.clone(), settings), told_to_stop()?).await;
    db.close().await;
    say("Stopped.");
    Ok(())
}
