//! The form of the settings, as typed.

use super::model::{Accent, Set, Use, Zone};
use crate::{
    mail::Language,
    platform::{
        form::{Problems, ticked},
        labels::Label as _,
    },
};
use serde::{Deserialize, Serialize};

/// Everything an agency sets.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    pub(super) name: String,
    pub(super) place: String,
    pub(super) zone: String,
    pub(super) language: String,
    pub(super) contact: String,
    pub(super) accent: String,
    pub(super) hotline: String,
    pub(super) public_records: String,
    pub(super) reporting_notice: String,
    pub(super) minors_rule: String,
    pub(super) scale: String,
    pub(super) assess_at: String,
    pub(super) acknowledge_days: String,
    pub(super) answer_days: String,
    pub(super) escalate_days: String,
    pub(super) working_days: String,
    pub(super) director_reviews: String,
    pub(super) without_name: Vec<String>,
    pub(super) with_name: Vec<String>,
}

impl SettingsForm {
    /// The form that would edit these.
    pub(super) fn of(set: &Set) -> Self {
        let yes = |on: bool| if on { "yes".to_owned() } else { String::new() };
        let uses = |uses: &[Use]| uses.iter().map(|one| one.as_str().to_owned()).collect();
        Self {
            name: set.name.clone(),
            place: set.place.clone(),
            zone: set.zone.name().to_owned(),
            language: set.language.code().to_owned(),
            contact: set.contact.clone(),
            accent: set.accent.map(|accent| accent.to_string()).unwrap_or_default(),
            hotline: set.hotline.clone(),
            public_records: set.public_records.clone(),
            reporting_notice: set.reporting_notice.clone(),
            minors_rule: set.minors_rule.clone().unwrap_or_default(),
            scale: set.scale.join(", "),
            assess_at: set.assess_at.map(|step| step.to_string()).unwrap_or_default(),
            acknowledge_days: set.acknowledge_days.to_string(),
            answer_days: set.answer_days.to_string(),
            escalate_days: set.escalate_days.map(|days| days.to_string()).unwrap_or_default(),
            working_days: yes(set.working_days),
            director_reviews: yes(set.director_reviews),
            without_name: uses(&set.without_name),
            with_name: uses(&set.with_name),
        }
    }

    pub(super) fn parse(&self) -> Result<Set, Problems> {
        let mut p = Problems::default();
        let zone: Zone = p.one_of("zone", &self.zone, "Choose the time zone");
        let minors_rule = p.optional_prose("minors_rule", &self.minors_rule, 2000);
        let scale = scale(&mut p, &self.scale);
        let assess_at = assess_at(&mut p, &self.assess_at, scale.len());
        let set = Set {
            name: p.text("name", &self.name, 200, "Enter the agency’s name"),
            place: p.optional("place", &self.place, 100),
            zone: zone.as_str().parse().unwrap_or(chrono_tz::Tz::UTC),
            language: Language::chosen(&mut p, &self.language).unwrap_or_default(),
            contact: p.text("contact", &self.contact, 200, "Enter a person to talk to, with a number"),
            accent: accent(&mut p, &self.accent),
            hotline: hotline(&mut p, &self.hotline),
            public_records: p.prose("public_records", &self.public_records, 500, "Enter what you say about public records"),
            reporting_notice: p.prose(
                "reporting_notice",
                &self.reporting_notice,
                1000,
                "Enter what is read aloud about the duty to report",
            ),
            minors_rule: (!minors_rule.is_empty()).then_some(minors_rule),
            scale,
            assess_at,
            acknowledge_days: days(&mut p, "acknowledge_days", &self.acknowledge_days),
            answer_days: days(&mut p, "answer_days", &self.answer_days),
            escalate_days: Some(self.escalate_days.trim())
                .filter(|typed| !typed.is_empty())
                .map(|typed| days(&mut p, "escalate_days", typed)),
            working_days: ticked(&self.working_days),
            director_reviews: ticked(&self.director_reviews),
            without_name: uses(&self.without_name).into_iter().filter(|one| *one != Use::Named).collect(),
            with_name: uses(&self.with_name),
        };
        if set.answer_days < set.acknowledge_days && p.of("answer_days").is_none() && p.of("acknowledge_days").is_none() {
            p.add("answer_days", "Enter as many days as for acknowledging, or more");
        }
        p.or(set)
    }
}

/// The number that stands at every free text: words around it are welcome, words alone are of no use.
fn hotline(p: &mut Problems, typed: &str) -> String {
    let hotline = p.text("hotline", typed, 100, "Enter the number where abuse and neglect are reported");
    if !hotline.is_empty() && hotline.chars().filter(char::is_ascii_digit).count() < 3 {
        p.add("hotline", "Enter the number with its digits, such as 555 0100");
    }
    hotline
}

fn days(p: &mut Problems, field: &str, typed: &str) -> i16 {
    i16::try_from(p.whole(field, typed, 1..=180, "Enter a number of days")).unwrap_or(1)
}

fn accent(p: &mut Problems, typed: &str) -> Option<Accent> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let accent = Accent::parse(typed);
    match accent {
        None => p.add("accent", "Enter a color such as #1f5c46"),
        Some(accent) if !accent.is_readable() => p.add(
            "accent",
            format!("Choose a darker color: on our paper {accent} reaches {:.1} to 1, and links need 4.5 to 1", accent.least_contrast()),
        ),
        Some(_) => {}
    }
    accent
}

fn scale(p: &mut Problems, typed: &str) -> Vec<String> {
    let labels = p.list_of("scale", typed);
    let mut once: Vec<String> = labels.iter().map(|label| label.to_lowercase()).collect();
    once.sort();
    once.dedup();
    if once.len() < labels.len() {
        p.add("scale", "Give each step a name of its own");
        return labels;
    }
    if !(2..=5).contains(&labels.len()) || labels.iter().any(|label| label.chars().count() > 30) {
        p.add("scale", "Enter two to five steps, the lowest first, each of at most 30 characters");
    }
    labels
}

fn assess_at(p: &mut Problems, typed: &str, steps: usize) -> Option<i16> {
    if typed.trim().is_empty() {
        return None;
    }
    // A scale of one step is a problem of its own.
    let most = if steps < 2 { 5 } else { i32::try_from(steps).unwrap_or(5) };
    i16::try_from(p.whole("assess_at", typed, 1..=most, "Enter the number of a step, or leave it empty")).ok()
}

fn uses(sent: &[String]) -> Vec<Use> {
    Use::ALL.iter().copied().filter(|one| sent.iter().any(|sent| sent == one.as_str())).collect()
}
