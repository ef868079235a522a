//! The demonstration: two made-up counties and a year of their partnership. It is lived, not inserted: after the founding,
//! everything is done by its people through the site's own forms, under a clock that moves through the year, so that
//! whatever the demonstration shows also obeys every rule.

mod acting;
mod answered;
mod answers;
mod asking;
mod barriers;
mod closed_days;
mod coding;
mod comments;
mod desk;
mod founding;
mod goals;
mod groups;
mod handovers;
mod harbor;
mod influence;
mod invitees;
mod keeping;
mod life;
mod lists;
mod loops;
mod members;
mod merges;
mod obstacles;
mod outreach;
mod partners;
mod plans;
mod promises;
mod protocols;
mod raised;
mod reports;
mod sessions;
mod sessions_cards;
mod statements;
mod statements_words;
mod stewards;
mod trust;

pub use life::{Life, Names};

use crate::platform::settings::Settings;

/// The password of all its people.
pub const PASSWORD: &str = "common-table-demo";

/// Why the demonstration could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The agencies could not be founded.
    #[error(transparent)]
    Founding(#[from] crate::agencies::FoundingError),
    /// The database refused.
    #[error("The database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// A form was not taken; a fault of ours.
    #[error("The demonstration stopped at {0}")]
    Stopped(String),
}

/// Where both counties are: the demonstration's hours are theirs.
const ZONE: chrono_tz::Tz = chrono_tz::America::Chicago;

/// Lives the year into a database that holds no agency yet; answers the names under which records can be found again. A year
/// that stops half-way is known by its mark (table `demonstration`).
///
/// # Errors
/// When the database is not empty or a form is not taken.
pub async fn live(owner_url: &str, login_url: &str, ends: chrono::DateTime<chrono::Utc>) -> Result<Names, DemoError> {
    let mut life = founding::found(owner_url, login_url, Settings::plain("http://localhost"), ends).await?;
    partners::live(&mut life).await?;
    lists::live(&mut life).await?;
    members::live(&mut life).await?;
    outreach::live(&mut life).await?;
    stewards::live(&mut life).await?;
    sessions::live(&mut life).await?;
    statements::live(&mut life).await?;
    barriers::live(&mut life).await?;
    goals::live(&mut life).await?;
    plans::live(&mut life).await?;
    promises::live(&mut life).await?;
    loops::live(&mut life).await?;
    asking::live(&mut life).await?;
    answers::live(&mut life).await?;
    groups::live(&mut life).await?;
    handovers::live(&mut life).await?;
    influence::live(&mut life).await?;
    obstacles::live(&mut life).await?;
    trust::live(&mut life).await?;
    invitees::live(&mut life).await?;
    comments::live(&mut life).await?;
    acting::live(&mut life).await?;
    protocols::live(&mut life).await?;
    merges::live(&mut life).await?;
    lists::names(&mut life).await?;
    lists::waiting(&mut life).await?;
    harbor::live(&mut life).await?;
    desk::in_the_year(&mut life).await?;
    closed_days::live(&mut life).await?;
    reports::live(&mut life).await?;
    coding::to_be_asked_again(&mut life).await?;
    desk::live(&mut life).await?;
    barriers::to_read_again(&mut life).await?;
    keeping::live(&mut life).await?;
    acting::at_last(&mut life, ends).await?;
    let names = life.rest(ends).await?;
    founding::whole(owner_url, ends).await?;
    Ok(names)
}
