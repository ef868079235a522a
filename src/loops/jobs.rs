//! What is done with loops while nobody asks: raisers are asked once more. Puts no words into what it writes.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Asks every raiser whose answer has waited 30 days for their word once more, and leaves them in peace afterwards.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| store::ask_once_more(tx).await).await
}
