//! What a security officer looks for in the log: who signed in, what was refused, what was changed. An event holds ids and closed
//! words of the house, never what a person typed; the span around it holds the request's number.

use super::{
    db::AgencyTx,
    ids::{AccountId, AgencyId, MembershipId},
    metrics::METRICS,
};

/// Somebody signed in.
pub fn signed_in(account: AccountId, how: &'static str) {
    METRICS.sign_in("right");
    tracing::info!(target: "common_table::event", account = %account.0, how, "signed in");
}

/// An agency's provider said that somebody signed out there: so many sign-ins of theirs ended here.
pub fn signed_out_there(account: AccountId, agency: AgencyId, number: usize) {
    tracing::info!(target: "common_table::event", account = %account.0, agency = %agency.0, number, "signed out at the provider");
}

/// A password was tried and is not the right one.
pub fn password_refused() {
    METRICS.sign_in("wrong");
    tracing::warn!(target: "common_table::event", "password refused");
}

/// A password came too soon after others for the same address.
pub fn password_too_soon() {
    METRICS.sign_in("too_soon");
    tracing::warn!(target: "common_table::event", "password too soon");
}

/// A passkey says that it was used fewer times than it was here: there may be two of it.
pub fn passkey_went_back(account: AccountId) {
    tracing::warn!(target: "common_table::event", account = %account.0, "passkey went back");
}

/// Somebody who is known was refused what they asked for, or a form came from elsewhere.
pub fn denied(why: &'static str) {
    tracing::warn!(target: "common_table::event", why, "denied");
}

/// A request was refused because there were too many. The log has it once for each limit and whom it held back (`limits.rs`).
pub fn limited() {
    METRICS.limited();
}

/// Changes that a transaction makes, told once it has ended well.
#[derive(Debug, Default)]
pub struct Changes(Vec<Changed>);

#[derive(Debug)]
struct Changed {
    action: String,
    kind: String,
    by: Option<MembershipId>,
    number: usize,
}

impl Changes {
    pub(super) fn tell(self, agency: AgencyId) {
        for one in self.0 {
            let by = one.by.map(|id| tracing::field::display(id.0));
            tracing::info!(target: "common_table::event", agency = %agency.0, by, action = one.action, kind = one.kind, number = one.number, "changed");
        }
    }
}

impl AgencyTx {
    /// So many changes of one kind are in this transaction.
    pub fn changes(&mut self, action: &str, kind: &str, by: Option<MembershipId>, number: usize) {
        self.changes.0.push(Changed { action: action.to_owned(), kind: kind.to_owned(), by, number });
    }
}
