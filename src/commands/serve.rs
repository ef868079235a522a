//! `common-table serve`: from an empty folder to a site that answers.

use super::{Fault, database::Ground, say};
use crate::{
    platform::{app::App, clock::Clock, db::Db, settings::Settings},
    server,
    worker::Worker,
};
use tokio::signal::unix::{SignalKind, signal};

const SIGN_INS: &str = "\
  director@demo.example   the county’s child welfare director
  staff@demo.example      partnership coordinator
  analyst@demo.example    analyst
  admin@demo.example      administrator
  partner@demo.example    a community partner’s steward
  tribe@demo.example      a Tribe’s steward
  parent@demo.example     a person with lived experience
  harbor@demo.example     another county’s director";

pub(super) async fn run(settings: Settings) -> Result<(), Fault> {
    let ground = Ground::open(&settings).await?;
    let served = serve(&settings, &ground).await;
    ground.close().await?;
    served
}

async fn serve(settings: &Settings, ground: &Ground) -> Result<(), Fault> {
    let clock = Clock::default();
    if ground.owner_url.is_some() {
        ground.migrate().await?;
    }
    ground.check_rights().await?;
    let mut demo = false;
    if ground.is_private() && settings.allows_demo() && ground.is_empty().await? {
        say("Making the demonstration (once, about a minute) …");
        ground.demo(clock.now()).await?;
        demo = true;
    }
    let listening = server::listen(settings.listen).await.map_err(|error| {
        format!("{} cannot be listened on ({error}). Another program may use it: set LISTEN to another address.", settings.listen)
    })?;
    let db = Db::open(&ground.login_url, clock, 16)?;
    if !db.is_ready().await {
        return Err("The database is not up to date. Run: common-table migrate".into());
    }
    let app = App::new(db.clone(), settings.clone());
    say(&format!("Common Table answers at {}", settings.public_url));
    if demo || (ground.is_private() && settings.allows_demo()) {
        say(&format!("In the demonstration sign in with the password {} as\n{SIGN_INS}", crate::demo::PASSWORD));
    }
    say("Ctrl-C stops it.");
    let ended = told_to_stop()?;
    let worker = settings.worker.then(|| Worker::start(app.clone()));
    listening.serve(server::site(app), ended).await;
    if let Some(worker) = worker {
        worker.stop().await;
    }
    db.close().await;
    say("Stopped.");
    Ok(())
}

/// Ends with Ctrl-C, or when the system asks the program to stop.
pub(super) fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    })
}
