//! The database as this program may use it. Only here a transaction is begun (by `pool.rs`): an [`AgencyTx`] carries who asks and
//! for which agency, so that row security answers for both. Nothing commits by hand and nothing leaves a transaction open.
//! What begins and ends a transaction, and notes whose words were read in it, is one round trip each.

pub use super::standing::Standing;
use super::{
    clock::{self, Clock},
    error::Error,
    events::Changes,
    ids::{AccountId, AgencyId, SubjectId},
    live::{Ring, Touched},
    pool::{self, Hand},
    shown::Shown,
};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sqlx::{
    AssertSqlSafe, PgConnection, PgExecutor, PgPool, Postgres, Transaction,
    migrate::{MigrateError, Migrator},
    pool::PoolConnection,
};
use std::{fmt::Write as _, sync::Arc};

/// What this program wants the tables to be.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Brings the tables up to what this program needs, as their owner. The site's role may see how far they are.
///
/// # Errors
/// When a migration does not run, or one that ran was changed since.
pub async fn migrate(owner: &mut PgConnection) -> Result<(), MigrateError> {
    MIGRATIONS.run(&mut *owner).await?;
    sqlx::raw_sql("grant select (version, success) on _sqlx_migrations to app_login").execute(owner).await?;
    Ok(())
}

/// Whether every migration of this program has run. A database that is ahead of it is fine: migrations widen before they narrow.
pub async fn is_up_to_date(asker: impl PgExecutor<'_>) -> bool {
    let applied = sqlx::query_scalar::<_, i64>("select version from _sqlx_migrations where success").fetch_all(asker).await;
    applied.is_ok_and(|applied| MIGRATIONS.iter().all(|wanted| applied.contains(&wanted.version)))
}

/// The pool, signed in as `app_login`, and the clock.
#[derive(Debug, Clone)]
pub struct Db {
    pool: PgPool,
    clock: Clock,
    hand: Hand,
    pub(super) ring: Arc<Ring>,
}

/// A transaction inside one agency, under that standing.
#[derive(Debug)]
pub struct AgencyTx {
    tx: Transaction<'static, Postgres>,
    standing: Standing,
    now: DateTime<Utc>,
    shown: Shown,
    pub(super) changes: Changes,
    pub(super) touched: Touched,
}

/// A transaction outside any agency, for signing in and for the queue of jobs.
#[derive(Debug)]
pub struct SystemTx {
    tx: Transaction<'static, Postgres>,
    now: DateTime<Utc>,
    ring: Arc<Ring>,
}

impl Db {
    /// Opens the pool.
    ///
    /// # Errors
    /// When the address cannot be read; the first connection is made when it is needed.
    pub fn open(url: &str, clock: Clock, connections: u32) -> Result<Self, sqlx::Error> {
        let pool = pool::open(url, connections)?;
        Ok(Self { pool, clock, hand: Hand::default(), ring: Arc::new(Ring::new(connections)) })
    }

    /// The same, beside this request: for what goes on after it.
    pub(super) fn apart(&self) -> Self {
        Self { hand: Hand::default(), ..self.clone() }
    }

    /// The same for one request, whose next transaction begins on a connection that it has already.
    pub(super) fn going_on_with(&self, connection: PoolConnection<Postgres>) -> Self {
        Self { hand: Hand::with(connection), ..self.clone() }
    }

    /// The time now, as everything in this program knows it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Whether the database answers and its tables are what this program needs.
    pub async fn is_ready(&self) -> bool {
        is_up_to_date(&self.pool).await
    }

    /// Whether it holds an agency of the demonstration, and whether it holds a real one.
    pub(super) async fn holds(&self) -> Result<(bool, bool), Error> {
        let mut tx = self.begin_system().await?;
        let row = sqlx::query!(
            r#"select exists (select 1 from agency where is_demo) as "demo!", exists (select 1 from agency where not is_demo) as "real!""#
        )
        .fetch_one(tx.conn())
        .await?;
        tx.commit().await?;
        Ok((row.demo, row.real))
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// A transaction for reading; whatever tries to write in it fails.
    pub(super) async fn begin_read(&self, standing: Standing) -> Result<AgencyTx, Error> {
        self.begin_for("begin read only", standing).await
    }

    /// A transaction for reading many pages as they were at one moment.
    pub(super) async fn begin_snapshot(&self, standing: Standing) -> Result<AgencyTx, Error> {
        self.begin_for("begin isolation level repeatable read read only", standing).await
    }

    /// A transaction for writing.
    pub(super) async fn begin_write(&self, standing: Standing) -> Result<AgencyTx, Error> {
        self.begin_for("begin", standing).await
    }

    /// A transaction for reading one record's words: it begins with the note that they were opened, and then cannot write.
    pub(super) async fn begin_opened(&self, standing: Standing, record: SubjectId) -> Result<AgencyTx, Error> {
        if standing.membership.is_none() {
            return self.begin_read(standing).await;
        }
        let mut tx = self.begin_write(standing).await?;
        // A text of its own: when it cannot be noted, the transaction ends as any other.
        let noting = format!("{}; set transaction read only", Shown::of(record.0).noting(tx.now));
        sqlx::raw_sql(AssertSqlSafe(noting)).execute(tx.conn()).await?;
        tx.shown.opened = Some(record.0);
        Ok(tx)
    }

    /// A transaction for reading the one record of an emergency opening: it begins with the note that it was read, and then cannot
    /// write. Whether the opening holds, and for whom, the policies ask for themselves.
    pub(super) async fn begin_emergency(&self, standing: Standing, opening: uuid::Uuid) -> Result<AgencyTx, Error> {
        let mut tx = self.begin_write(standing).await?;
        let at = tx.now.to_rfc3339_opts(SecondsFormat::Micros, true);
        let noting = format!("set local app.opening = '{opening}'; select note_opened('{at}'); set transaction read only");
        sqlx::raw_sql(AssertSqlSafe(noting)).execute(tx.conn()).await?;
        Ok(tx)
    }

    async fn begin_for(&self, begin: &str, standing: Standing) -> Result<AgencyTx, Error> {
        // Asked once: the policies and the program know one moment, to the microsecond.
        let now = self.now();
        self.begin_with(format!("{begin}; {}", settings(&standing, now)), standing, now).await
    }

    /// One round trip: the transaction and who it runs for, as one text built from typed values only.
    async fn begin_with(&self, text: String, standing: Standing, now: DateTime<Utc>) -> Result<AgencyTx, Error> {
        Ok(AgencyTx {
            tx: pool::begin(&self.pool, &self.hand, text).await?,
            standing,
            now,
            shown: Shown::default(),
            changes: Changes::default(),
            touched: Touched::by(&self.ring),
        })
    }

    /// The connection in hand, or another, for a single statement outside any agency (`limits.rs`).
    pub(super) async fn lend(&self) -> Result<PoolConnection<Postgres>, Error> {
        match self.hand.take() {
            Some(connection) => Ok(connection),
            None => Ok(pool::borrow(&self.pool).await?),
        }
    }

    /// The pool itself, for the look-up of a sign-in (`session.rs`), which is a single statement.
    pub(super) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A transaction as `app_system`: accounts, sessions, invitations, links and jobs across agencies, read only but for jobs.
    /// A house test keeps the list of callers.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn begin_system(&self) -> Result<SystemTx, Error> {
        let text = "begin; set local role app_system";
        Ok(SystemTx { tx: pool::begin(&self.pool, &self.hand, text.to_owned()).await?, now: self.now(), ring: Arc::clone(&self.ring) })
    }

    /// A transaction as the site's own role for one account, outside any agency: its sessions, its password.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn begin_account(&self, account: AccountId) -> Result<SystemTx, Error> {
        let text = format!("begin; set local app.account = '{account}'");
        Ok(SystemTx { tx: pool::begin(&self.pool, &self.hand, text).await?, now: self.now(), ring: Arc::clone(&self.ring) })
    }
}

/// What the policies are told where a transaction begins; what is not said is not there. The moment is the program's, so that what
/// ends by itself ends for the policies when it ends for the pages.
fn settings(of: &Standing, moment: DateTime<Utc>) -> String {
    let moment = moment.to_rfc3339_opts(SecondsFormat::Micros, true);
    let mut text = format!("set local app.agency = '{}'; set local app.moment = '{moment}'", of.agency);
    let said = [
        ("account", of.account.map(|id| id.to_string())),
        ("membership", of.membership.map(|id| id.to_string())),
        ("hat", Some(of.hat.for_database().to_owned())),
        ("body", of.body.map(|id| id.to_string())),
        ("landscape", of.landscape.then(|| "on".to_owned())),
        ("link", of.link.map(|id| id.to_string())),
    ];
    for (name, value) in said.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
        let _ = write!(text, "; set local app.{name} = '{value}'");
    }
    text
}

/// Nothing that was said before holds on.
fn nothing() -> String {
    ["account", "membership", "hat", "body", "landscape", "link", "opening"].map(|name| format!("set local app.{name} = ''; ")).concat()
}

impl AgencyTx {
    /// The connection, for a store's queries.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The tenant; stands as a parameter in every statement.
    #[must_use]
    pub fn agency(&self) -> AgencyId {
        self.standing.agency
    }

    /// The moment this transaction writes under.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The day it is at the agency: it decides what is today, this week and late.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.day(self.now)
    }

    /// The agency's day of a moment.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        clock::day_in(self.standing.zone, at)
    }

    /// The first moment of a day at the agency.
    #[must_use]
    pub fn first_moment(&self, of: NaiveDate) -> DateTime<Utc> {
        clock::first_moment(self.standing.zone, of)
    }

    /// The agency's time zone, as the database calls it.
    #[must_use]
    pub fn zone(&self) -> &'static str {
        self.standing.zone.name()
    }

    /// On whose behalf it runs.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Works on rows the person may not see, under tenancy only, for a named duty; nothing read there comes back.
    /// A house test keeps the list of callers.
    ///
    /// # Errors
    /// Whatever the work answers.
    pub async fn as_keeper(&mut self, duty: &'static str, work: impl AsyncFnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        tracing::debug!(duty, "as keeper");
        sqlx::raw_sql("set local role app_keeper").execute(self.conn()).await?;
        work(self).await?;
        sqlx::raw_sql("set local role app_login").execute(self.conn()).await?;
        Ok(())
    }

    /// Asks one question under somebody else's standing: yes or no. A house test keeps the list of callers.
    ///
    /// # Errors
    /// Whatever the question answers.
    pub async fn as_another(&mut self, other: Standing, ask: impl AsyncFnOnce(&mut Self) -> Result<bool, Error>) -> Result<bool, Error> {
        let under = |of: &Standing, now| AssertSqlSafe(format!("{}{}", nothing(), settings(of, now)));
        let (theirs, own) = (under(&other, self.now), under(&self.standing, self.now));
        sqlx::raw_sql(theirs).execute(self.conn()).await?;
        let answer = ask(self).await?;
        sqlx::raw_sql(own).execute(self.conn()).await?;
        Ok(answer)
    }

    /// The words of these records go to the person: every store that reads statements or loops for a page says so.
    /// What is nobody's but the reader's own is left out when it is noted.
    pub fn shows(&mut self, records: impl IntoIterator<Item = impl Into<uuid::Uuid>>) {
        self.shown.records.extend(records.into_iter().map(Into::into));
    }

    /// The same for comments.
    pub fn shows_comments(&mut self, comments: impl IntoIterator<Item = impl Into<uuid::Uuid>>) {
        self.shown.comments.extend(comments.into_iter().map(Into::into));
    }

    /// The records that a link's bearer was shown; none for a member, whose reading is noted where it ends.
    pub(super) fn shown_by_link(&self) -> Vec<uuid::Uuid> {
        if self.standing.membership.is_none() { self.shown.records.clone() } else { Vec::new() }
    }

    /// Ends well, having read. Where words were shown, a second transaction, which the reader begins, notes whose words they
    /// were. Both in one text and one round trip; when the note cannot be made it is an error, and the words are not shown.
    pub(super) async fn end_reading(mut self) -> Result<(), Error> {
        if self.shown.is_empty() || self.standing.membership.is_none() {
            // Where nothing was written, nothing is waited for: the connection undoes nothing on its way back to the pool.
            return if self.shown.opened.is_some() { self.commit().await } else { Ok(()) };
        }
        let text = format!("commit; begin; {}; {}; commit", settings(&self.standing, self.now), self.shown.noting(self.now));
        // Nothing is open after it. What sqlx takes to be open it rolls back when it drops it, which then undoes nothing; after
        // an error in the midst it undoes the note.
        sqlx::raw_sql(AssertSqlSafe(text)).execute(self.conn()).await?;
        Ok(())
    }

    /// Ends well, where a transaction began outside an agency ([`SystemTx::become_member`]).
    ///
    /// # Errors
    /// When the database is away.
    pub async fn end(self) -> Result<(), Error> {
        self.commit().await
    }

    /// Ends well. Only guards and the worker call it.
    pub(super) async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await?;
        self.changes.tell(self.standing.agency);
        self.touched.tell(self.standing.agency);
        Ok(())
    }
}

impl SystemTx {
    /// The connection, for a store's queries.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.tx
    }

    /// The moment this transaction runs under.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Goes on as the site's role for one account, in the same transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn become_account(&mut self, account: AccountId) -> Result<(), Error> {
        let text = format!("set local role app_login; set local app.account = '{account}'");
        sqlx::raw_sql(AssertSqlSafe(text)).execute(self.conn()).await?;
        Ok(())
    }

    /// Goes on inside one agency, in the same transaction.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn become_member(mut self, standing: Standing) -> Result<AgencyTx, Error> {
        let text = format!("set local role app_login; {}{}", nothing(), settings(&standing, self.now));
        sqlx::raw_sql(AssertSqlSafe(text)).execute(self.conn()).await?;
        let (shown, changes, touched) = (Shown::default(), Changes::default(), Touched::by(&self.ring));
        Ok(AgencyTx { tx: self.tx, standing, now: self.now, shown, changes, touched })
    }

    /// Ends well.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.tx.commit().await?)
    }
}
