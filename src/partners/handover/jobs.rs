//! A first contact whose day has come is remembered by the worker as well, once.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Reminds whoever is to make a first contact after a hand-over, on its day.
///
/// # Errors
/// When the database is away.
pub async fn remind(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("first contacts whose day has come", async |tx| store::remind(tx).await).await).await
}
