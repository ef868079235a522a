//! A body's protocols and labels: its own rules about who may read what its people contributed, and its Local Contexts labels, kept by
//! its stewards, two of them wherever there are two. Nobody on the agency's side sets, widens, ends or sees through one; the agency may
//! only put a notice, which stands apart. What acts is row security (`migrations/0260_protocols.sql`).

mod forms;
mod model;
mod pages;
pub mod paths;
mod store;

pub use model::{CopiedProtocol, Mark, Marked, ProtocolId, PutOn, TakenOff, in_a_line};
pub use pages::routes;
pub use store::{choices, copied, marks, marks_of, put_on_several, take_off_several, wait_turn};
