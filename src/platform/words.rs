//! How dates, times and counts are written out, in plain words.

use chrono::{DateTime, NaiveDate, Utc};

/// "3 March 2027".
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "Thursday 3 March 2027, 6:30 pm CST", in the zone of the place.
#[must_use]
pub fn moment(at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    at.with_timezone(&zone).format("%A %-d %B %Y, %-I:%M %P %Z").to_string()
}

/// "3 March 2027, 6:30 pm", for a log.
#[must_use]
pub fn stamp(at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    at.with_timezone(&zone).format("%-d %B %Y, %-I:%M %P").to_string()
}

/// "due today", "due in 5 days", "was due 3 March 2027".
#[must_use]
pub fn due(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        days @ 2..=14 => format!("due in {days} days"),
        days if days > 14 => format!("due {}", day(on)),
        _ => format!("was due {}", day(on)),
    }
}

/// "1 partner", "3 partners".
#[must_use]
pub fn count(number: i64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// "640 bytes", "12 KB", "3.4 MB", "20 GB": in steps of 1,024.
#[must_use]
pub fn size(bytes: i64) -> String {
    let steps = [(1_i64 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")];
    match steps.into_iter().find(|(step, _)| bytes >= *step) {
        Some((step, name)) => {
            let tenths = bytes / (step / 10).max(1);
            if tenths % 10 == 0 || tenths >= 100 {
                format!("{} {name}", tenths / 10)
            } else {
                format!("{}.{} {name}", tenths / 10, tenths % 10)
            }
        }
        None => count(bytes, "byte", "bytes"),
    }
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first words of a text, at most `most` characters, with a sign when there is more.
#[must_use]
pub fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(before, _)| before);
    format!("{} …", whole.trim_end_matches([',', '.', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_down() {
        let sizes = [0, 1, 1023, 1024, 3_565_158, 25 << 20, 20 << 30].map(size);
        assert_eq!(sizes, ["0 bytes", "1 byte", "1023 bytes", "1 KB", "3.4 MB", "25 MB", "20 GB"]);
    }

    #[test]
    fn due_days_are_written_out() {
        let today = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap_or_default();
        let on = |days: i64| due(today + chrono::Duration::days(days), today);
        assert_eq!((on(0), on(1), on(5)), ("due today".to_owned(), "due tomorrow".to_owned(), "due in 5 days".to_owned()));
        assert_eq!((on(30), on(-1)), ("due 31 March 2027".to_owned(), "was due 28 February 2027".to_owned()));
    }
}
