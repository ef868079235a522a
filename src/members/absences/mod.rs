//! Who of the agency is away from one day to another, and who stands in: a duty lent like the others (`delegation`), by whoever is
//! away, to somebody who says yes. It begins and ends by itself, and opens nothing that its bearer may not see anyhow.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::tell_of_absences;
pub(super) use pages::routes;
