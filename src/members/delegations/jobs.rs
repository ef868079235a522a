//! A lent duty ends by itself; both sides hear of it.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Tells whoever lent a duty and whoever has it that it ends: on its last day, and the evening before where it ran for more than a week.
///
/// # Errors
/// When the database is away.
pub async fn tell_of_duties(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("lent duties that end", async |tx| store::tell_due(tx).await).await).await
}
