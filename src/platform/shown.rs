//! Contributed words that a transaction has read, to be noted before they are shown.

use chrono::{DateTime, SecondsFormat, Utc};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) records: Vec<uuid::Uuid>,
    pub(super) comments: Vec<uuid::Uuid>,
    /// The record that was noted when the transaction began.
    pub(super) opened: Option<uuid::Uuid>,
}

impl Shown {
    pub(super) fn of(record: uuid::Uuid) -> Self {
        Self { records: vec![record], ..Self::default() }
    }

    /// Nothing is left to be noted.
    pub(super) fn is_empty(&self) -> bool {
        self.comments.is_empty() && self.records.iter().all(|one| Some(*one) == self.opened)
    }

    /// The statement that notes it, of typed values only: what is noted, and for whom, the function alone decides.
    pub(super) fn noting(&self, at: DateTime<Utc>) -> String {
        let ids = |ids: &[uuid::Uuid]| ids.iter().map(uuid::Uuid::to_string).collect::<Vec<_>>().join(",");
        let (records, comments, at) = (ids(&self.records), ids(&self.comments), at.to_rfc3339_opts(SecondsFormat::Micros, true));
        format!("select note_viewed('{{{records}}}', '{{{comments}}}', '{at}')")
    }
}
