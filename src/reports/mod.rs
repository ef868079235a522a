//! Reports and exports across the slices. An export is a job that makes a file as whoever asked for it; it holds nothing that
//! was not consented to, and is void as soon as a consent it rests on changes.

mod forms;
mod jobs;
mod model;
mod package;
mod pages;
pub mod paths;
mod sheets;
mod store;
mod writing;

pub use jobs::{jobs, sweep};
pub use model::{Format, What};
pub use pages::routes;
