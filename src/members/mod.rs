//! Who belongs to the partnership, under which hat, and on whose word. An administrator keeps the agency's own side; a body
//! keeps its people itself. Never shows that somebody speaks from lived experience to anybody they did not choose.

mod absences;
mod acting;
mod bodies;
mod by_hand;
mod delegations;
mod forms;
mod handover;
mod lists;
mod lost;
mod me;
mod model;
mod pages;
pub mod paths;
mod sign_ins;
mod store;

pub use absences::tell_of_absences;
pub use acting::end_times_to_enter;
pub use delegations::tell_of_duties;
pub use lists::sweep;
pub use model::Suspended;
pub use store::suspended_of;

use crate::platform::routes::Routes;

/// The routes of members, bodies' own people, one's own page, lent duties, absences, lost second factors, telling by hand and entering for somebody.
#[must_use]
pub fn routes() -> Routes {
    pages::routes()
        .join(bodies::routes())
        .join(me::routes())
        .join(delegations::routes())
        .join(absences::routes())
        .join(lists::routes())
        .join(lost::routes())
        .join(sign_ins::routes())
        .join(by_hand::routes())
        .join(acting::routes())
}
