//! What is done about what waits while nobody asks: a letter for everybody whose turn has come.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Queues the letters of an agency.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| store::letter::queue(tx).await).await
}
