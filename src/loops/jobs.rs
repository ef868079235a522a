//! What is done with loops while nobody asks: raisers are asked once more, what is late is handed to the director, and what nobody is
//! left to close ends. Puts no words into what it writes.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Asks every raiser whose answer has waited 30 days for their word once more, and leaves them in peace afterwards; where the raiser has
/// left and nobody inherits, the question ends. Hands to the directors what is late by more days than the agency set.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            store::end_without_anyone(tx).await?;
            store::ask_once_more(tx).await?;
            store::hand_to_directors(tx).await
        })
        .await
}
