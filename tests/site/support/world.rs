//! The demonstration's year is lived once for each build of the tests, into a template database. A test gets a copy that another
//! one used before it and that stands again as it was (`lending`); such copies go with the next run. Or it gets one of its own,
//! which goes when the test is over.

use super::{
    lending::{self, Stays},
    spoil,
};
use chrono::{DateTime, Utc};
use common_table::{
    demo::{self, Names},
    platform::db::migrate,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash as _, Hasher as _},
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};
use tokio::sync::{Mutex, MutexGuard, OnceCell};

/// Holds the lived year.
struct World {
    template: String,
    names: Names,
}

static WORLD: OnceCell<Result<World, String>> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);
/// Any number: it stands for the making of templates among all processes on one cluster.
const LOCK: i64 = 7_205_759;

/// The moment at which the year has been lived; tests stand there.
pub fn ends() -> DateTime<Utc> {
    DateTime::from_timestamp(1_805_302_800, 0).unwrap()
}

/// A test's database.
pub struct Database {
    name: String,
    names: &'static Names,
    /// The superuser's one connection, made when it is first needed.
    superuser: Mutex<Option<PgConnection>>,
    /// Of a database that tests share one after the other.
    stays: Option<Stays>,
}

impl Database {
    /// A copy of the lived year for this test alone.
    pub async fn alone() -> Self {
        let world = world().await;
        Self { name: fresh_copy(world).await, names: &world.names, superuser: Mutex::default(), stays: None }
    }

    /// A copy of the lived year that goes to the next test after this one.
    pub async fn shared() -> Self {
        let world = world().await;
        while let Some(mut free) = lending::next() {
            if lending::restore(&mut free).await {
                return Self { name: free.name, names: &world.names, superuser: Mutex::new(Some(free.superuser)), stays: Some(free.stays) };
            }
            drop_later(&free.name);
        }
        let name = fresh_copy(world).await;
        let stays = Stays::open(&in_database(&url("TEST_LOGIN_URL"), &name));
        let database = Self { name, names: &world.names, superuser: Mutex::default(), stays: Some(stays) };
        drop(database.superuser().await);
        database
    }

    pub fn names(&self) -> &'static Names {
        self.names
    }

    /// What stays open from one test to the next.
    pub fn stays(&self) -> Option<&Stays> {
        self.stays.as_ref()
    }

    pub fn login_url(&self) -> String {
        in_database(&url("TEST_LOGIN_URL"), &self.name)
    }

    pub fn owner_url(&self) -> String {
        in_database(&url("TEST_OWNER_URL"), &self.name)
    }

    pub fn admin_url(&self) -> String {
        in_database(&url("TEST_ADMIN_URL"), &self.name)
    }

    /// What the site does for a test: on a shared database the connections that it opens outlive the test.
    pub async fn within<F: Future>(&self, future: F) -> F::Output {
        if self.stays.is_some() { lending::beside(future).await } else { future.await }
    }

    /// What is done now cannot be put back for the next test.
    #[track_caller]
    pub fn assert_alone(&self) {
        assert!(self.stays.is_none(), "this changes more than rows: open the site with `Site::alone()`");
    }

    /// The superuser's connection.
    pub async fn superuser(&self) -> MutexGuard<'_, Option<PgConnection>> {
        let mut held = self.superuser.lock().await;
        if held.is_none() {
            let url = self.admin_url();
            *held = Some(self.within(PgConnection::connect(&url)).await.unwrap());
        }
        held
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (stays, superuser) = (self.stays.take(), self.superuser.get_mut().take());
        match (stays, superuser) {
            (Some(stays), Some(superuser)) if !std::thread::panicking() => lending::give_back(&self.name, stays, superuser),
            _ => drop_later(&self.name),
        }
    }
}

async fn world() -> &'static World {
    match WORLD.get_or_init(async || live_once().await.map_err(|error| error.to_string())).await {
        Ok(world) => world,
        Err(error) => panic!("the demonstration could not be lived: {error}"),
    }
}

async fn fresh_copy(world: &World) -> String {
    let name = format!("site_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut cluster = PgConnection::connect(&url("TEST_ADMIN_URL")).await.unwrap();
    copy(&mut cluster, &name, &world.template).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    cluster.close().await.unwrap();
    name
}

#[expect(clippy::disallowed_methods, reason = "a drop cannot wait, and what is left behind the next run takes away")]
fn drop_later(name: &str) {
    let statement = format!("drop database if exists {name} with (force)");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut cluster = PgConnection::connect(&url("TEST_ADMIN_URL")).await.map_err(std::io::Error::other)?;
            run(&mut cluster, &statement).await.map_err(std::io::Error::other)
        })
    });
}

#[expect(clippy::disallowed_methods, reason = "the program's settings are not those of the test cluster")]
fn url(variable: &str) -> String {
    let url = std::env::var(variable).unwrap_or_default();
    assert!(!url.is_empty(), "{variable} is not set: run these tests through bin/test, or `bin/pg start` and `eval \"$(bin/pg env)\"`");
    url
}

/// The same address with another database's name.
fn in_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address.rsplit_once('/').unwrap_or((address, ""));
    format!("{server}/{name}?{query}")
}

async fn run(connection: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.map(|_| ())
}

/// Files are copied as they are: a third of the time that the usual way takes, where the cluster does not wait for its disk.
/// The template may be busy for a moment: another copy is being made, or its tables are being tidied.
async fn copy(cluster: &mut PgConnection, name: &str, template: &str) -> Result<(), sqlx::Error> {
    let mut patience = 40;
    loop {
        match run(cluster, &format!("create database {name} template {template} strategy file_copy owner common_table_owner")).await {
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("55006") && patience > 0 => patience -= 1,
            done => return done,
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Lives the year, unless this very build of the tests has done so before.
async fn live_once() -> Result<World, Box<dyn std::error::Error + Send + Sync>> {
    let template = format!("site_template_{:016x}", build()?);
    let mut cluster = PgConnection::connect(&url("TEST_ADMIN_URL")).await?;
    sqlx::query("select pg_advisory_lock($1)").bind(LOCK).execute(&mut cluster).await?;
    tidy(&mut cluster, &template).await?;
    let noted: Option<String> =
        sqlx::query_scalar("select shobj_description(oid, 'pg_database') from pg_database where datname = $1 and datistemplate")
            .bind(&template)
            .fetch_optional(&mut cluster)
            .await?
            .flatten();
    let names = match noted {
        Some(noted) => serde_json::from_str(&noted)?,
        None => live(&mut cluster, &template).await?,
    };
    let template = for_this_run(&mut cluster, template).await?;
    cluster.close().await?;
    Ok(World { template, names })
}

/// What this run's databases are copied from: the lived year, or where a rule is to be broken (bin/spoil) a copy of it without the
/// rule. Like a test's own it bears the process in its name: no other run is ever given it, and the next one takes it away.
async fn for_this_run(cluster: &mut PgConnection, template: String) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let Some(statements) = spoil::statements()? else { return Ok(template) };
    let name = format!("site_{}_spoilt", std::process::id());
    run(cluster, &format!("drop database if exists {name} with (force)")).await?;
    copy(cluster, &name, &template).await?;
    let mut inside = PgConnection::connect(&in_database(&url("TEST_ADMIN_URL"), &name)).await?;
    run(&mut inside, &statements).await.map_err(|error| format!("{}: {error}", spoil::UNBROKEN))?;
    inside.close().await?;
    Ok(name)
}

async fn live(cluster: &mut PgConnection, template: &str) -> Result<Names, Box<dyn std::error::Error + Send + Sync>> {
    run(cluster, &format!("drop database if exists {template} with (force)")).await?;
    copy(cluster, template, "template1").await?;
    let owner_url = in_database(&url("TEST_OWNER_URL"), template);
    let mut owner = PgConnection::connect(&owner_url).await?;
    migrate(&mut owner).await?;
    owner.close().await?;
    let names = demo::live(&owner_url, &in_database(&url("TEST_LOGIN_URL"), template), ends()).await?;
    let mut inside = PgConnection::connect(&in_database(&url("TEST_ADMIN_URL"), template)).await?;
    run(&mut inside, lending::KEEP).await?;
    run(&mut inside, "vacuum (analyze)").await?;
    inside.close().await?;
    let noted = serde_json::to_string(&names)?.replace('\'', "''");
    run(cluster, &format!("comment on database {template} is '{noted}'")).await?;
    run(cluster, &format!("alter database {template} is_template true")).await?;
    Ok(names)
}

fn migrations() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
}

/// A number for this build of the tests and the migrations it finds.
fn build() -> std::io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    let program = std::fs::metadata(std::env::current_exe()?)?;
    (program.len(), program.modified()?).hash(&mut hasher);
    let mut files: Vec<_> = std::fs::read_dir(migrations())?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        std::fs::read(file.path())?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// Takes away what crashed runs and earlier builds left.
async fn tidy(cluster: &mut PgConnection, keep: &str) -> Result<(), sqlx::Error> {
    let there: Vec<String> = sqlx::query_scalar("select datname::text from pg_database where datname like 'site\\_%' order by 1")
        .fetch_all(&mut *cluster)
        .await?;
    for name in there.iter().filter(|name| *name != keep) {
        let process = name.split('_').nth(1).unwrap_or_default();
        if process == "template" {
            run(cluster, &format!("alter database {name} is_template false")).await?;
        } else if Path::new("/proc").join(process).exists() {
            continue;
        }
        // Another run may take it away in the same moment.
        let _ = run(cluster, &format!("drop database if exists {name} with (force)")).await;
    }
    Ok(())
}
