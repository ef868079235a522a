//! An agency's own settings: its name and face, its clocks and scale, what is said at every free text, the consent card.

mod appearance;
mod entrance;
mod forms;
mod model;
mod pages;
mod store;

use crate::platform::routes::Routes;

/// The routes of the settings, of the logo and the accent's sheet, and of the rule for signing in.
#[must_use]
pub fn routes() -> Routes {
    pages::routes().join(appearance::routes()).join(entrance::routes())
}
