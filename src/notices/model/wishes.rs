//! Which letters about news somebody wants, and when the next one may come. What nobody turns off comes at once, also at night: how
//! somebody signs in, and that words were opened in an emergency.

use crate::platform::{clock, labels::Label as _, zones::Zone};
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Timelike as _, Utc, Weekday};
use chrono_tz::Tz;

labels! {
    /// What news is about, as its reader chooses its letters.
    pub enum Topic {
        Answers = "answers", "Answers to what was asked";
        Promises = "promises", "Promises, and duties that somebody was given";
        Words = "words", "Words that somebody said, and who may use them";
        People = "people", "Who takes part, and who decides for whom";
        Meetings = "meetings", "Sessions, groups and meetings";
        Keeping = "keeping", "Files, and what is kept or destroyed";
        Other = "other", "Everything else";
    }
}

labels! {
    /// When a letter about a topic comes.
    pub enum Pace {
        AtOnce = "at_once", "At once";
        Daily = "daily", "Once a day, together";
        Weekly = "weekly", "Once a week, together";
        Never = "never", "No letter";
    }
}

impl Topic {
    /// What news of a kind is about; none: its letter comes at once, whatever was chosen.
    pub(in crate::notices) fn of(kind: &str, path: &str) -> Option<Self> {
        Some(match kind {
            "emergency_opening" | "lost_factors" | "sign_in_ended" | "sign_in_rule" | "sign_on_taken_off" => return None,
            // Their own membership was stopped: it leads nowhere inside.
            "membership" if path == "/hats" => return None,
            "answer" | "answers" => Self::Answers,
            "duty" | "rhythm" | "speaker_word" => Self::Promises,
            "consent" | "consent_by_hand" | "protocol" | "words_held" | "words_settled" | "copy_called_back" | "by_telephone"
            | "entered" => Self::Words,
            "membership" | "hand_over" => Self::People,
            "minutes" => Self::Meetings,
            "retention" | "legal_hold" | "quarantine" => Self::Keeping,
            kind if kind.starts_with("promise") || kind.starts_with("commitment") => Self::Promises,
            kind if kind.starts_with("loop") || kind.starts_with("question") => Self::Answers,
            kind if kind.starts_with("session") || kind.starts_with("meeting") => Self::Meetings,
            _ => Self::Other,
        })
    }
}

/// The hours in which no letter comes: from one full hour until another, over midnight too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::notices) struct Quiet {
    pub(in crate::notices) from: u32,
    pub(in crate::notices) until: u32,
}

impl Quiet {
    fn holds(self, hour: u32) -> bool {
        if self.from < self.until { (self.from..self.until).contains(&hour) } else { hour >= self.from || hour < self.until }
    }
}

/// Where somebody's clock stands, and their quiet hours.
#[derive(Debug, Clone, Copy)]
pub(in crate::notices) struct Hours {
    pub(in crate::notices) zone: Tz,
    pub(in crate::notices) quiet: Option<Quiet>,
}

/// All that somebody chose. What they did not choose comes at once.
#[derive(Debug, Clone)]
pub(in crate::notices) struct Wishes {
    pub(in crate::notices) zone: Zone,
    pub(in crate::notices) quiet: Option<Quiet>,
    pub(in crate::notices) paces: Vec<(Topic, Pace)>,
}

impl Wishes {
    pub(in crate::notices) fn pace(&self, topic: Topic) -> Pace {
        self.paces.iter().find(|(of, _)| *of == topic).map_or(Pace::AtOnce, |(_, pace)| *pace)
    }
}

/// When the letter about a notice goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::notices) enum When {
    Now,
    /// Together with what else is told until then.
    At(DateTime<Utc>),
    Never,
}

/// Letters of the day and of the week come at this hour of their reader's morning, or when it stops being quiet.
const MORNING: u32 = 8;

impl Hours {
    /// When a letter of this pace goes that is due now.
    pub(in crate::notices) fn when(self, pace: Pace, now: DateTime<Utc>) -> When {
        let local = now.with_timezone(&self.zone);
        match (pace, self.quiet) {
            (Pace::Never, _) => When::Never,
            (Pace::AtOnce, Some(quiet)) if quiet.holds(local.hour()) => When::At(self.next(quiet.until, now, |_| true)),
            (Pace::AtOnce, _) => When::Now,
            (Pace::Daily, _) => When::At(self.next(self.morning(), now, |_| true)),
            (Pace::Weekly, _) => When::At(self.next(self.morning(), now, |day| day.weekday() == Weekday::Mon)),
        }
    }

    fn morning(self) -> u32 {
        self.quiet.filter(|quiet| quiet.holds(MORNING)).map_or(MORNING, |quiet| quiet.until)
    }

    /// The next time after now at which their clock shows this hour, on a day that fits.
    fn next(self, hour: u32, now: DateTime<Utc>, fits: impl Fn(NaiveDate) -> bool) -> DateTime<Utc> {
        let today = clock::day_in(self.zone, now);
        let days = (0..=8).map(|ahead| today + Duration::days(ahead)).filter(|day| fits(*day));
        days.map(|day| clock::moment_of(self.zone, day, hour)).find(|at| *at > now).unwrap_or(now + Duration::days(1))
    }
}

/// The zone in which somebody's clock stands where they did not say: the agency's.
pub(in crate::notices) fn zone_of(zone: Tz) -> Zone {
    Zone::parse(zone.name()).unwrap_or(Zone::Eastern)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_letter_waits_for_the_morning_of_its_readers_own_clock() {
        let hours = Hours { zone: chrono_tz::America::Chicago, quiet: Some(Quiet { from: 21, until: 7 }) };
        let cases = [
            (Pace::AtOnce, "2027-03-10T18:00:00Z", When::Now),
            // Nine in the evening there.
            (Pace::AtOnce, "2027-03-11T03:00:00Z", When::At(at("2027-03-11T13:00:00Z"))),
            // The night in which the clocks go forward: seven is an hour earlier by the sun.
            (Pace::AtOnce, "2027-03-14T05:00:00Z", When::At(at("2027-03-14T12:00:00Z"))),
            (Pace::Daily, "2027-03-10T13:59:00Z", When::At(at("2027-03-10T14:00:00Z"))),
            (Pace::Daily, "2027-03-10T14:00:00Z", When::At(at("2027-03-11T14:00:00Z"))),
            // A Wednesday; the Monday after it.
            (Pace::Weekly, "2027-03-10T18:00:00Z", When::At(at("2027-03-15T13:00:00Z"))),
            (Pace::Never, "2027-03-10T18:00:00Z", When::Never),
        ];
        for (pace, now, when) in cases {
            assert_eq!(hours.when(pace, at(now)), when, "{pace:?} {now}");
        }
        let late = Hours { quiet: Some(Quiet { from: 6, until: 10 }), ..hours };
        assert_eq!(
            late.when(Pace::Daily, at("2027-03-10T18:00:00Z")),
            When::At(at("2027-03-11T16:00:00Z")),
            "not before it stops being quiet"
        );
    }

    #[test]
    fn an_hour_that_a_day_does_not_have_is_the_next_one() {
        let hours = Hours { zone: chrono_tz::America::Chicago, quiet: Some(Quiet { from: 20, until: 2 }) };
        assert_eq!(hours.when(Pace::AtOnce, at("2027-03-14T04:00:00Z")), When::At(at("2027-03-14T08:00:00Z")));
    }

    #[test]
    fn what_is_about_signing_in_waits_for_nobody() {
        for kind in ["emergency_opening", "lost_factors", "sign_in_ended"] {
            assert_eq!(Topic::of(kind, "/cedar-river/me"), None, "{kind}");
        }
        assert_eq!(Topic::of("membership", "/hats"), None);
        assert_eq!(Topic::of("membership", "/cedar-river/members/changes"), Some(Topic::People));
        assert_eq!(Topic::of("something_new", "/cedar-river"), Some(Topic::Other));
    }
}
