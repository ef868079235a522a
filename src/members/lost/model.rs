//! What was asked, and what its reader may do about it.

use crate::platform::ids::AccountId;
use chrono::{DateTime, Duration, Utc};

/// For how long a request may be confirmed.
pub(super) const OPEN: Duration = Duration::days(7);

/// Where a member's lost factors stand, for one reader.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    /// A request that waits.
    pub(super) asked: Option<Asked>,
    /// The reader may ask.
    pub(super) may_ask: bool,
    /// The reader may confirm what waits.
    pub(super) may_confirm: bool,
    /// Of a body's people, whose stewards confirm.
    pub(super) of_a_body: bool,
}

/// A request that waits.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) id: uuid::Uuid,
    pub(super) account: AccountId,
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}
