//! The connections to the database, and how a transaction begins on one of them.

use super::error::Error;
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// Opens no connection yet: the first one is made when it is needed.
pub(super) fn open(url: &str, connections: u32) -> Result<PgPool, sqlx::Error> {
    // What ends a transaction that ended already is a warning nobody needs.
    let options: PgConnectOptions = url.parse::<PgConnectOptions>()?.options([("client_min_messages", "error")]);
    Ok(PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(answers(connection, known.idle_for)))
        .connect_lazy_with(options))
}

/// Connections that rested are asked whether they still answer; those in steady use show it themselves.
async fn answers(connection: &mut PgConnection, rested: Duration) -> Result<bool, sqlx::Error> {
    if rested > Duration::from_secs(1) {
        connection.ping().await?;
    }
    Ok(true)
}

/// Begins to the end, also when the visitor has gone meanwhile: a beginning that is cut off would hand its connection, inside a
/// transaction, to whoever borrows it next. The text cannot fail while the roles are there: what can is a statement of its own.
///
/// # Errors
/// When the database is away.
#[expect(clippy::disallowed_methods, reason = "the one place where a transaction begins")]
pub(super) async fn begin(pool: &PgPool, text: String) -> Result<Transaction<'static, Postgres>, Error> {
    let (pool, mut patience) = (pool.clone(), Patience::with(pool));
    let begun = tokio::spawn(async move {
        loop {
            let begun = pool.begin_with(AssertSqlSafe(text.clone())).await;
            if !begun.as_ref().is_err_and(|error| patience.bears(error)) {
                break begun;
            }
        }
    });
    Ok(begun.await.map_err(|_| Error::Away)??)
}

/// For what changes nothing until it has succeeded: once more where the connection turns out to have ended meanwhile, as all do
/// when the database starts anew; for each that the pool may still hold.
#[derive(Debug)]
pub(super) struct Patience {
    left: u32,
}

impl Patience {
    pub(super) fn with(pool: &PgPool) -> Self {
        Self { left: pool.size() }
    }

    /// Whether it is worth another try after this.
    pub(super) fn bears(&mut self, error: &sqlx::Error) -> bool {
        let ended = match error {
            sqlx::Error::Io(_) => true,
            sqlx::Error::Database(said) => said.code().as_deref() == Some("57P01"),
            _ => false,
        };
        let tries = self.left;
        self.left = tries.saturating_sub(1);
        ended && tries > 0
    }
}
