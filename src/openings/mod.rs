//! Emergency openings: an administrator (or the operator for one) opens one restricted record for hours, for a reason, because an order
//! asks for it. Those whose words they are see it the same minute, or on the day until which a court forbids to tell them; it stays in
//! the log for ever and ends by itself. It acts on the page of the opening and nowhere else (`0267_emergency_openings.sql`).

mod forms;
mod jobs;
mod letters;
mod model;
mod pages;
pub mod paths;
mod store;

pub use jobs::sweep;
pub use letters::letters;
pub use model::{NewOpening, Opening, OpeningId, Order, WordOf};
pub use pages::routes;
pub use store::{latest, open_by_operator};
