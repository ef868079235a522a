//! What stands around a session: its series, what was acknowledged, what came of it, what was said before it.

use super::SeriesId;
use crate::platform::ids::PartnerId;
use chrono::{DateTime, Utc};

/// A series as lists show it.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// What it is called.
    pub name: String,
    /// With which community.
    pub community: String,
    /// The co-host.
    pub cohost: Option<PartnerId>,
    /// The co-host's name.
    pub cohost_name: Option<String>,
    /// Sessions that the reader may see.
    pub sessions: i64,
    /// Counts every change.
    pub version: i32,
}

/// What the agency acknowledged in the room.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// What.
    pub what: String,
    /// Who said it.
    pub said_by: String,
    /// To whom.
    pub said_to: String,
    /// When it was written down.
    pub at: DateTime<Utc>,
}

/// A record that came from this session or rests on it.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// What it is.
    pub kind: crate::platform::subject::Kind,
    /// How the edge is called.
    pub joint: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub path: String,
}

/// Something this community already said on the topic, and what became of it.
#[derive(Debug, Clone)]
pub struct Before {
    /// The words.
    pub words: String,
    /// Whose, as everybody sees them; or what kind of question it was.
    pub by: String,
    /// What a reader should know before they read; may be empty.
    pub sensitivity: String,
    /// Where or when it was said.
    pub said: String,
    /// Its page.
    pub path: String,
    /// What became of it.
    pub became: Vec<String>,
    /// Whether the words may be repeated to everyone who is invited.
    pub cleared: bool,
    /// Whether it was answered and done, or promised and kept.
    pub done: bool,
}
