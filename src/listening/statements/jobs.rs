//! Before what a speaker allowed runs out they are asked once; the worker looks every hour.

use super::store::renewals;
use crate::platform::{errand::Errand, error::Error};

/// Asks whoever is to be asked again.
///
/// # Errors
/// When the database is away.
pub async fn ask_again(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("consent that runs out", async |tx| renewals::ask(tx).await).await).await
}
