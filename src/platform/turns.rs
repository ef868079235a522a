//! Turns at heavy work: a few at once, a short line that waits for theirs, and whoever comes after that is asked to come back.
//! The line never grows without limit, however many ask.

use super::error::Error;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who is at work and who waits.
#[derive(Debug)]
pub struct Turns {
    at_work: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// A turn, as long as it is kept.
#[derive(Debug)]
pub struct Turn {
    _at_work: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// So many at once, and so many more who wait.
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        Self { at_work: Arc::new(Semaphore::new(at_once)), places: Arc::new(Semaphore::new(at_once + waiting)) }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] at once when the line is full.
    pub async fn take(&self) -> Result<Turn, Error> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Error::TooMany)?;
        let at_work = Arc::clone(&self.at_work).acquire_owned().await.map_err(Error::internal)?;
        Ok(Turn { _at_work: at_work, _place: place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[tokio::test]
    async fn whoever_finds_the_line_full_is_not_kept_waiting() {
        let turns = Turns::new(1, 1);
        let first = turns.take().await.unwrap();
        let mut second = Box::pin(turns.take());
        assert!(second.as_mut().now_or_never().is_none(), "waits");
        assert!(matches!(turns.take().await, Err(Error::TooMany)));
        drop(first);
        second.await.unwrap();
        turns.take().await.unwrap();
    }
}
