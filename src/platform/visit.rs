//! What the log and the counters may know of one request: a number of its own, which route it is, in which agency and by whose
//! membership. Never a name, an address, a token or anything typed.

use super::ids::{AccountId, AgencyId, MembershipId};
use axum::extract::MatchedPath;
use http::request::Parts;
use std::sync::{Arc, Mutex, PoisonError};

/// One request, from its first layer on. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    number: String,
    noted: Mutex<Noted>,
}

/// What a guard found.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The route's pattern, as the router has it.
    pub route: Option<MatchedPath>,
    /// Whose sign-in it is.
    pub account: Option<AccountId>,
    /// The tenant.
    pub agency: Option<AgencyId>,
    /// The membership whose hat is worn.
    pub membership: Option<MembershipId>,
}

impl Visit {
    /// Begins: under a new number, twelve signs that can be read aloud.
    #[must_use]
    pub fn begin() -> Self {
        let number = super::ids::anonymous().simple().to_string()[..12].to_owned();
        Self(Arc::new(Inner { number, noted: Mutex::default() }))
    }

    /// Its number: in the log, in a header of the answer, and on the page of an error.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.0.number
    }

    /// What the guard found.
    #[must_use]
    pub fn noted(&self) -> Noted {
        self.0.noted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes the route, and what else a guard found.
    pub(super) fn note(parts: &Parts, found: impl FnOnce(&mut Noted)) {
        if let Some(visit) = parts.extensions.get::<Self>() {
            let mut noted = visit.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
            noted.route = parts.extensions.get::<MatchedPath>().cloned();
            found(&mut noted);
        }
    }
}
