//! A file that was not let in.

use chrono::{DateTime, Utc};

/// What was found, in what, and who sent it.
#[derive(Debug, Clone)]
pub(super) struct Quarantined {
    /// How the file was called.
    pub(super) name: String,
    /// Its bytes.
    pub(super) size: i64,
    /// How the scanner calls what it found.
    pub(super) found: String,
    /// Who sent it.
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}
