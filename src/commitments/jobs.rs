//! What is said of promises while nobody asks: the worker looks every hour.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Tells whoever is to be told of a promise's day.
///
/// # Errors
/// When the database is away.
pub async fn remind(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("promises whose day is near or has passed", async |tx| store::tell_due(tx).await).await).await
}
