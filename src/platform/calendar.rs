//! Calendar files and feeds (RFC 5545): what stands in them keeps its identity, counts up with every change, and its subject says
//! nothing that somebody who sees another person's calendar should not read.

use chrono::{DateTime, Days, Duration, NaiveDate, Offset as _, TimeZone as _, Utc};
use chrono_tz::{OffsetComponents as _, OffsetName as _, Tz};
use icalendar::{Calendar, Class, Component as _, EventLike as _, EventStatus, Property};
use std::{collections::BTreeMap, fmt::Write as _};

/// What a file is served as.
pub const KIND: &str = "text/calendar; charset=utf-8";

/// When something is.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// From a moment on, in the zone of its place.
    Hours {
        /// When it begins.
        begins: DateTime<Utc>,
        /// How long it lasts.
        minutes: i32,
        /// The zone of its place.
        zone: Tz,
    },
    /// All of a day.
    Day(NaiveDate),
}

/// One thing in a calendar.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its record: its identity in every calendar.
    pub id: uuid::Uuid,
    /// What stands in everybody's calendar.
    pub subject: &'static str,
    /// When it is.
    pub when: When,
    /// Where, if that may be said.
    pub place: String,
    /// How often it was told anew.
    pub sequence: i32,
    /// When it was told last.
    pub told_at: DateTime<Utc>,
    /// It was called off.
    pub off: bool,
}

/// The file of one thing. `organizer`: the address from which it comes, where it goes by letter.
#[must_use]
pub fn file(of: &Event, organizer: Option<&str>) -> String {
    let method = if of.off { "CANCEL" } else { "PUBLISH" };
    let mut calendar = begun(method);
    calendar.push(written(of, organizer));
    with_zones(&calendar.to_string(), &zones(std::slice::from_ref(of)))
}

/// All that stands in one person's calendar; where nothing does, the zone of their agency stands there alone.
#[must_use]
pub fn feed(all: &[Event], zone: Tz, now: DateTime<Utc>) -> String {
    let mut calendar = begun("PUBLISH");
    calendar.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    for one in all {
        calendar.push(written(one, None));
    }
    let mut zones = zones(all);
    if zones.is_empty() {
        zones.insert(zone.name(), (zone, now, now));
    }
    with_zones(&calendar.to_string(), &zones)
}

fn begun(method: &str) -> Calendar {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", "-//Common Table//Calendar//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", method)] {
        calendar.append_property(Property::new(name, value));
    }
    calendar
}

fn written(of: &Event, organizer: Option<&str>) -> icalendar::Event {
    let mut event = icalendar::Event::with_uid(&format!("{}@common-table", of.id));
    event
        .summary(of.subject)
        .timestamp(of.told_at)
        .sequence(u32::try_from(of.sequence).unwrap_or_default())
        .class(Class::Private)
        .status(if of.off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    match of.when {
        When::Hours { begins, minutes, zone } => {
            event.append_property(at("DTSTART", zone, begins)).append_property(at(
                "DTEND",
                zone,
                begins + Duration::minutes(i64::from(minutes)),
            ));
        }
        When::Day(day) => {
            let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
            event
                .append_property(on("DTSTART", day))
                .append_property(on("DTEND", next))
                .append_property(Property::new("TRANSP", "TRANSPARENT"));
        }
    }
    if !of.place.is_empty() {
        event.location(&of.place);
    }
    if let Some(address) = organizer {
        event.append_property(Property::new("ORGANIZER", format!("mailto:{address}")));
    }
    event.done()
}

fn at(name: &str, zone: Tz, moment: DateTime<Utc>) -> Property {
    let local = moment.with_timezone(&zone).format("%Y%m%dT%H%M%S").to_string();
    Property::new(name, local).add_parameter("TZID", zone.name()).done()
}

fn on(name: &str, day: NaiveDate) -> Property {
    Property::new(name, day.format("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// The zones of all these, each with the first and the last moment that is told in it.
type Zones = BTreeMap<&'static str, (Tz, DateTime<Utc>, DateTime<Utc>)>;

fn zones(all: &[Event]) -> Zones {
    let mut found = Zones::new();
    for one in all {
        if let When::Hours { begins, zone, .. } = one.when {
            let known = found.entry(zone.name()).or_insert((zone, begins, begins));
            (known.1, known.2) = (known.1.min(begins), known.2.max(begins));
        }
    }
    found
}

/// The library knows no time zones: they stand before the first event.
fn with_zones(text: &str, zones: &Zones) -> String {
    let told: String = zones.values().map(|&(zone, first, last)| time_zone(zone, first, last)).collect();
    let before = if text.contains("BEGIN:VEVENT") { "BEGIN:VEVENT" } else { "END:VCALENDAR" };
    text.replacen(before, &format!("{told}{before}"), 1)
}

/// A change of clocks: when, and what the clocks say before and after.
struct Turn {
    at: DateTime<Utc>,
    before: i32,
    after: i32,
}

/// The zone: every change of clocks from a year before the first moment to a year after the last.
fn time_zone(zone: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> String {
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", zone.name());
    let turns = turns(zone, first, last);
    if turns.is_empty() {
        let offset = seconds(zone, first);
        part(&mut text, zone, "19700101T000000", (first, offset, offset));
    }
    for turn in turns {
        let local = (turn.at + Duration::seconds(i64::from(turn.before))).format("%Y%m%dT%H%M%S").to_string();
        part(&mut text, zone, &local, (turn.at, turn.before, turn.after));
    }
    text + "END:VTIMEZONE\r\n"
}

fn part(text: &mut String, zone: Tz, starts: &str, (at, before, after): (DateTime<Utc>, i32, i32)) {
    let offset = zone.offset_from_utc_datetime(&at.naive_utc());
    let kind = if offset.dst_offset().is_zero() { "STANDARD" } else { "DAYLIGHT" };
    let _ = write!(text, "BEGIN:{kind}\r\nDTSTART:{starts}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n", hours(before), hours(after));
    if let Some(name) = offset.abbreviation() {
        let _ = write!(text, "TZNAME:{name}\r\n");
    }
    let _ = write!(text, "END:{kind}\r\n");
}

/// How far the zone is from universal time, in seconds.
fn seconds(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// "-0600".
fn hours(seconds: i32) -> String {
    let (sign, all) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}{:02}", all / 60, all % 60)
}

fn turns(zone: Tz, first: DateTime<Utc>, last: DateTime<Utc>) -> Vec<Turn> {
    let mut found = Vec::new();
    for day in -400..400 + (last - first).num_days() {
        let (mut low, mut high) = (first + Duration::days(day), first + Duration::days(day + 1));
        let (before, after) = (seconds(zone, low), seconds(zone, high));
        if before == after {
            continue;
        }
        while high - low > Duration::seconds(1) {
            let middle = low + Duration::seconds((high - low).num_seconds() / 2);
            if seconds(zone, middle) == before { low = middle } else { high = middle }
        }
        found.push(Turn { at: high, before, after });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_change_where_they_do() {
        let summer = Utc.with_ymd_and_hms(2027, 7, 1, 12, 0, 0).unwrap();
        let text = time_zone(chrono_tz::America::Chicago, summer, summer);
        assert!(
            text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\nTZNAME:CDT"),
            "{text}"
        );
        assert!(
            text.contains("BEGIN:STANDARD\r\nDTSTART:20271107T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nTZNAME:CST"),
            "{text}"
        );
        let without = time_zone(chrono_tz::America::Phoenix, summer, summer);
        assert!(without.contains("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:-0700\r\nTZOFFSETTO:-0700"), "{without}");
    }

    #[test]
    fn a_feed_holds_each_zone_once_and_is_a_calendar_also_when_it_is_empty() {
        let now = Utc.with_ymd_and_hms(2027, 3, 1, 12, 0, 0).unwrap();
        let event = |zone, days: i64| Event {
            id: uuid::Uuid::nil(),
            subject: "Meeting",
            when: When::Hours { begins: now + Duration::days(days), minutes: 60, zone },
            place: String::new(),
            sequence: 0,
            told_at: now,
            off: false,
        };
        let (chicago, phoenix) = (chrono_tz::America::Chicago, chrono_tz::America::Phoenix);
        let all = [
            event(chicago, 1),
            event(phoenix, 2),
            event(chicago, 900),
            Event { when: When::Day(NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()), ..event(chicago, 0) },
        ];
        let text = feed(&all, chicago, now);
        assert_eq!((text.matches("BEGIN:VTIMEZONE").count(), text.matches("BEGIN:VEVENT").count()), (2, 4), "{text}");
        assert!(text.contains("DTSTART:20290311T020000"), "the clocks of the year of the last one: {text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20270301") && text.contains("DTEND;VALUE=DATE:20270302"), "{text}");
        let empty = feed(&[], phoenix, now);
        assert!(empty.contains("TZID:America/Phoenix") && empty.trim_end().ends_with("END:VCALENDAR"), "{empty}");
    }
}
