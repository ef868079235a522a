//! A time to enter for somebody ends by itself: from its moment on nothing is entered, and this notes it in the log.

use super::store;
use crate::platform::{errand::Errand, error::Error};

/// Notes which times are over.
///
/// # Errors
/// When the database is away.
pub async fn end_times_to_enter(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("times to enter for somebody that are over", async |tx| store::note_over(tx).await).await).await
}
