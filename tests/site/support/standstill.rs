//! A lock that the test holds: requests come up to it, all of them, and go on together when it is let go.

use super::Site;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::time::Duration;

/// What the test holds, in a transaction of its own.
pub struct Standstill(PgConnection);

impl Standstill {
    /// Holds what the statement locks.
    pub async fn at(site: &Site, statement: &str) -> Self {
        let mut held = site.own_connection().await;
        let text = site.path(&format!("begin; {statement}"));
        sqlx::raw_sql(AssertSqlSafe(text.clone())).execute(&mut held).await.unwrap_or_else(|error| panic!("{text}: {error}"));
        Self(held)
    }

    /// Holds the turn of whoever changes protocols at Cedar River.
    pub async fn of_protocols(site: &Site) -> Self {
        let agency = "(select id::text from agency where slug = 'cedar-river')";
        Self::at(site, &format!("select pg_advisory_xact_lock(hashtextextended('protocols ' || {agency}, 0))")).await
    }

    /// Waits until so many of the site's transactions stand before a lock.
    pub async fn until(&mut self, number: i64) {
        let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        for _ in 0..500 {
            if sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut self.0).await.unwrap() >= number {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{number} never stood before a lock at the same time");
    }

    /// What the test did meanwhile holds, and they go on.
    pub async fn keep(mut self) {
        sqlx::raw_sql("commit").execute(&mut self.0).await.unwrap();
        self.0.close().await.unwrap();
    }

    /// Lets them go on.
    pub async fn let_go(mut self) {
        sqlx::raw_sql("rollback").execute(&mut self.0).await.unwrap();
        self.0.close().await.unwrap();
    }
}
