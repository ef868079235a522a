//! The pages of sessions, each group in a file of its own.

mod announcement;
mod cohost;
mod list;
mod plan;
mod room;
mod series;
mod steps;

use crate::platform::routes::{Example, Routes};

/// The routes of sessions.
#[must_use]
pub fn routes() -> Routes {
    list::routes()
        .join(series::routes())
        .join(plan::routes())
        .join(room::routes())
        .join(steps::routes())
        .join(announcement::routes())
        .join(cohost::routes())
}

/// A form that a coordinator sends with success.
fn example(path: &'static str, form: &'static str) -> Example {
    Example { who: "staff", path, form }
}
