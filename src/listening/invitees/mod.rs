//! People who are invited to a session one by one: a letter with a file for their calendar, an answer by a link without a sign-in, and
//! what they need to come, told beforehand. That somebody was asked, and what they need, is for those who facilitate and whoever
//! planned the session, and is destroyed after it.

mod forms;
mod jobs;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use letters::letters;
pub use model::{Answer, InviteeId};
pub use pages::routes;
pub use store::tell_all;
