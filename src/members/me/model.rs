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
    pub(super) channel: Option<Channel>,
    pub(super) hours: String,
    pub(super) may_leave_message: bool,
    pub(super) may_name_agency: bool,
    /// 0 while nothing is kept yet.
    pub(super) version: i32,
}

/// A duty lent to this person.
#[derive(Debug)]
pub struct LentToMe {
    pub(super) duty: super::super::delegations::Duty,
    pub(super) lent_by: String,
    pub(super) until: NaiveDate,
}
