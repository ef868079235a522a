//! Turns at heavy work: a few at once, a short line that waits for theirs, and whoever comes after that is asked to come back.
//! The line never grows without limit, however many ask; and in it some places are kept for those who are known.

use super::{error::Error, limits::Wait};
use chrono::Duration;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who is at work and who waits.
#[derive(Debug)]
pub struct Turns {
    at_once: usize,
    most: usize,
    at_work: Arc<Semaphore>,
    places: Arc<Semaphore>,
    kept: Arc<Semaphore>,
    waiting: usize,
}

/// A turn, as long as it is kept.
#[derive(Debug)]
pub struct Turn {
    _at_work: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// So many at once, so many more who wait, and once more as many places to wait in for those who are known.
    #[must_use]
    pub fn new(at_once: usize, waiting: usize) -> Self {
        let (places, most) = (|number| Arc::new(Semaphore::new(number)), at_once + waiting);
        Self { at_once, most, at_work: places(at_once), places: places(most), kept: places(waiting), waiting }
    }

    /// How many are at work, and how many wait.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let taken = self.most.saturating_sub(self.places.available_permits()) + self.waiting.saturating_sub(self.kept.available_permits());
        let at_work = self.at_once.saturating_sub(self.at_work.available_permits());
        (at_work, taken.saturating_sub(at_work))
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] at once when the line is full.
    pub async fn take(&self) -> Result<Turn, Error> {
        self.take_as(false).await
    }

    /// The same; whoever is known finds a place while others find none.
    ///
    /// # Errors
    /// As [`Turns::take`].
    pub async fn take_as(&self, known: bool) -> Result<Turn, Error> {
        let free = |places: &Arc<Semaphore>| Arc::clone(places).try_acquire_owned();
        let place = free(&self.places).or_else(|full| if known { free(&self.kept) } else { Err(full) });
        let place = place.map_err(|_| Error::TooMany(Wait::of(Duration::seconds(30))))?;
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
        assert_eq!(turns.counts(), (1, 1));
        assert!(matches!(turns.take().await, Err(Error::TooMany(_))));
        let mut known = Box::pin(turns.take_as(true));
        assert!(known.as_mut().now_or_never().is_none(), "waits as well");
        assert!(matches!(turns.take_as(true).await, Err(Error::TooMany(_))), "these places end too");
        drop(first);
        drop(second.await.unwrap());
        drop(known.await.unwrap());
        turns.take().await.unwrap();
    }
}
