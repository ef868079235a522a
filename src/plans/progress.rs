//! Progress as a picture: steps of a stair, because between two notes nothing is known.

use super::model::Noted;
use crate::platform::{clock, words};
use chrono_tz::Tz;

const LEFT: f64 = 40.0;
const RIGHT: f64 = 500.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 130.0;

/// A note in the picture.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) told: String,
}

/// The picture, ready to be drawn.
#[derive(Debug)]
pub(super) struct Stair {
    pub(super) line: String,
    pub(super) points: Vec<Point>,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) sentence: String,
}

/// Draws notes, the earliest first, with their days in that zone; none when there are fewer than two.
pub(super) fn draw(notes: &[Noted], zone: Tz) -> Option<Stair> {
    let [first, .., last] = notes else { return None };
    let span = (last.at - first.at).num_seconds().max(1) as f64;
    let day = |note: &Noted| words::day(clock::day_in(zone, note.at));
    let place = |note: &Noted| {
        let x = LEFT + (RIGHT - LEFT) * (note.at - first.at).num_seconds() as f64 / span;
        (x, BOTTOM - (BOTTOM - TOP) * f64::from(note.percent) / 100.0)
    };
    let mut line = String::new();
    for note in notes {
        let (x, y) = place(note);
        line.push_str(&if line.is_empty() { format!("M{x:.1} {y:.1}") } else { format!(" H{x:.1} V{y:.1}") });
    }
    let point = |note: &Noted| {
        let (x, y) = place(note);
        Point { x, y, told: format!("{}: {} percent", day(note), note.percent) }
    };
    let sentence =
        format!("From {} percent on {} to {} percent on {}, in {} notes.", first.percent, day(first), last.percent, day(last), notes.len());
    Some(Stair { line, points: notes.iter().map(point).collect(), from: day(first), to: day(last), sentence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Duration};

    fn note(days: i64, percent: i16) -> Noted {
        Noted { percent, note: String::new(), by: String::new(), at: DateTime::UNIX_EPOCH + Duration::days(days) }
    }

    #[test]
    fn a_single_note_is_no_picture() {
        assert!(draw(&[note(0, 10)], Tz::UTC).is_none());
    }

    #[test]
    fn between_two_notes_nothing_is_made_up() {
        let stair = draw(&[note(0, 0), note(10, 50), note(20, 100)], Tz::UTC).unwrap();
        assert_eq!(stair.line, "M40.0 130.0 H270.0 V73.0 H500.0 V16.0");
        assert_eq!(stair.sentence, "From 0 percent on 1 January 1970 to 100 percent on 21 January 1970, in 3 notes.");
    }
}
