//! The program's own private PostgreSQL cluster, for whoever has no server at hand.
//!
//! It uses the machine's own PostgreSQL programs, listens on a Unix socket that no other account can
//! reach, and outlives a crash of the program: the next start finds it and goes on. It never
//! downloads anything, never opens a port, and never begins an empty database in place of a lost one.

mod account;
mod find;
mod lock;
mod place;
mod postmaster;
pub mod rights;
mod roles;
mod settings;
#[cfg(test)]
mod tests;

use sqlx::Connection as _;
use std::{io, path::Path, path::PathBuf, time::Duration};
use tokio::time::{Instant, sleep};

use account::Account;
use lock::Lock;
use place::Place;
use postmaster::Postmaster;

/// A running private cluster. Dropping it leaves PostgreSQL running for the next start to find;
/// [`Cluster::stop`] shuts it down.
#[derive(Debug)]
pub struct Cluster {
    /// Address of the database for migrations, as the owner of its tables.
    pub owner_url: String,
    /// Address of the database for the site, as `app_login`.
    pub login_url: String,
    /// Sentences for the person who started the program, for example that the data lie elsewhere.
    pub notes: Vec<String>,
    postmaster: Postmaster,
    data_dir: PathBuf,
    hold: Hold,
}

/// How a program uses the cluster. Whoever is the last to leave stops it.
#[derive(Debug)]
enum Hold {
    /// It keeps the cluster: nobody else starts or stops it.
    Kept(Vec<Lock>),
    /// Another program keeps it, or kept it when this one came.
    Visited(Lock),
}

/// Why the private cluster could not be started or stopped, in words for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error(
        "PostgreSQL 15 or newer was not found on this machine. Install it (on Debian or Ubuntu: apt-get install postgresql), or set DATABASE_URL to use a server of yours."
    )]
    NoPrograms,
    #[error("The database in {} was made by PostgreSQL {made_by}, which was not found on this machine. Install postgresql-{made_by}, or move the data to the newer version with pg_upgrade.", folder.display())]
    OtherVersion { folder: PathBuf, made_by: u32 },
    #[error(
        "PostgreSQL does not run as root, and this machine has no account for it. Run: useradd --system --user-group --no-create-home --shell /usr/sbin/nologin common-table"
    )]
    NoAccount,
    #[error("Another program is using {}{}. Stop it first, or set DATA_DIR to another folder.", folder.display(), .by.as_ref().map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    InUse { folder: PathBuf, by: Option<u32> },
    #[error("The account {account}, which PostgreSQL runs as, can no longer enter {}. Give it the right to do so (chmod o+x on the folders above).", folder.display())]
    Unreachable { folder: PathBuf, account: String },
    #[error("The database of this DATA_DIR is kept in {}, and that folder is gone. Put it back from a backup, or remove {} to begin with an empty database.", folder.display(), pointer.display())]
    Gone { folder: PathBuf, pointer: PathBuf },
    #[error("{} is there already, but belongs to someone else or is open to others. Remove it and start again.", .0.display())]
    Squatted(PathBuf),
    #[error("PostgreSQL's own programs do not take the path {}: one of \" $ ` \\ or a line end is in it, or it is not UTF-8. Choose another folder as DATA_DIR.", .0.display())]
    OddPath(PathBuf),
    #[error("{what} failed: {said}")]
    Program { what: String, said: String },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("The private database does not answer: {0}")]
    Database(#[from] sqlx::Error),
}

/// Says which path an input or output error is about.
fn at(path: &Path) -> impl FnOnce(io::Error) -> ClusterError + '_ {
    move |source| ClusterError::Io { path: path.to_owned(), source }
}

/// Starts the private cluster that belongs to `data_dir`, or goes on with the one still running,
/// and makes sure that its database and roles are there. Safe to call again after any crash.
///
/// # Errors
/// When PostgreSQL is missing or refuses, or another program uses the same folder.
pub async fn start(data_dir: &Path) -> Result<Cluster, ClusterError> {
    let account = Account::choose().await?;
    let data_dir = place::make_data_dir(data_dir, &account)?;
    let mut locks = vec![Lock::take(&data_dir.join(LOCK), &data_dir)?];
    let place = Place::choose(&data_dir, &account).await?;
    let mut notes = Vec::new();
    if let Some(note) = place.note(&account) {
        // A copy of DATA_DIR would point at the same cluster, so that has a lock of its own.
        locks.push(Lock::take(&place.folder.with_extension("lock"), &place.folder)?);
        notes.push(note);
    }
    let programs = find::programs(&account, place.made_by()?, &place.folder).await?;
    let postmaster = Postmaster { programs, account, place };
    if postmaster.start().await? && Lock::without_visitors(&data_dir.join(VISITORS))?.is_some() {
        notes.push("PostgreSQL was still running from last time, so it was used as it was.".to_owned());
    }
    let set_up = async {
        let mut connection = postmaster.connect(Duration::from_secs(120)).await?;
        roles::set_up(&mut connection, &postmaster.place).await
    };
    if let Err(error) = set_up.await {
        // The reason to report is the first failure, not what stopping may add to it.
        if let Err(second) = postmaster.stop().await {
            tracing::warn!(error = %second, "the private cluster could not be stopped");
        }
        return Err(error);
    }
    Ok(Cluster::of(postmaster, notes, data_dir, Hold::Kept(locks)))
}

/// The same for a program that is soon done: where another program (a running `serve`) keeps the cluster, it visits there.
/// PostgreSQL goes on until the last of them has left.
///
/// # Errors
/// As [`start`]; or when the other program's database does not answer.
pub async fn start_or_visit(data_dir: &Path) -> Result<Cluster, ClusterError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match start(data_dir).await {
            Err(ClusterError::InUse { .. }) => {}
            done => return done,
        }
        // The other program may only just have begun, or be about to stop it: then this one starts it in a moment.
        match visit(data_dir).await {
            Ok(Some(cluster)) => return Ok(cluster),
            Ok(None) if Instant::now() < deadline => {}
            Ok(None) => return Err(ClusterError::InUse { folder: data_dir.to_owned(), by: None }),
            Err(ClusterError::Database(_)) if Instant::now() < deadline => {}
            Err(error) => return Err(error),
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// A place beside the program that keeps the cluster; none while it is being stopped.
async fn visit(data_dir: &Path) -> Result<Option<Cluster>, ClusterError> {
    let account = Account::choose().await?;
    let data_dir = place::make_data_dir(data_dir, &account)?;
    let Some(lock) = Lock::visit(&data_dir.join(VISITORS))? else { return Ok(None) };
    let place = Place::choose(&data_dir, &account).await?;
    let programs = find::programs(&account, place.made_by()?, &place.folder).await?;
    let postmaster = Postmaster { programs, account, place };
    postmaster.connect_as(roles::DATABASE, roles::OWNER, Duration::from_secs(1)).await?.close().await?;
    Ok(Some(Cluster::of(postmaster, Vec::new(), data_dir, Hold::Visited(lock))))
}

/// Held by the program that keeps the cluster of a DATA_DIR.
const LOCK: &str = "lock";
/// Held by all that visit it.
const VISITORS: &str = "visitors.lock";
/// How long a visitor waits for the other program.
const PATIENCE: Duration = Duration::from_secs(30);

/// The lock of the program that kept the cluster, once it has gone. Two that leave in one moment look at each other: hence
/// twice.
async fn keep_after(data_dir: &Path) -> Result<Option<Lock>, ClusterError> {
    for pause in [Duration::from_millis(100), Duration::ZERO] {
        match Lock::take(&data_dir.join(LOCK), data_dir) {
            Ok(lock) => return Ok(Some(lock)),
            Err(ClusterError::InUse { .. }) => sleep(pause).await,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

impl Cluster {
    fn of(postmaster: Postmaster, notes: Vec<String>, data_dir: PathBuf, hold: Hold) -> Self {
        Self {
            owner_url: postmaster.place.url(roles::DATABASE, roles::OWNER),
            login_url: postmaster.place.url(roles::DATABASE, roles::LOGIN),
            notes,
            postmaster,
            data_dir,
            hold,
        }
    }

    /// Whether another program keeps it.
    #[must_use]
    pub fn is_visited(&self) -> bool {
        matches!(self.hold, Hold::Visited(_))
    }

    /// Throws the database away and makes an empty one in its place. Only for what nobody will miss: a demonstration that
    /// was not finished.
    ///
    /// # Errors
    /// When PostgreSQL refuses.
    pub async fn make_anew(&self) -> Result<(), ClusterError> {
        let mut connection = self.postmaster.connect(Duration::from_secs(30)).await?;
        roles::drop_database(&mut connection).await?;
        roles::set_up(&mut connection, &self.postmaster.place).await
    }

    /// Where the cluster's files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.postmaster.place.folder
    }

    /// Ends open connections, writes everything to disk and stops PostgreSQL, unless others still use it: the last of them
    /// does so.
    ///
    /// # Errors
    /// When PostgreSQL does not stop; its data are safe all the same.
    pub async fn stop(self) -> Result<(), ClusterError> {
        let Self { postmaster, data_dir, hold, .. } = self;
        let _kept = match hold {
            Hold::Kept(locks) => locks,
            Hold::Visited(place) => {
                drop(place);
                match keep_after(&data_dir).await? {
                    Some(lock) => vec![lock],
                    None => return Ok(()),
                }
            }
        };
        // Held until it has stopped, so that nobody comes to visit meanwhile.
        let Some(_nobody) = Lock::without_visitors(&data_dir.join(VISITORS))? else { return Ok(()) };
        postmaster.stop().await
    }
}
