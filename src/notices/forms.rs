//! The form of this slice, as typed.

use super::model::{Pace, Quiet, Topic, Wishes};
use crate::platform::{
    form::{Choice, Problems},
    labels::Label as _,
    zones::Zone,
};
use serde::{Deserialize, Serialize};

/// Which letters somebody wants, and when none comes.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WishForm {
    answers: String,
    promises: String,
    words: String,
    people: String,
    meetings: String,
    keeping: String,
    other: String,
    pub(super) zone: String,
    pub(super) quiet_from: String,
    pub(super) quiet_until: String,
}

impl WishForm {
    pub(super) fn of(wishes: &Wishes) -> Self {
        let pace = |topic| wishes.pace(topic).as_str().to_owned();
        let hour = |of: fn(&Quiet) -> u32| wishes.quiet.as_ref().map(|quiet| of(quiet).to_string()).unwrap_or_default();
        Self {
            answers: pace(Topic::Answers),
            promises: pace(Topic::Promises),
            words: pace(Topic::Words),
            people: pace(Topic::People),
            meetings: pace(Topic::Meetings),
            keeping: pace(Topic::Keeping),
            other: pace(Topic::Other),
            zone: wishes.zone.as_str().to_owned(),
            quiet_from: hour(|quiet| quiet.from),
            quiet_until: hour(|quiet| quiet.until),
        }
    }

    /// What stands at a topic.
    pub(super) fn at(&self, topic: Topic) -> &str {
        match topic {
            Topic::Answers => &self.answers,
            Topic::Promises => &self.promises,
            Topic::Words => &self.words,
            Topic::People => &self.people,
            Topic::Meetings => &self.meetings,
            Topic::Keeping => &self.keeping,
            Topic::Other => &self.other,
        }
    }

    pub(super) fn parse(&self) -> Result<Wishes, Problems> {
        let mut p = Problems::default();
        let paces = Topic::ALL
            .iter()
            .map(|topic| (*topic, p.one_of::<Pace>(topic.as_str(), self.at(*topic), "Choose when letters about this come")))
            .collect();
        let zone: Zone = p.one_of("zone", &self.zone, "Choose where your clock stands");
        let quiet = self.quiet(&mut p);
        p.or(Wishes { zone, quiet, paces })
    }

    fn quiet(&self, p: &mut Problems) -> Option<Quiet> {
        let mut hour = |field: &'static str, typed: &str| {
            let hour = typed.parse().ok().filter(|hour| *hour < 24_u32);
            if hour.is_none() && !typed.is_empty() {
                p.add(field, "Choose one of these hours");
            }
            hour
        };
        match (hour("quiet_from", &self.quiet_from), hour("quiet_until", &self.quiet_until)) {
            (Some(from), Some(until)) if from != until => Some(Quiet { from, until }),
            (Some(_), Some(_)) => {
                p.add("quiet_until", "Choose another hour than the one at which it begins");
                None
            }
            (Some(_), None) if self.quiet_until.is_empty() => {
                p.add("quiet_until", "Choose until when no letter comes");
                None
            }
            (None, Some(_)) if self.quiet_from.is_empty() => {
                p.add("quiet_from", "Choose from when no letter comes");
                None
            }
            _ => None,
        }
    }
}

/// The hours of a day as people say them.
pub(super) fn hours() -> Vec<Choice> {
    let said = |hour: u32| match hour {
        0 => "midnight".to_owned(),
        1..=11 => format!("{hour} am"),
        12 => "noon".to_owned(),
        _ => format!("{} pm", hour - 12),
    };
    (0..24).map(|hour| Choice::new(hour.to_string(), said(hour))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(from: &str, until: &str) -> Result<Wishes, Problems> {
        let form = WishForm::of(&Wishes { zone: Zone::Central, quiet: None, paces: Vec::new() });
        WishForm { quiet_from: from.to_owned(), quiet_until: until.to_owned(), ..form }.parse()
    }

    #[test]
    fn quiet_hours_are_two_or_none() {
        assert_eq!(typed("", "").unwrap().quiet, None);
        assert_eq!(typed("21", "7").unwrap().quiet, Some(Quiet { from: 21, until: 7 }));
        for (from, until, field) in
            [("21", "", "quiet_until"), ("", "7", "quiet_from"), ("7", "7", "quiet_until"), ("24", "7", "quiet_from")]
        {
            assert!(typed(from, until).unwrap_err().of(field).is_some(), "{from} {until}");
        }
    }
}
