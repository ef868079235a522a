//! One sign-in, as far as this agency may know of it.

use crate::platform::proof::ProvedBy;
use chrono::{DateTime, Utc};

crate::id!(
    /// A sign-in in which somebody was here; the same sign-in has another number in each agency.
    SignInId
);

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct OwnSignIn {
    pub(super) id: SignInId,
    /// What the browser calls itself.
    pub(super) device: String,
    /// The coarse network; empty where none is known.
    pub(super) network: String,
    pub(super) proved_by: ProvedBy,
    pub(super) second: bool,
    /// The first page here.
    pub(super) first_at: DateTime<Utc>,
    /// The last one, to the hour.
    pub(super) last_at: DateTime<Utc>,
    /// The one in which the reader sees this page.
    pub(super) this: bool,
}

impl OwnSignIn {
    /// "password", "password and a second step", "passkey".
    pub(super) fn proof(&self) -> String {
        if self.second { format!("{} and a second step", self.proved_by) } else { self.proved_by.to_string() }
    }
}
