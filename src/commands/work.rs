//! `common-table work`: the worker alone, for a machine that answers no visitors.

use super::{
    Fault,
    database::Ground,
    say,
    serve::{answer_metrics, listen_for_metrics, told_to_stop},
};
use crate::{
    platform::{app::App, live::keep_listening, settings::Settings},
    server::Listening,
    worker,
};

pub(super) async fn run(settings: Settings) -> Result<(), Fault> {
    let ended = told_to_stop()?;
    let metrics = listen_for_metrics(&settings).await?;
    let ground = Ground::open(&settings).await?;
    let worked = work(settings, &ground, metrics, ended).await;
    ground.close().await?;
    worked
}

async fn work(settings: Settings, ground: &Ground, metrics: Option<Listening>, ended: impl Future<Output = ()>) -> Result<(), Fault> {
    ground.check_rights().await?;
    let db = ground.site(4).await?;
    say("Working. Ctrl-C stops it; the job at hand is finished first.");
    let app = App::new(db.clone(), settings.with_keys()?);
    tokio::select! {
        () = worker::run(app.clone(), ended) => {}
        // What it does is told to the processes that have pages open.
        () = keep_listening(&db, app.settings.listen_database_url.as_ref()) => {}
        () = answer_metrics(metrics, app.clone()) => {}
    }
    db.close().await;
    say("Stopped.");
    Ok(())
}
