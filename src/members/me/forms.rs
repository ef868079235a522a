//! The forms of one's own page, as typed.

use super::model::{Channel, Reach};
use crate::platform::{
    form::{Problems, ticked},
    ids::MembershipId,
    labels::Label as _,
};
use serde::{Deserialize, Serialize};

/// How one may be reached.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReachForm {
    pub(super) channel: String,
    pub(super) at: String,
    /// What is kept aside for other ways goes.
    pub(super) forget: String,
    pub(super) hours: String,
    pub(super) message: String,
    pub(super) name_agency: String,
}

impl ReachForm {
    pub(super) fn of(reach: &Reach) -> Self {
        let yes = |on: bool| if on { "yes".to_owned() } else { String::new() };
        Self {
            channel: reach.channel.map(|channel| channel.as_str().to_owned()).unwrap_or_default(),
            at: reach.at.clone(),
            forget: String::new(),
            hours: reach.hours.clone(),
            message: yes(reach.may_leave_message),
            name_agency: yes(reach.may_name_agency),
        }
    }

    pub(super) fn parse(&self) -> Result<Reach, Problems> {
        let mut p = Problems::default();
        let reach = Reach {
            channel: p.optional_one_of::<Channel>("channel", &self.channel),
            at: p.number_or_address("at", &self.at, 254),
            hours: p.optional_prose("hours", &self.hours, 200),
            may_leave_message: ticked(&self.message),
            may_name_agency: ticked(&self.name_agency),
            version: 0,
        };
        if let Some(wanted) = reach.lacks() {
            p.add("at", wanted);
        }
        p.or(reach)
    }
}

/// Who may know.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ReadersForm {
    pub(super) reader: Vec<String>,
}

impl ReadersForm {
    pub(super) fn parse(&self) -> Result<Vec<MembershipId>, Problems> {
        let mut p = Problems::default();
        let readers = self.reader.iter().filter_map(|one| p.optional_id("reader", one)).collect();
        p.or(readers)
    }
}
