//! One database for many tests, one after the other: between two of them it is put back as it was, and its connections stay, so
//! that they plan each statement once and not anew for every test.

use super::world::ends;
use common_table::platform::{clock::Clock, db::Db};
use sqlx::PgConnection;
use std::{
    collections::VecDeque,
    pin::pin,
    sync::{LazyLock, Mutex},
    time::Duration,
};
use tokio::runtime::Runtime;

/// Put into the template: a second copy of every table, and a trigger that notes which ones a test touches.
pub const KEEP: &str = include_str!("keep.sql");

/// How often one database is lent: dead rows gather in it.
const LENT: u32 = 80;

/// What stays open from one test to the next.
pub struct Stays {
    pub db: Db,
    pub clock: Clock,
    lent: u32,
}

/// A database that nobody uses just now.
pub struct Free {
    pub name: String,
    pub superuser: PgConnection,
    pub stays: Stays,
}

static FREE: Mutex<VecDeque<Free>> = Mutex::new(VecDeque::new());

/// Where connections live that are there longer than the test that opened them.
static BESIDE: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());

impl Stays {
    /// Each connection makes its own plans: as few as a visitor and whoever comes between need.
    pub fn open(url: &str) -> Self {
        let (clock, _beside) = (Clock::held(ends()), BESIDE.enter());
        let db = Db::open(&format!("{url}&application_name=lent&statement-cache-capacity=1000"), clock.clone(), 2).unwrap();
        Self { db, clock, lent: 0 }
    }
}

/// Runs in this test and on its thread, but what it opens or sets going outlives the test.
pub async fn beside<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        let _beside = BESIDE.enter();
        future.as_mut().poll(context)
    })
    .await
}

/// The database that has waited longest: what the test before left unfinished has ended most surely.
pub fn next() -> Option<Free> {
    FREE.lock().unwrap().pop_front()
}

/// The test is over.
pub fn give_back(name: &str, stays: Stays, superuser: PgConnection) {
    FREE.lock().unwrap().push_back(Free { name: name.to_owned(), superuser, stays });
}

/// Puts everything back as it was; an error when the database is not to be lent again.
pub async fn restore(free: &mut Free) -> Result<(), sqlx::Error> {
    free.stays.lent += 1;
    if free.stays.lent >= LENT {
        return Err(sqlx::Error::PoolClosed);
    }
    free.stays.clock.put(ends());
    while sqlx::query_scalar::<_, bool>("select kept.in_use()").fetch_one(&mut free.superuser).await? {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sqlx::query("select kept.restore()").execute(&mut free.superuser).await.map(|_| ())
}
