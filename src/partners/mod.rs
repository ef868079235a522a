//! Partners: the bodies an agency works with. Tribal governments stand first, under their own heading and count.
//! Recognition of a Tribe is a fact with its source, never guessed.

#[cfg(feature = "bench")]
pub mod bare;
mod compared;
mod forms;
pub mod handover;
mod import;
pub mod landscape;
mod merge;
mod model;
pub mod outreach;
pub mod own;
mod pages;
pub mod paths;
pub mod representatives;
pub mod rhythm;
mod store;

pub use model::{Brings, Kind, Recognition, Rhythm, Stage};
pub use store::{choices, find_name, kept_entry, own_body};

/// The routes of partners and what hangs on them.
#[must_use]
pub fn routes() -> crate::platform::routes::Routes {
    pages::routes()
        .join(landscape::routes())
        .join(outreach::routes())
        .join(representatives::routes())
        .join(rhythm::routes())
        .join(handover::routes())
        .join(own::routes())
        .join(import::routes())
        .join(merge::routes())
}
