//! A time, agreed with a member who cannot come to the site, in which somebody enters for them what they tell: begun, shown, ended at once
//! or by itself, and a member’s wish that nobody does. What is entered stands with questions and comments (`loops`, `comments`).

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::end_times_to_enter;
pub(super) use model::Own;
pub(super) use pages::routes;
pub(super) use store::own;
