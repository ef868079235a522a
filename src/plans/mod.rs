//! Action plans: which barriers they address, which goal they serve, what they stand on, how far they are. Their steps are
//! commitments, owned on both sides; a plan itself promises nothing.

mod forms;
mod model;
mod pages;
pub mod paths;
mod progress;
mod store;

pub use model::{Listed, MeansKind, State};
pub use pages::routes;
