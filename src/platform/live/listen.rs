//! The one connection of a process on which it hears what others tell, and how it tells them: by PostgreSQL's own `notify`, with the
//! agency and an id, after the transaction that changed something has ended, so that no commit waits for another.

use super::{
    super::{db::Db, error::Error, ids::AgencyId, pool, secrets::Secret},
    Ring,
};
use sqlx::postgres::{PgListener, PgPoolOptions};
use std::{
    collections::BTreeSet,
    convert::Infallible,
    time::{Duration, Instant},
};
use uuid::Uuid;

const CHANNEL: &str = "live";
/// How long until it is tried again when the database was away.
const PAUSE: Duration = Duration::from_secs(1);
/// What was heard for so long was there in between.
const WHILE: Duration = Duration::from_secs(10);

/// Passes on what this process tells and what it hears, for as long as it is asked to. `direct` leads past whatever shares connections
/// between transactions: there nothing is heard.
pub async fn keep_listening(db: &Db, direct: Option<&Secret>) {
    let mut told = false;
    loop {
        let began = Instant::now();
        let Err(error) = listen(db, direct).await;
        // Once for each time that it is away, however often it is tried meanwhile.
        if !told || began.elapsed() > WHILE {
            tracing::warn!(%error, "what others change is not heard for now");
            told = true;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen(db: &Db, direct: Option<&Secret>) -> Result<Infallible, Error> {
    let options = match direct {
        Some(url) => pool::options(url.reveal())?,
        None => (*db.pool().connect_options()).clone(),
    };
    let alone = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let one = alone.acquire_timeout(Duration::from_secs(3)).connect_lazy_with(options);
    let mut ear = PgListener::connect_with(&one).await?;
    ear.listen(CHANNEL).await?;
    db.ring().begins();
    let (never, _) = tokio::try_join!(hear(db.ring(), ear), say(db))?;
    Ok(never)
}

async fn hear(ring: &Ring, mut ear: PgListener) -> Result<Infallible, Error> {
    loop {
        match ear.try_recv().await? {
            Some(said) => {
                if let Some((agency, id)) = read(said.payload()) {
                    ring.hear(agency, id);
                }
            }
            // The connection was lost and is there again; what was said meanwhile was not heard.
            None => ring.everything(),
        }
    }
}

async fn say(db: &Db) -> Result<Infallible, Error> {
    loop {
        db.ring().wake.notified().await;
        let told = db.ring().take();
        if told.is_empty() {
            continue;
        }
        if let Err(error) = tell_all(db, &told).await {
            db.ring().put_back(told);
            return Err(error);
        }
    }
}

async fn tell_all(db: &Db, told: &BTreeSet<(AgencyId, Uuid)>) -> Result<(), Error> {
    let texts: Vec<String> = told.iter().map(|(agency, id)| format!("{agency} {id}")).collect();
    let mut connection = pool::borrow(db.pool()).await?;
    sqlx::query!("select pg_notify('live', told) from unnest($1::text[]) as told", &texts).execute(&mut *connection).await?;
    Ok(())
}

fn read(payload: &str) -> Option<(AgencyId, Uuid)> {
    let (agency, id) = payload.split_once(' ')?;
    Some((agency.parse().ok()?, id.parse().ok()?))
}
