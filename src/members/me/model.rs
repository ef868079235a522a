//! What a person keeps about themselves in one agency.

use crate::platform::ids::SubjectId;
use chrono::NaiveDate;

labels! {
    /// How a person wants to be reached.
    pub enum Channel {
        Email = "email", "By email";
        Text = "text", "By text message";
        Telephone = "telephone", "By telephone";
        Letter = "letter", "By letter";
        InPerson = "in_person", "Only in person";
    }
}

/// How a person may be reached safely; every letter and call list obeys.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    pub(in crate::members) channel: Option<Channel>,
    /// The number or address for that way.
    pub(in crate::members) at: String,
    pub(in crate::members) hours: String,
    pub(in crate::members) may_leave_message: bool,
    pub(in crate::members) may_name_agency: bool,
    /// 0 while nothing is kept yet.
    pub(in crate::members) version: i32,
}

impl Reach {
    /// What is wrong with the number or address for the way that was chosen.
    pub(super) fn lacks(&self) -> Option<&'static str> {
        let digits = self.at.bytes().filter(u8::is_ascii_digit).count();
        match self.channel {
            _ if self.at.is_empty() => None,
            Some(Channel::Text | Channel::Telephone) if digits < 5 || self.at.contains('@') => Some("Enter a telephone number, or nothing"),
            Some(Channel::Email) if !self.at.contains('@') => Some("Enter an email address, or nothing"),
            Some(Channel::InPerson) => Some("Empty this: in person there is no number and no address"),
            None => Some("Choose above how you may be reached there, or empty this"),
            Some(_) => None,
        }
    }

    /// A way that wants a number.
    pub(super) fn wants_number(&self) -> bool {
        matches!(self.channel, Some(Channel::Text | Channel::Telephone))
    }

    pub(in crate::members) fn how(&self) -> &'static str {
        use crate::platform::labels::Label as _;
        self.channel.map_or("Not said", Channel::label)
    }

    pub(in crate::members) fn message(&self) -> &'static str {
        if self.may_leave_message { "yes" } else { "no" }
    }

    pub(in crate::members) fn naming(&self) -> &'static str {
        if self.may_name_agency { "yes" } else { "no" }
    }
}

/// What one of this person's consent cards says about reaching them.
#[derive(Debug)]
pub struct OnCard {
    /// The session's name.
    pub(super) session: String,
    /// That session.
    pub(super) session_id: SubjectId,
    /// The card.
    pub(super) id: uuid::Uuid,
    /// As the card has it.
    pub(super) how: String,
    pub(super) at: String,
    pub(super) hours: String,
    /// Numbers and addresses of other ways, which nobody reads.
    pub(super) aside: Vec<String>,
    /// It says what one's own page says.
    pub(super) same: bool,
}

impl OnCard {
    /// In words.
    pub(super) fn words(&self) -> String {
        use crate::platform::labels::Label as _;
        let how = match self.how.as_str() {
            "" => "Not to be reached",
            "through" => "Through a person you named",
            other => match Channel::parse(other) {
                Some(channel) => channel.label(),
                None => other,
            },
        };
        [how, &self.at, &self.hours].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// A duty lent to this person.
#[derive(Debug)]
pub struct LentToMe {
    pub(super) duty: super::super::delegations::Duty,
    pub(super) lent_by: String,
    pub(super) until: NaiveDate,
}
