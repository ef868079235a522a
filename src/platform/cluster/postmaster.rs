//! Makes the cluster, starts PostgreSQL, finds one that a crash left running, and stops it.
//! It never removes a cluster and never ends a process that it has not shown to be this cluster's own.

use std::{
    fs::{self, DirBuilder},
    io::ErrorKind,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    time::Duration,
};

use sqlx::{Connection, PgConnection};
use tokio::time::{Instant, sleep};

use super::{ClusterError, account::Account, at, find::Programs, place::Place, roles, settings};

/// A killed PostgreSQL's children hold its memory for a moment; a start meanwhile is refused.
const ATTEMPTS: u32 = 5;

#[derive(Debug)]
pub(super) struct Postmaster {
    pub programs: Programs,
    pub account: Account,
    pub place: Place,
}

impl Postmaster {
    /// Brings PostgreSQL up. Answers true when it was running already.
    pub async fn start(&self) -> Result<bool, ClusterError> {
        if self.place.made_by()?.is_none() {
            self.make().await?;
        }
        self.place.remember()?;
        if !self.account.may_enter(&self.place.folder).await {
            let account = self.account.name.clone();
            return Err(ClusterError::Unreachable { folder: self.place.folder.clone(), account });
        }
        settings::write(&self.place.folder, &self.place, &self.account)?;
        if self.is_running()? {
            if self.place.socket.join(".s.PGSQL.5432").exists() {
                self.control(&["reload"]).await?;
                return Ok(true);
            }
            // It runs, but nobody can reach it: its socket was cleaned away, or had another place.
            self.stop().await?;
        }
        let log = self.place.folder.join("start.log");
        let log = log.to_string_lossy();
        let mut attempt = 1;
        // The time is for the recovery after a power cut, which may be long.
        while let Err(error) = self.control(&["start", "-w", "-t", "600", "-l", &log]).await {
            if attempt == ATTEMPTS {
                return Err(self.with_log(&error));
            }
            attempt += 1;
            sleep(Duration::from_secs(1)).await;
        }
        Ok(false)
    }

    /// A connection as superuser, waiting while PostgreSQL comes up or reads its settings again.
    pub async fn connect(&self, patience: Duration) -> Result<PgConnection, ClusterError> {
        self.connect_as("postgres", roles::SUPERUSER, patience).await
    }

    /// The same, in a database of the cluster as one of its roles.
    pub async fn connect_as(&self, database: &str, role: &str, patience: Duration) -> Result<PgConnection, ClusterError> {
        let url = self.place.url(database, role);
        let deadline = Instant::now() + patience;
        loop {
            match PgConnection::connect(&url).await {
                Ok(connection) => return Ok(connection),
                Err(error) if Instant::now() > deadline => return Err(error.into()),
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Fast: open transactions are undone, everything acknowledged is on disk.
    pub async fn stop(&self) -> Result<(), ClusterError> {
        if !self.is_running()? {
            return Ok(());
        }
        if self.control(&["stop", "-m", "fast", "-w", "-t", "30"]).await.is_ok() {
            return Ok(());
        }
        tracing::warn!("PostgreSQL did not stop in 30 seconds; stopping it at once, it recovers at the next start");
        self.control(&["stop", "-m", "immediate", "-w", "-t", "10"]).await.map(drop)
    }

    /// In a folder beside, moved into place when whole: a crash half-way leaves nothing that looks
    /// like a cluster.
    async fn make(&self) -> Result<(), ClusterError> {
        let unfinished = self.place.folder.with_extension("unfinished");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(at(&unfinished))?;
        }
        DirBuilder::new().mode(0o700).create(&unfinished).map_err(at(&unfinished))?;
        self.account.give(&unfinished)?;
        let target = unfinished.to_string_lossy();
        let initdb = self.programs.path("initdb");
        let superuser = ["-U", roles::SUPERUSER, "--auth-local=peer", "--auth-host=reject"];
        let arguments = ["-D", &target, "-k", "-E", "UTF8", "--locale=C.UTF-8"];
        self.account.run(&initdb, &[&arguments[..], &superuser[..]].concat()).await?;
        settings::write(&unfinished, &self.place, &self.account)?;
        fs::rename(&unfinished, &self.place.folder).map_err(at(&self.place.folder))
    }

    /// Whether the process named in `postmaster.pid` is at work in this very folder. After a crash or in
    /// a new container that number may belong to a stranger; then PostgreSQL would take the stranger
    /// for a running copy of itself and refuse to start, so what a dead one left is removed. Only the
    /// program that holds the lock on this DATA_DIR gets here.
    fn is_running(&self) -> Result<bool, ClusterError> {
        let pid_file = self.place.folder.join("postmaster.pid");
        let text = match fs::read_to_string(&pid_file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(at(&pid_file)(error)),
        };
        let pid = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
        let here = fs::metadata(&self.place.folder).map_err(at(&self.place.folder))?;
        // A killed process that nobody has collected yet still has a number, but no folder.
        let works_here = pid.and_then(|pid| fs::metadata(format!("/proc/{pid}/cwd")).ok());
        if works_here.is_some_and(|there| (there.dev(), there.ino()) == (here.dev(), here.ino())) {
            return Ok(true);
        }
        for stale in [pid_file, self.place.socket.join(".s.PGSQL.5432.lock")] {
            match fs::remove_file(&stale) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(at(&stale)(error)),
                _ => {}
            }
        }
        Ok(false)
    }

    async fn control(&self, arguments: &[&str]) -> Result<String, ClusterError> {
        let folder = self.place.folder.to_string_lossy();
        self.account.run(&self.programs.path("pg_ctl"), &[&["-s", "-D", &folder], arguments].concat()).await
    }

    /// What `pg_ctl` says is little; the reason is in the log.
    fn with_log(&self, error: &ClusterError) -> ClusterError {
        let log = fs::read_to_string(self.place.folder.join("start.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let last = lines[lines.len().saturating_sub(12)..].join("\n");
        ClusterError::Program { what: "Starting PostgreSQL".to_owned(), said: format!("{error}\n{last}") }
    }
}
