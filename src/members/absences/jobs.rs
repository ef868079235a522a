//! An absence begins and ends by itself; both hear of it.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Tells whoever is away and whoever stands in that it begins, and that it is over.
///
/// # Errors
/// When the database is away.
pub async fn tell_of_absences(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("absences that begin or end", async |tx| store::tell_due(tx).await).await).await
}
