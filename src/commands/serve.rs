//! `common-table serve`: from an empty folder to a site that answers. Whatever the moment, Ctrl-C ends it well.

use super::{
    Fault,
    database::{Ground, Holds},
    say,
};
use crate::{
    platform::{app::App, live::keep_listening, pool, proxies::Proxies, settings::Settings},
    server::{self, Listening},
    worker::Worker,
};
use std::{pin::pin, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

/// How often it is looked whether somebody founded an agency meanwhile.
const LOOK: Duration = Duration::from_secs(10);

const SIGN_INS: &str = "  director@demo.example   the county’s child welfare director
  staff@demo.example      partnership coordinator
  analyst@demo.example    analyst
  admin@demo.example      administrator
  partner@demo.example    a community partner’s steward
  tribe@demo.example      a Tribe’s steward
  parent@demo.example     a person with lived experience
  harbor@demo.example     another county’s director";

pub(super) async fn run(settings: Settings) -> Result<(), Fault> {
    // First of all, so that neither a taken port nor Ctrl-C finds a half-made database.
    let ended = told_to_stop()?;
    let listening = server::listen(settings.listen).await.map_err(|error| {
        format!("{} cannot be listened on ({error}). Another program may use it: set LISTEN to another address.", settings.listen)
    })?;
    let metrics = listen_for_metrics(&settings).await?;
    let settings = settings.at_port(listening.address.port());
    if settings.trusted_proxy == Proxies::Near {
        tracing::warn!(
            "TRUSTED_PROXY=on believes whoever comes from this machine or a private network; name the addresses of your proxies instead"
        );
    }
    let ground = Ground::keep(&settings).await?;
    let served = serve(settings, &ground, (listening, metrics), ended).await;
    ground.close().await?;
    served?;
    say("Stopped.");
    Ok(())
}

/// Where numbers are answered, if anywhere.
pub(super) async fn listen_for_metrics(settings: &Settings) -> Result<Option<Listening>, Fault> {
    let Some(address) = settings.metrics_listen else { return Ok(None) };
    let listening = server::listen(address).await;
    let listening =
        listening.map_err(|error| format!("{address} cannot be listened on ({error}). Set METRICS_LISTEN to another address."))?;
    say(&format!("Numbers for Prometheus at http://{}/metrics", listening.address));
    Ok(Some(listening))
}

/// Answers numbers for as long as it is asked to.
pub(super) async fn answer_metrics(listening: Option<Listening>, app: App) {
    match listening {
        Some(listening) => listening.serve(server::metrics(app), std::future::pending()).await,
        None => std::future::pending().await,
    }
}

async fn serve(
    settings: Settings,
    ground: &Ground,
    (listening, metrics): (Listening, Option<Listening>),
    ended: impl Future<Output = ()>,
) -> Result<(), Fault> {
    let mut ended = pin!(ended);
    ground.check_rights().await?;
    if ground.is_kept() {
        ground.migrate().await?;
        tokio::select! {
            made = make_demo(&settings, ground) => made?,
            () = &mut ended => {
                say("The demonstration is not finished; the next start makes it anew.");
                return Ok(());
            }
        }
    }
    let db = ground.site(pool::enough()).await?;
    let app = App::new(db.clone(), settings.with_keys()?);
    app.look().await?;
    say(&format!("Common Table answers at {}", app.settings.public_url));
    if app.allows_demo() {
        say(&format!("In the demonstration sign in with the password {} as\n{SIGN_INS}", crate::demo::PASSWORD));
    }
    say("Ctrl-C stops it.");
    let worker = app.settings.worker.then(|| Worker::start(app.clone()));
    // Pages that listen would keep the server for as long as they are open.
    let ended = async {
        ended.await;
        db.ring().end();
    };
    tokio::select! {
        () = listening.serve(server::site(app.clone()), ended) => {}
        () = keep_listening(&db, app.settings.listen_database_url.as_ref()) => {}
        () = answer_metrics(metrics, app.clone()) => {}
        () = keep_looking(&app) => {}
    }
    if let Some(worker) = worker {
        worker.stop().await;
    }
    db.close().await;
    Ok(())
}

/// The demonstration, where nothing is yet or one was not finished.
async fn make_demo(settings: &Settings, ground: &Ground) -> Result<(), Fault> {
    if !settings.allows_demo() {
        return Ok(());
    }
    match ground.holds().await? {
        Holds::Nothing => say("Making the demonstration (once, about a minute) …"),
        Holds::HalfADemo => say("Making the demonstration anew, because it was not finished last time (about a minute) …"),
        Holds::Demo | Holds::RealAgencies => return Ok(()),
    }
    ground.live_demo().await
}

/// `agency create` may run beside this program; the demonstration's sign-ins never work beside a real agency.
async fn keep_looking(app: &App) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(error) = app.look().await {
            tracing::debug!(%error, "what the database holds could not be looked at");
        }
    }
}

/// Ends with Ctrl-C, or when the system asks the program to stop. It listens from now on, not only when it is awaited.
pub(super) fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
