//! What every request has at hand.

use super::{db::Db, settings::Settings};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// The application's state: cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// How this copy runs.
    pub settings: Arc<Settings>,
    /// At most this many passwords are worked on at once.
    pub passwords: Arc<tokio::sync::Semaphore>,
}

impl App {
    /// Joins the parts.
    #[must_use]
    pub fn new(db: Db, settings: Settings) -> Self {
        Self { db, settings: Arc::new(settings), passwords: Arc::new(tokio::sync::Semaphore::new(2)) }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.db.now()
    }
}
