//! Themes: a name with the sources it rests on. Several people may join the same source; a theme counts nothing that its
//! reader may not see, and one that lost a source says so until somebody has read it again.

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use pages::routes;
pub use store::{counts::SMALLEST_GROUP, read::choices};
