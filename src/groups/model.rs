//! What a group is, and who sits in it.

use crate::{
    commitments::Party,
    listening::sessions::Constituency,
    platform::{
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        subject::Audience,
        words,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

labels! {
    /// What kind of group it is.
    pub enum GroupKind {
        Board = "board", "shared decision-making board";
        Network = "network", "neighborhood network";
        Council = "council", "advisory council";
        Implementation = "implementation", "implementation team";
        Leadership = "leadership", "leadership team";
    }
}

labels! {
    /// How it decides.
    pub enum Method {
        Consensus = "consensus", "by consensus";
        Majority = "majority", "by majority";
        EachSide = "each_side", "only when each side agrees";
        Advice = "advice", "it gives advice, and others decide";
    }
}

labels! {
    /// Whether it meets.
    pub enum State {
        Active = "active", "active";
        Ended = "ended", "ended";
    }
}

/// A group on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// What kind of group.
    pub kind: GroupKind,
    /// Read by the agency alone, until somebody opens it.
    pub draft: bool,
    /// An open-meeting law applies to it.
    pub open_law: bool,
    /// Whether it meets.
    pub state: State,
    /// Its seats.
    pub seats: i64,
    /// Those in which nobody sits.
    pub vacant: i64,
    /// Its next meeting.
    pub next: Option<DateTime<Utc>>,
}

/// Everything about one group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: SubjectId,
    pub(super) name: String,
    pub(super) kind: GroupKind,
    pub(super) purpose: String,
    pub(super) method: Method,
    pub(super) method_note: String,
    pub(super) reports_to_id: Option<SubjectId>,
    pub(super) reports_to: Option<String>,
    pub(super) open_law: bool,
    pub(super) agenda_days: i16,
    pub(super) state: State,
    pub(super) audience: Audience,
    pub(super) version: i32,
}

impl Group {
    /// A draft of the agency.
    pub(super) fn is_draft(&self) -> bool {
        self.audience == Audience::Agency
    }

    /// An open-meeting law applies, and it meets: nobody comments on it.
    pub(super) fn is_closed_to_comments(&self) -> bool {
        self.open_law && self.state == State::Active
    }

    /// What the law asks of this group, in a sentence.
    pub(super) fn law(&self) -> String {
        let days = words::count(i64::from(self.agenda_days), "day", "days");
        format!(
            "The open-meeting law applies: the agenda is published {days} before a meeting and then stays as it is, votes are by name \
             and never secret, members do not comment among themselves on what is coming, and every member of the partnership reads the minutes."
        )
    }
}

/// A group, parsed from a form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: GroupKind,
    pub(super) purpose: String,
    pub(super) method: Method,
    pub(super) method_note: String,
    pub(super) reports_to: Option<SubjectId>,
    pub(super) open_law: bool,
    pub(super) agenda_days: i16,
    pub(super) state: State,
    pub(super) audience: Audience,
}

/// One version of a charter.
#[derive(Debug, Clone)]
pub(super) struct Charter {
    pub(super) version: i32,
    pub(super) text: String,
    pub(super) agreed: String,
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}

/// A seat, with who sits in it now.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) id: Uuid,
    pub(super) constituency: Constituency,
    pub(super) title: String,
    pub(super) is_chair: bool,
    pub(super) body_id: Option<PartnerId>,
    pub(super) body: Option<String>,
    pub(super) person: Option<String>,
    pub(super) mandate: String,
    pub(super) from_on: Option<NaiveDate>,
    pub(super) until_on: Option<NaiveDate>,
}

impl Seat {
    /// How the seat is called.
    pub(super) fn called(&self) -> String {
        let name = if self.title.is_empty() { self.constituency.label().to_owned() } else { self.title.clone() };
        if self.is_chair { format!("{name}, chair") } else { name }
    }

    /// Nobody sits in it: its term is over, or it was never given.
    pub(super) fn is_vacant(&self) -> bool {
        self.body.is_none() && self.person.is_none()
    }

    /// A body has it, and has not said who sits for it.
    pub(super) fn awaits_name(&self) -> bool {
        self.body.is_some() && self.person.is_none()
    }

    /// Who sits in it, as the reader may know them.
    pub(super) fn who(&self) -> String {
        match (&self.person, &self.body) {
            (Some(person), Some(body)) => format!("{person}, for {body}"),
            (Some(person), None) => person.clone(),
            (None, Some(body)) => format!("{body} has not said yet who sits for it"),
            (None, None) => "Vacant".to_owned(),
        }
    }

    /// From when and until when.
    pub(super) fn term(&self) -> String {
        match (self.from_on, self.until_on) {
            (Some(from), Some(until)) => format!("{} to {}", words::day(from), words::day(until)),
            (Some(from), None) => format!("since {}", words::day(from)),
            (None, _) => String::new(),
        }
    }
}

/// Somebody who sat in a seat before.
#[derive(Debug, Clone)]
pub(super) struct Former {
    pub(super) seat: Uuid,
    pub(super) who: String,
    pub(super) from_on: NaiveDate,
    pub(super) until_on: NaiveDate,
}

/// A seat, parsed from a form.
#[derive(Debug)]
pub(super) struct NewSeat {
    pub(super) constituency: Constituency,
    pub(super) title: String,
    pub(super) is_chair: bool,
}

/// A term, parsed from a form.
#[derive(Debug)]
pub(super) struct NewTerm {
    pub(super) who: Party,
    pub(super) mandate: String,
    pub(super) from_on: NaiveDate,
    pub(super) until_on: Option<NaiveDate>,
}

/// Who sits for a body, parsed from a form.
#[derive(Debug)]
pub(super) struct Sitter {
    pub(super) member: MembershipId,
    pub(super) mandate: String,
}

/// A meeting beside its group.
#[derive(Debug, Clone)]
pub(super) struct Met {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ahead: bool,
    pub(super) called_off: bool,
}

/// Something that came up to the group, or that it sent up itself.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    pub(super) what: String,
    pub(super) path: String,
    /// The meeting it was sent from.
    pub(super) title: String,
    /// It came up to this group, and did not go up from it.
    pub(super) came: bool,
    pub(super) at: DateTime<Utc>,
    pub(super) back: String,
}

/// The constituencies that have seats, as choices.
pub(super) fn constituencies() -> Vec<Choice> {
    Constituency::ALL.iter().filter(|one| **one != Constituency::Other).map(|one| Choice::new(one.as_str(), one.label())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(body: Option<&str>, person: Option<&str>) -> Seat {
        Seat {
            id: Uuid::nil(),
            constituency: Constituency::Tribes,
            title: String::new(),
            is_chair: true,
            body_id: None,
            body: body.map(str::to_owned),
            person: person.map(str::to_owned),
            mandate: String::new(),
            from_on: None,
            until_on: None,
        }
    }

    #[test]
    fn a_seat_says_who_sits_in_it_and_for_whom() {
        assert_eq!(seat(None, None).who(), "Vacant");
        assert_eq!(seat(Some("Tall Pine Tribe"), Some("Thomas Greywater")).who(), "Thomas Greywater, for Tall Pine Tribe");
        assert!(seat(Some("Tall Pine Tribe"), None).awaits_name());
        assert_eq!(seat(None, None).called(), "Tribes, chair");
    }
}
