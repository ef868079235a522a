//! What time it is. Times come from here and travel as parameters, so that a test (or the demonstration year)
//! can hold them still. Nothing else in the code may ask the machine.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Tz;
use std::sync::{Arc, Mutex, PoisonError};

/// The machine's clock, or one that stands where it was put.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    held: Option<Arc<Mutex<DateTime<Utc>>>>,
    /// How much later it is whenever somebody asked.
    step: Duration,
}

impl Clock {
    /// A clock that stands at `moment` until it is moved.
    #[must_use]
    pub fn held(moment: DateTime<Utc>) -> Self {
        Self { held: Some(Arc::new(Mutex::new(moment))), step: Duration::zero() }
    }

    /// The same, and a microsecond later whenever it was asked: who asks twice gets two answers, as from the machine.
    #[must_use]
    pub fn ticking(moment: DateTime<Utc>) -> Self {
        Self { step: Duration::microseconds(1), ..Self::held(moment) }
    }

    /// The present moment in UTC, to the microsecond (what the database keeps).
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.held {
            Some(moment) => {
                let mut moment = moment.lock().unwrap_or_else(PoisonError::into_inner);
                let now = *moment;
                *moment += self.step;
                now
            }
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
    pub fn today(&self, zone: Tz) -> NaiveDate {
        day_in(zone, self.now())
    }
}

/// The day of a moment in `zone`. Nothing else makes a day of a moment, so that none is a day of nowhere.
#[must_use]
pub fn day_in(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The first moment of a day in `zone`. Where a change of clocks skips midnight, the day begins an hour later.
#[must_use]
pub fn first_moment(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let at = |local| zone.from_local_datetime(&local).earliest();
    at(midnight).or_else(|| at(midnight + Duration::hours(1))).map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
}

/// When the clocks of a zone show this full hour on a day; where they skip it, an hour later.
#[must_use]
pub fn moment_of(zone: Tz, day: NaiveDate, hour: u32) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN) + Duration::hours(i64::from(hour));
    let at = |local| zone.from_local_datetime(&local).earliest();
    at(local).or_else(|| at(local + Duration::hours(1))).map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn machine_now() -> DateTime<Utc> {
    let now = Utc::now();
    DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_where_it_is_counted() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 14).unwrap();
        // The clock goes forward on that day: it has 23 hours.
        let of = |day| first_moment(chrono_tz::America::Chicago, day);
        assert_eq!(of(day.succ_opt().unwrap()) - of(day), Duration::hours(23));
        let evening = DateTime::parse_from_rfc3339("2027-03-14T03:00:00Z").unwrap().to_utc();
        assert_eq!(day_in(chrono_tz::Pacific::Honolulu, evening), day.pred_opt().unwrap());
    }
}
