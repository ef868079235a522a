//! The day until which a court forbade notice comes by itself.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Tells those whose day has come.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("openings whose day of notice has come", async |tx| store::tell_due(tx).await).await).await
}
