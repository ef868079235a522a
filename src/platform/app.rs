//! What every request has at hand.

use super::{db::Db, error::Error, fetch::Fetcher, seen::Seen, settings::Settings, turns::Turns};
use chrono::{DateTime, Utc};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Passwords that wait for their turn behind each that is worked on: about a second of work.
const WAITING: usize = 24;

/// Passwords worked on at once: on half of the processors, so that pages have the others however many sign in.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| (processors.get() / 2).max(1))
}

/// The application's state: cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// How this copy runs.
    pub settings: Arc<Settings>,
    /// Whose turn it is to have a password worked on.
    pub passwords: Arc<Turns>,
    /// What asks agencies' providers of single sign-on.
    pub fetcher: Arc<Fetcher>,
    /// Who was noted as here today.
    pub seen: Arc<Seen>,
    holds: Arc<Holds>,
}

/// What the database was last seen to hold.
#[derive(Debug, Default)]
struct Holds {
    demo: AtomicBool,
    real: AtomicBool,
}

impl App {
    /// Joins the parts. Until [`App::look`] the database is taken to hold nothing.
    #[must_use]
    pub fn new(db: Db, settings: Settings) -> Self {
        let fetcher = Arc::new(Fetcher::new(settings.outside.clone()));
        let passwords = Arc::new(Turns::new(at_once(), at_once() * WAITING));
        Self { db, settings: Arc::new(settings), passwords, fetcher, seen: Arc::default(), holds: Arc::default() }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.db.now()
    }

    /// Looks whether the database holds the demonstration, and whether it holds a real agency.
    ///
    /// # Errors
    /// When the database is away; then what was seen before stands.
    pub async fn look(&self) -> Result<(), Error> {
        let (demo, real) = self.db.holds().await?;
        self.holds.demo.store(demo, Ordering::Relaxed);
        self.holds.real.store(real, Ordering::Relaxed);
        Ok(())
    }

    /// Whether the demonstration is here.
    #[must_use]
    pub fn holds_demo(&self) -> bool {
        self.holds.demo.load(Ordering::Relaxed)
    }

    /// Whether the demonstration's people may sign in: the settings allow it, it is here, and no real agency is.
    #[must_use]
    pub fn allows_demo(&self) -> bool {
        self.settings.allows_demo() && self.holds_demo() && !self.holds.real.load(Ordering::Relaxed)
    }
}
