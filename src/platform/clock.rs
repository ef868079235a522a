//! What time it is. Times come from here and travel as parameters, so that a test (or the demonstration year)
//! can hold them still. Nothing else in the code may ask the machine.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use std::sync::{Arc, Mutex, PoisonError};

/// The machine's clock, or one that stands where it was put.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    held: Option<Arc<Mutex<DateTime<Utc>>>>,
}

impl Clock {
    /// A clock that stands at `moment` until it is moved.
    #[must_use]
    pub fn held(moment: DateTime<Utc>) -> Self {
        Self { held: Some(Arc::new(Mutex::new(moment))) }
    }

    /// The present moment in UTC, to the microsecond (what the database keeps).
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.held {
            Some(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
            None => machine_now(),
        }
    }

    /// Puts a held clock to `moment`; the machine's clock stays as it is.
    pub fn put(&self, moment: DateTime<Utc>) {
        if let Some(held) = &self.held {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = moment;
        }
    }

    /// Moves a held clock on.
    pub fn advance(&self, by: Duration) {
        self.put(self.now() + by);
    }

    /// The day it is in `zone`.
    #[must_use]
    pub fn today(&self, zone: chrono_tz::Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn machine_now() -> DateTime<Utc> {
    let now = Utc::now();
    DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
}
