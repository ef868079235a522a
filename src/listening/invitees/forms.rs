//! The forms of invitations, as typed.

use super::model::{Answer, Invitee, MOST_AT_ONCE, Named, Reply, TimeId};
use crate::{
    listening::sessions::begins_at,
    mail::Language,
    platform::{
        form::{Problems, ticked},
        ids::MembershipId,
        labels::Label as _,
    },
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Whom to invite.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct InviteForm {
    pub(super) members: Vec<String>,
    pub(super) people: String,
    pub(super) language: String,
    pub(super) may_name_agency: String,
}

/// The same, parsed.
#[derive(Debug)]
pub(super) struct Invited {
    pub(super) members: BTreeSet<MembershipId>,
    pub(super) people: Vec<Named>,
    pub(super) language: Language,
    pub(super) may_name_agency: bool,
}

impl InviteForm {
    pub(super) fn parse(&self) -> Result<Invited, Problems> {
        let mut p = Problems::default();
        let typed = p.optional_prose("people", &self.people, 40_000);
        let people = named(&mut p, &typed);
        let members: Option<BTreeSet<MembershipId>> = self.members.iter().map(|one| one.trim().parse().ok()).collect();
        if members.is_none() {
            p.add("members", "Choose from the list");
        }
        let members = members.unwrap_or_default();
        if people.is_empty() && members.is_empty() && p.is_empty() {
            p.add("people", "Enter whom to invite, or choose somebody of the list");
        }
        let language = Language::chosen(&mut p, &self.language).unwrap_or_default();
        p.or(Invited { members, people, language, may_name_agency: ticked(&self.may_name_agency) })
    }
}

/// A line each: the name, a comma, the address; or the name alone. What stands after the last comma is an address or nothing, so that one
/// that was typed wrong is never taken for a name.
fn named(p: &mut Problems, typed: &str) -> Vec<Named> {
    let mut all = Vec::new();
    for (number, line) in typed.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()) {
        let (name, address) = line.rsplit_once(',').map_or((line, ""), |(name, address)| (name.trim(), address.trim()));
        if !address.is_empty() && !address.contains('@') {
            p.add(
                "people",
                format!(
                    "Line {}: enter an email address such as name@example.org after the last comma, or end the line with a comma",
                    number + 1
                ),
            );
            return all;
        }
        let mut own = Problems::default();
        let email = own.optional_email("people", address).to_lowercase();
        if !own.is_empty() || name.is_empty() || name.contains('@') || name.chars().count() > 150 {
            p.add("people", format!("Line {}: enter a name, a comma and an email address such as name@example.org", number + 1));
            return all;
        }
        if all.iter().any(|other: &Named| other.may_be(name, &email)) {
            p.add("people", format!("Line {}: take it out, or write the name so that it differs: {name} stands above already", number + 1));
            return all;
        }
        all.push(Named { name: name.to_owned(), email });
    }
    if all.len() > MOST_AT_ONCE {
        p.add("people", format!("Enter at most {MOST_AT_ONCE} people at once"));
    }
    all
}

/// How one of them is called and reached.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct InviteeForm {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) language: String,
    pub(super) may_name_agency: String,
}

impl InviteeForm {
    /// The form that would edit this one.
    pub(super) fn of(one: &Invitee) -> Self {
        let may_name_agency = if one.may_name_agency { "yes".to_owned() } else { String::new() };
        Self { name: one.name.clone(), email: one.email.clone(), language: one.language.clone(), may_name_agency }
    }

    pub(super) fn parse(&self) -> Result<(Named, Language, bool), Problems> {
        let mut p = Problems::default();
        let name = p.text("name", &self.name, 150, "Enter what they are called");
        let email = p.optional_email("email", &self.email).to_lowercase();
        let language = Language::chosen(&mut p, &self.language).unwrap_or_default();
        p.or((Named { name, email }, language, ticked(&self.may_name_agency)))
    }
}

/// A time and place to ask about.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TimeForm {
    pub(super) day: String,
    pub(super) time: String,
    pub(super) place: String,
}

impl TimeForm {
    /// `zone`: of the session.
    pub(super) fn parse(&self, zone: &str, now: DateTime<Utc>) -> Result<(DateTime<Utc>, String), Problems> {
        let mut p = Problems::default();
        let (starts_at, _) = begins_at(&mut p, &self.day, &self.time, zone);
        let place = p.text("place", &self.place, 300, "Enter where it would be");
        if p.is_empty() && starts_at <= now {
            p.add("day", "Enter a day that lies ahead");
        }
        p.or((starts_at, place))
    }
}

/// Which times and places would suit somebody; none is an answer too.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SuitsForm {
    pub(super) times: Vec<String>,
}

impl SuitsForm {
    pub(super) fn parse(&self) -> Result<BTreeSet<TimeId>, Problems> {
        let mut p = Problems::default();
        let times: Option<BTreeSet<TimeId>> = self.times.iter().map(|one| one.trim().parse().ok()).collect();
        if times.is_none() {
            p.add("times", "Choose from the list");
        }
        p.or(times.unwrap_or_default())
    }
}

/// Whether somebody comes, and what they need.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReplyForm {
    pub(super) answer: String,
    pub(super) needs: String,
    /// The number of the plan that was shown.
    pub(super) about: String,
}

impl ReplyForm {
    /// The form with what was answered.
    pub(super) fn of(answer: Option<Answer>, needs: &str) -> Self {
        let answer = answer.map(|one| one.as_str().to_owned()).unwrap_or_default();
        Self { answer, needs: needs.to_owned(), about: String::new() }
    }

    pub(super) fn parse(&self) -> Result<Reply, Problems> {
        let mut p = Problems::default();
        let answer = p.one_of("answer", &self.answer, "Choose whether you come");
        let needs = p.optional_prose("needs", &self.needs, 1000);
        let about = self.about.trim().parse().unwrap_or(-1);
        // Who does not come needs nothing to come.
        let needs = if answer == Answer::NotComing { String::new() } else { needs };
        p.or(Reply { answer, needs, about })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name_with_or_without_an_address() {
        let mut p = Problems::default();
        let all = named(
            &mut p,
            "Wren Ashby, Wren@Example.org\n\n Rowan Ashby \nAshby, Lark, lark@example.org\nDr. Ashby, M.D.,\nWren Ashby, w@example.org",
        );
        let told: Vec<(&str, &str)> = all.iter().map(|one| (one.name.as_str(), one.email.as_str())).collect();
        assert!(p.is_empty(), "{:?}", p.list());
        assert_eq!(
            told,
            [
                ("Wren Ashby", "wren@example.org"),
                ("Rowan Ashby", ""),
                ("Ashby, Lark", "lark@example.org"),
                ("Dr. Ashby, M.D.", ""),
                ("Wren Ashby", "w@example.org")
            ]
        );
        let twice = "Rowan Ashby\nrowan ashby, rowan@example.org";
        for wrong in ["wren@example.org", "Wren, wren@", ", wren@example.org", "Wren, wren.example.org", "Wren, wren at example.org", twice]
        {
            let mut p = Problems::default();
            named(&mut p, wrong);
            assert!(!p.is_empty(), "{wrong}");
        }
    }

    #[test]
    fn who_does_not_come_needs_nothing() {
        let form = |answer: &str| ReplyForm { answer: answer.to_owned(), needs: "A ramp".to_owned(), about: "2".to_owned() };
        let (comes, not) = (form("coming").parse().unwrap(), form("not_coming").parse().unwrap());
        assert_eq!((comes.needs.as_str(), comes.about, not.needs.as_str()), ("A ramp", 2, ""));
        assert!(form("").parse().is_err());
    }
}
