//! What a person keeps about themselves in one agency.

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
    pub(in crate::members) hours: String,
    pub(in crate::members) may_leave_message: bool,
    pub(in crate::members) may_name_agency: bool,
    /// 0 while nothing is kept yet.
    pub(in crate::members) version: i32,
}

impl Reach {
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

/// A duty lent to this person.
#[derive(Debug)]
pub struct LentToMe {
    pub(super) duty: super::super::delegations::Duty,
    pub(super) lent_by: String,
    pub(super) until: NaiveDate,
}
