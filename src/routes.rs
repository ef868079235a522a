//! The whole site on one page: each slice's routes, in the order of the floors.

use crate::platform::routes::Routes;

/// All routes of the site.
#[must_use]
pub fn all() -> Routes {
    Routes::new()
        .join(crate::accounts::routes())
        .join(crate::notices::routes())
        .join(crate::quarantine::routes())
        .join(crate::comments::routes())
        .join(crate::protocols::routes())
        .join(crate::agencies::routes())
        .join(crate::members::routes())
        .join(crate::loops::routes())
        .join(crate::influence::routes())
        .join(crate::partners::routes())
        .join(crate::listening::routes())
        .join(crate::consent::routes())
        .join(crate::goals::routes())
        .join(crate::barriers::routes())
        .join(crate::obstacles::routes())
        .join(crate::trust::routes())
        .join(crate::plans::routes())
        .join(crate::groups::routes())
        .join(crate::commitments::routes())
        .join(crate::audit::routes())
        .join(crate::home::routes())
        .join(crate::live::routes())
        .join(crate::openings::routes())
        .join(crate::desk::routes())
        .join(crate::reports::routes())
        .join(crate::trace::routes())
        .join(crate::wanted::routes())
        .join(crate::calendars::routes())
        .join(crate::retention::routes())
        .join(crate::sight::routes())
}
