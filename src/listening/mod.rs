//! Listening: sessions with communities, who spoke in them, what was heard and what it adds up to.
//! Words belong to those who spoke them; nothing here shows them to anybody they did not choose.

pub mod answers;
pub mod back;
pub mod invitees;
pub mod sessions;
pub mod speakers;
pub mod statements;
pub mod themes;

use crate::{mail::Making, platform::routes::Routes};

/// The routes of listening, in the order of the work.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .join(sessions::routes())
        .join(invitees::routes())
        .join(speakers::routes())
        .join(back::routes())
        .join(statements::routes())
        .join(answers::routes())
        .join(themes::routes())
}

/// Every kind of letter that listening writes.
#[must_use]
pub fn letters() -> Vec<Making> {
    invitees::letters()
}
