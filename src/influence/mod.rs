//! What partners’ answers can change: promised when they are asked, and judged afterwards by those who were asked. Nobody on the
//! agency's side says whether it was kept, and nobody reads what one person said.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
pub use store::headline;
