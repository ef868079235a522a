//! The connections to the database, and how a transaction begins on one of them.

use super::error::Error;
use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection, PgPool, Postgres, SqlSafeStr as _, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::runtime::Handle;

/// Connections that a site keeps: four for each processor, eight to 32. More wait for one another in the database, and none of
/// them stays warm; so many a database serves beside a second copy, a worker and whoever looks after it.
#[must_use]
pub fn enough() -> u32 {
    let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    u32::try_from(processors * 4).unwrap_or(u32::MAX).clamp(8, 32)
}

/// How every connection of the site begins. Its role is the one that sees nothing by itself: every transaction begins in it and
/// comes back to it. Rows are an agency's, and every key is led by the agency, so plans go by the indexes, with ten agencies as
/// with a thousand: a statement is planned once for a connection, and no plan is long enough to be worth compiling. What ends a
/// transaction that ended already is a warning nobody needs.
///
/// # Errors
/// When the address cannot be read.
pub fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let begins_with = [
        ("client_min_messages", "error"),
        ("role", "app_login"),
        ("lock_timeout", "3s"),
        ("enable_seqscan", "off"),
        ("plan_cache_mode", "force_generic_plan"),
        ("jit", "off"),
    ];
    Ok(url.parse::<PgConnectOptions>()?.options(begins_with))
}

/// Opens no connection yet: the first one is made when it is needed.
pub(super) fn open(url: &str, connections: u32) -> Result<PgPool, sqlx::Error> {
    let options = options(url)?;
    Ok(PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(answers(connection, known.idle_for)))
        .connect_lazy_with(options))
}

/// Borrows a connection, which has no agency yet: for a transaction's beginning, and for the look-up of a sign-in.
#[expect(clippy::disallowed_methods, reason = "whoever borrows it begins a transaction or looks a sign-in up")]
pub(super) async fn borrow(pool: &PgPool) -> Result<PoolConnection<Postgres>, sqlx::Error> {
    pool.acquire().await
}

/// Connections that rested are asked whether they still answer; those in steady use show it themselves.
async fn answers(connection: &mut PgConnection, rested: Duration) -> Result<bool, sqlx::Error> {
    if rested > Duration::from_secs(1) {
        connection.ping().await?;
    }
    Ok(true)
}

/// The connection that a request has in hand: what its sign-in was looked up on. The page's first transaction begins on it,
/// which spares giving it back and asking for another. Empty but for that.
#[derive(Debug, Clone, Default)]
pub(super) struct Hand(Option<Arc<Mutex<Option<PoolConnection<Postgres>>>>>);

impl Hand {
    pub(super) fn with(connection: PoolConnection<Postgres>) -> Self {
        Self(Some(Arc::new(Mutex::new(Some(connection)))))
    }

    pub(super) fn take(&self) -> Option<PoolConnection<Postgres>> {
        self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Begins a transaction, on the connection in hand where there is one. The text cannot fail while the roles are there: what can
/// is a statement of its own.
///
/// # Errors
/// When the database is away.
pub(super) async fn begin(pool: &PgPool, hand: &Hand, text: String) -> Result<Transaction<'static, Postgres>, Error> {
    let (pool, mut hand, mut patience) = (pool.clone(), hand.take(), Patience::with(pool));
    let beginning = async move {
        loop {
            let begun = begin_on(&pool, hand.take(), AssertSqlSafe(text.clone())).await;
            if !begun.as_ref().is_err_and(|error| patience.bears(error)) {
                break begun;
            }
        }
    };
    Ok(ToItsEnd(Some(Box::pin(beginning))).await?)
}

/// Goes on to the end, also when the visitor has gone meanwhile: a beginning that is cut off would hand its connection, inside
/// a transaction, to whoever borrows it next.
struct ToItsEnd<F: Future<Output: Send> + Send + 'static>(Option<Pin<Box<F>>>);

impl<F: Future<Output: Send> + Send + 'static> Future for ToItsEnd<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Some(rest) = self.0.as_mut() else { return Poll::Pending };
        let answer = std::task::ready!(rest.as_mut().poll(context));
        self.0 = None;
        Poll::Ready(answer)
    }
}

impl<F: Future<Output: Send> + Send + 'static> Drop for ToItsEnd<F> {
    #[expect(clippy::disallowed_methods, reason = "it is the end of what the visitor began, and short")]
    fn drop(&mut self) {
        if let (Some(rest), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(rest);
        }
    }
}

/// On the connection in hand, or on another.
#[expect(clippy::disallowed_methods, reason = "the one place where a transaction begins")]
async fn begin_on(
    pool: &PgPool,
    hand: Option<PoolConnection<Postgres>>,
    text: AssertSqlSafe<String>,
) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let connection = match hand {
        Some(connection) => connection,
        None => borrow(pool).await?,
    };
    tracing::debug!(summary = "begin", "asked");
    Transaction::begin(connection, Some(text.into_sql_str())).await
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
