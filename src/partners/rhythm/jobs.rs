//! Reminders of dates on which relationships are kept.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Reminds whoever keeps a relationship: a week before its date, the day before where it is kept every week, and once the date has
/// passed.
///
/// # Errors
/// When the database is away.
pub async fn remind(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("relationships that are kept", async |tx| store::remind(tx).await).await).await
}
