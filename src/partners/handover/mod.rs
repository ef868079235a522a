//! When somebody leaves on either side: a letter about the relationship for whoever comes next. The partner reads and corrects it first,
//! and then it is passed on; the first contact is a task with a day.

mod forms;
mod jobs;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::remind;
pub use pages::routes;
