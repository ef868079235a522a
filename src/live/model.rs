//! How long a page listens, and how often it is looked whether its reader still may.

use std::time::Duration;

/// So often a sign of life goes out, and the sign-in is looked up: a line between may not be held open for nobody.
pub(super) const BEAT: Duration = Duration::from_secs(25);
/// After so long a stream ends, and the page comes back with what it saw last.
pub(super) const MOST: Duration = Duration::from_secs(600);
/// How long whoever found no place waits, in seconds.
pub(super) const FULL: u16 = 30;

/// How long a page waits before it comes back: not all at once when a server ends.
pub(super) fn comes_back(listeners: usize) -> Duration {
    Duration::from_millis(2000 + u64::try_from(listeners % 64).unwrap_or_default() * 125)
}
