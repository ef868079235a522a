//! The files of copies go after their seven days.

use super::store::copies;
use crate::platform::{errand::Errand, error::Error};

/// Takes away the files whose time is over.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand.write(async |tx| tx.as_keeper("files of copies whose time is over", async |tx| copies::expire(tx).await).await).await
}
