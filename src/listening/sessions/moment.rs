//! When a session begins, out of what was typed.

use crate::platform::form::Problems;
use chrono::{DateTime, NaiveTime, TimeZone as _, Utc};

/// Day, time and zone of the place as one moment.
pub(in crate::listening) fn moment(p: &mut Problems, day: &str, time: &str, zone: &str) -> (DateTime<Utc>, String) {
    let day = p.day("day", day, "Enter the day of the session");
    let time = NaiveTime::parse_from_str(time.trim(), "%H:%M").unwrap_or_else(|_| {
        p.add("time", "Enter the time it begins, such as 18:00");
        NaiveTime::default()
    });
    let Ok(tz) = zone.trim().parse::<chrono_tz::Tz>() else {
        p.add("zone", "Choose the time zone of the place");
        return (DateTime::default(), String::new());
    };
    let local = tz.from_local_datetime(&day.and_time(time)).earliest();
    if local.is_none() {
        p.add("time", "Enter another time: on that day the clocks go forward over this one");
    }
    (local.map(|at| at.with_timezone(&Utc)).unwrap_or_default(), tz.name().to_owned())
}
