//! What is known of those who were invited is destroyed some time after the session; the worker looks every hour.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Destroys what is over.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| store::sweep(tx).await).await
}
