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
        let (clock, _beside) = (Clock::ticking(ends()), BESIDE.enter());
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

/// Puts everything back as it was. Answers whether the database is to be lent again.
pub async fn restore(free: &mut Free) -> bool {
    free.stays.lent += 1;
    if free.stays.lent >= LENT || !has_ended(&mut free.superuser).await {
        return false;
    }
    free.stays.clock.put(ends());
    for statement in ["reset all", "select kept.restore()"] {
        sqlx::raw_sql(statement).execute(&mut free.superuser).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    true
}

/// Waits until nobody of the test before is at work; not for ever.
async fn has_ended(superuser: &mut PgConnection) -> bool {
    for _ in 0..1000 {
        if !sqlx::query_scalar::<_, bool>("select kept.in_use()").fetch_one(&mut *superuser).await.unwrap_or(true) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    false
}

#[tokio::test]
async fn what_a_test_changed_is_put_back_for_the_next() {
    let site = super::Site::open().await;
    let tables: Vec<String> = serde_json::from_str(
        &site.peek::<String>("select json_agg(tablename order by 1)::text from pg_tables where schemaname = 'public'").await,
    )
    .unwrap();
    let differing = tables
        .iter()
        .map(|table| {
            format!(
                "select '{table}' where exists (table public.{table} except table kept.{table}) or exists (table kept.{table} except table public.{table})"
            )
        })
        .collect::<Vec<_>>()
        .join(" union all ");
    let differing = format!("select coalesce(string_agg(found, ' ' order by found), '') from ({differing}) d (found)");
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/partners", &[("name", "Valley Library"), ("kind", "education")]).await.made();
    site.force(
        "update partner set name = 'Another', sort_name = 'another'; delete from reading; \
         set session_replication_role = replica; update agency set name = 'Renamed'; set statement_timeout = '1min'",
    )
    .await;
    let touched: String = site.peek(&differing).await;
    for table in ["agency", "audit", "partner", "reading", "session", "subject"] {
        assert!(touched.split(' ').any(|one| one == table), "{table} is not among {touched}");
    }
    let kept = "set session_replication_role = origin; select kept.restore()";
    site.force(kept).await;
    assert_eq!(site.peek::<String>(&differing).await, "");
}
