//! What a goal is, and whose word stands behind it.

use crate::platform::{
    error::Error,
    form::Problems,
    ids::{MembershipId, PartnerId, SubjectId},
    policy::Hat,
    subject::Audience,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};

labels! {
    /// Where a goal stands.
    pub enum State {
        Proposed = "proposed", "proposed";
        InForce = "in_force", "in force";
        Met = "met", "met";
        SetAside = "set_aside", "set aside";
    }
}

impl State {
    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Proposed => "wait",
            Self::InForce => "",
            Self::Met => "good",
            Self::SetAside => "quiet",
        }
    }
}

labels! {
    /// The word on one version.
    pub enum Word {
        Agreed = "agreed", "Yes, to this version";
        NotAgreed = "not_agreed", "No, not to this version";
    }
}

impl Word {
    /// In one word or two.
    #[must_use]
    pub fn short(self) -> &'static str {
        if self == Self::Agreed { "agreed" } else { "not agreed" }
    }

    /// How its mark looks; the words carry the meaning.
    #[must_use]
    pub fn tone(self) -> &'static str {
        if self == Self::Agreed { "good" } else { "late" }
    }
}

/// "46 percent", "1,204 children", "3.5".
pub(super) fn told(value: f64, unit: &str) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let text = rounded.abs().to_string();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, part)| (whole, format!(".{part}")));
    let mut grouped = String::new();
    for (number, digit) in whole.chars().enumerate() {
        if number > 0 && (whole.len() - number).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if rounded < 0.0 { "−" } else { "" };
    format!("{sign}{grouped}{part} {unit}").trim_end().to_owned()
}

fn told_on(value: Option<f64>, unit: &str, on: Option<NaiveDate>) -> String {
    match (value, on) {
        (Some(value), Some(on)) => format!("{}, {}", told(value, unit), words::day(on)),
        (Some(value), None) => told(value, unit),
        _ => String::new(),
    }
}

/// A goal on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Read by the agency alone, until somebody opens it.
    pub draft: bool,
    /// What both sides want to reach, in the present version.
    pub text: String,
    /// Where it stands.
    pub state: State,
    /// Its version.
    pub version: i32,
    /// The newest version to which somebody on the partners’ side agreed.
    pub agreed_version: Option<i32>,
    /// The text of that version, when the present one is newer.
    pub former_text: Option<String>,
    /// How it is known.
    pub indicator: String,
    /// In what it is counted.
    pub unit: String,
    /// The latest value.
    pub latest: Option<f64>,
    /// Of which day.
    pub latest_on: Option<NaiveDate>,
    /// The value to reach.
    pub target: Option<f64>,
    /// Words of agreement to this version.
    pub agreed: i64,
    /// Bodies that do not agree to this version.
    pub not_agreed: Vec<String>,
    /// Owner on the agency’s side.
    pub owner: Option<String>,
    /// Owner on the partners’ side.
    pub partner_owner: Option<String>,
}

impl Listed {
    /// The version in force and its text, while a newer one waits for its first agreement.
    #[must_use]
    pub fn older_in_force(&self) -> Option<(i32, &str)> {
        let version = older_in_force(self.state, self.agreed_version, self.version)?;
        Some((version, self.former_text.as_deref().unwrap_or(&self.text)))
    }

    /// The latest value with its day, or nothing.
    #[must_use]
    pub fn latest_told(&self) -> String {
        told_on(self.latest, &self.unit, self.latest_on)
    }

    /// The value to reach, or nothing.
    #[must_use]
    pub fn target_told(&self) -> String {
        told_on(self.target, &self.unit, None)
    }
}

/// Everything about one goal.
#[derive(Debug, Clone)]
pub(super) struct Goal {
    pub(super) id: SubjectId,
    pub(super) text: String,
    pub(super) owner_id: Option<MembershipId>,
    pub(super) owner: Option<String>,
    pub(super) partner_owner_id: Option<PartnerId>,
    pub(super) partner_owner: Option<String>,
    pub(super) indicator: String,
    pub(super) unit: String,
    pub(super) baseline: Option<f64>,
    pub(super) baseline_on: Option<NaiveDate>,
    pub(super) target: Option<f64>,
    pub(super) target_on: Option<NaiveDate>,
    pub(super) story: String,
    pub(super) story_version: i32,
    pub(super) state: State,
    pub(super) audience: Audience,
    pub(super) version: i32,
    pub(super) created_at: DateTime<Utc>,
    /// Since when it has read as it reads now.
    pub(super) since: DateTime<Utc>,
}

/// A measured value.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) on_day: NaiveDate,
    pub(super) value: f64,
    pub(super) source: String,
    pub(super) entered_by: String,
}

impl Goal {
    /// The parts of what partners agree to that an entry says otherwise, by the names of their fields, each with the text that stands
    /// there now; what holds no text has none.
    pub(super) fn otherwise(&self, entry: &Entry) -> Vec<(&'static str, String)> {
        let written =
            [("text", &self.text, &entry.text), ("indicator", &self.indicator, &entry.indicator), ("unit", &self.unit, &entry.unit)];
        let chosen = [
            ("baseline", (self.baseline, self.baseline_on) != (entry.baseline, entry.baseline_on)),
            ("target", (self.target, self.target_on) != (entry.target, entry.target_on)),
            ("owner", self.owner_id != entry.owner),
            ("partner_owner", self.partner_owner_id != entry.partner_owner),
        ];
        let written = written.into_iter().filter(|(_, was, is)| was != is).map(|(field, _, is)| (field, is.clone()));
        written.chain(chosen.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| (field, String::new()))).collect()
    }

    /// What partners agree to, each part under its label.
    pub(super) fn as_agreed(&self) -> Vec<(String, String)> {
        let value = |value: Option<f64>, on: Option<NaiveDate>| match (value, on) {
            (Some(value), Some(on)) => format!("{value} {} on {}", self.unit, words::day(on)),
            _ => String::new(),
        };
        [
            ("Goal", self.text.clone()),
            ("What is measured", self.indicator.clone()),
            ("Baseline", value(self.baseline, self.baseline_on)),
            ("Target", value(self.target, self.target_on)),
            ("Owner at the agency", self.owner.clone().unwrap_or_default()),
            ("Owner on the partners’ side", self.partner_owner.clone().unwrap_or_default()),
        ]
        .map(|(label, text)| (label.to_owned(), text))
        .into()
    }

    pub(super) fn baseline_told(&self) -> String {
        told_on(self.baseline, &self.unit, self.baseline_on)
    }

    pub(super) fn baseline_value(&self) -> String {
        told_on(self.baseline, &self.unit, None)
    }

    pub(super) fn target_told(&self) -> String {
        told_on(self.target, &self.unit, self.target_on)
    }
}

impl Value {
    pub(super) fn told(&self, unit: &str) -> String {
        told(self.value, unit)
    }
}

/// Somebody's word on a version.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) version: i32,
    pub(super) word: Word,
    /// Given on the partners’ side of the table.
    pub(super) partners_side: bool,
    pub(super) note: String,
    pub(super) by: String,
    pub(super) body: Option<String>,
    pub(super) at: DateTime<Utc>,
    /// Given by the reader or for the reader’s body.
    pub(super) ours: bool,
}

/// A former version: its fields with their labels, as they were.
#[derive(Debug, Clone)]
pub(super) struct Former {
    pub(super) version: i32,
    pub(super) fields: Vec<(String, String)>,
    pub(super) by: String,
    pub(super) replaced_at: DateTime<Utc>,
}

/// A goal, parsed from a form: everything that partners agree to, and who may read it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) owner: Option<MembershipId>,
    pub(super) partner_owner: Option<PartnerId>,
    pub(super) indicator: String,
    pub(super) unit: String,
    pub(super) baseline: Option<f64>,
    pub(super) baseline_on: Option<NaiveDate>,
    pub(super) target: Option<f64>,
    pub(super) target_on: Option<NaiveDate>,
    pub(super) audience: Audience,
    pub(super) barriers: Vec<SubjectId>,
}

/// A value, parsed from a form.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) on_day: NaiveDate,
    pub(super) value: f64,
    pub(super) source: String,
}

/// Proof that somebody may give a word on shared documents, and for whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    /// The body they speak for; none for the agency and for a person without a body.
    pub(super) body: Option<PartnerId>,
}

/// Who may give a word: the agency's director; for a body, whoever speaks for it today; a person without a body, for
/// themselves. Anybody else of a body needs its mandate first.
pub(super) fn voice(hat: Hat, body: Option<PartnerId>, speaks: bool) -> Result<Voice, Error> {
    match (hat, body) {
        (Hat::Director, _) => Ok(Voice { body: None }),
        (Hat::Partner | Hat::Steward, None) => Ok(Voice { body: None }),
        (Hat::Partner | Hat::Steward, Some(body)) if speaks => Ok(Voice { body: Some(body) }),
        (Hat::Partner | Hat::Steward, Some(_)) => {
            let mut problems = Problems::default();
            problems.add("word", "Ask your stewards for a mandate: only who speaks for your organization or Tribe can give its word");
            Err(Error::Refused(problems))
        }
        _ => Err(Error::NotAllowed),
    }
}

/// The newest version that somebody on the partners' side agreed to; the agency's own word alone puts nothing in force.
pub(super) fn agreed_version(given: &[Given]) -> Option<i32> {
    given.iter().filter(|one| one.word == Word::Agreed && one.partners_side).map(|one| one.version).max()
}

/// The version in force, of a goal that is.
pub(super) fn in_force(state: State, agreed: Option<i32>) -> Option<i32> {
    agreed.filter(|_| state == State::InForce)
}

/// The version that stays in force while a newer one waits for a partner's word.
pub(super) fn older_in_force(state: State, agreed: Option<i32>, now: i32) -> Option<i32> {
    in_force(state, agreed).filter(|version| *version < now)
}

/// Whether the reader can give a word, or what they need first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    /// They may.
    Yes,
    /// Somebody of a body without its mandate.
    NeedsMandate,
    /// The agency's word is its director's.
    No,
}

impl Speaks {
    pub(super) fn of(hat: Hat, body: Option<PartnerId>, speaks: bool) -> Self {
        match voice(hat, body, speaks) {
            Ok(_) => Self::Yes,
            Err(Error::Refused(_)) => Self::NeedsMandate,
            Err(_) => Self::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(version: i32, word: Word, partners_side: bool) -> Given {
        Given { version, word, partners_side, note: String::new(), by: String::new(), body: None, at: DateTime::UNIX_EPOCH, ours: false }
    }

    #[test]
    fn the_agencys_own_word_puts_nothing_in_force() {
        let words = [given(1, Word::Agreed, true), given(2, Word::Agreed, false), given(3, Word::NotAgreed, true)];
        assert_eq!(agreed_version(&words), Some(1));
        assert_eq!(older_in_force(State::InForce, Some(1), 3), Some(1));
        assert_eq!(older_in_force(State::InForce, Some(3), 3), None);
        assert_eq!(older_in_force(State::Proposed, Some(1), 3), None);
    }
}
