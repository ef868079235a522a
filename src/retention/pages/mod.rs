//! The pages of retention and legal hold.

mod destructions;
mod holds;
mod schedule;

use super::paths;
use crate::platform::routes::{Example, Routes};
use axum_extra::routing::TypedPath as _;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    Routes::new()
        .get(paths::Retention::PATH, schedule::index)
        .get(paths::RulePage::PATH, schedule::edit)
        .post(
            paths::RulePage::PATH,
            schedule::set,
            example("admin", "kept=outreach", "years=7&source=State+records+schedule+14.2&version=0"),
        )
        .get(paths::InvitedPage::PATH, schedule::edit_invited)
        .post(paths::InvitedPage::PATH, schedule::set_invited, example("admin", "", "days=21&version=@settings_version"))
        .get(paths::DuePage::PATH, schedule::due)
        .post(paths::DuePage::PATH, schedule::propose, example("admin", "kept=commitment", ""))
        .get(paths::DestructionPage::PATH, destructions::show)
        .post(
            paths::DecisionOn::PATH,
            destructions::decide,
            example("director", "destruction=@destruction", "decision=keep&because=Wait+for+the+review&version=@version"),
        )
        .post(paths::ProposalTakenBack::PATH, destructions::take_back, example("admin", "destruction=@destruction", ""))
        .post(paths::WordOn::PATH, destructions::say, example("tribe", "destruction=@destruction", "word=refused"))
        .get(paths::Holds::PATH, holds::index)
        .post(
            paths::Holds::PATH,
            holds::set,
            example(
                "admin",
                "",
                "scope=matter&record=@court&reason=A+lawsuit+about+contracts&authority=Superior+Court,+case+27-114&from=2027-01-04",
            ),
        )
        .get(paths::NewHold::PATH, holds::new)
        .get(paths::HoldPage::PATH, holds::show)
        .post(paths::HoldConfirmation::PATH, holds::confirm, example("director", "hold=@hold", "version=@version"))
        .post(paths::Lifting::PATH, holds::lift, example("director", "hold=@hold", "because=The+case+is+closed&version=@version"))
        .post(paths::LiftingDecision::PATH, holds::decide, example("admin", "hold=@hold_ending", "decision=end&version=@version"))
}
