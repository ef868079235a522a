//! "Your word is wanted": all that waits for one person of the partners' side, on one page, the most wanted first, in one
//! query. A slice that waits for somebody's word adds its branch to `store.rs` and its line to `model::What`.

mod forms;
mod jobs;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use letters::letters;
pub use model::{Waiting, What};
pub use pages::routes;
pub use store::waiting;
