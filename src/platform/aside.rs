//! Work that would hold up every request on its thread (reading a workbook, comparing twenty thousand names) runs aside,
//! two pieces at a time; whoever comes third waits.

use super::error::Error;
use tokio::sync::Semaphore;

static TURNS: Semaphore = Semaphore::const_new(2);

/// Runs `work` on a thread of its own when its turn comes.
///
/// # Errors
/// When the work panicked.
#[expect(clippy::disallowed_methods, reason = "bounded by the turns given out here")]
pub async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let _turn = TURNS.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}
