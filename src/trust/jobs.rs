//! What is done about trust while nobody asks: rounds end on their day, and begin by themselves where the agency set it so.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Ends the rounds whose day has come; asks after sessions that were held, and once a quarter.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| store::by_itself(tx).await).await
}
