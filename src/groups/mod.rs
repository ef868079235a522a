//! Groups of the partnership (boards, networks, councils, teams), who sits in them and on whose mandate, and their meetings. A group
//! never says who somebody with lived experience is.

mod forms;
pub mod meetings;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{GroupKind, Listed, Method, State};

use crate::platform::routes::Routes;

/// The routes of groups and their meetings.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().join(meetings::routes())
}
