//! Lists of people are kept for a while, for whoever asks what became of a row, and not longer.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Forgets the people of lists whose time is over.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("forget the people of old lists", async |tx| store::forget(tx).await).await).await
}
