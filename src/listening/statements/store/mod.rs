//! All SQL of statements, by task.

pub(super) mod answer;
pub(super) mod card;
pub(super) mod choose;
pub(super) mod links;
pub(super) mod list;
pub(super) mod mend;
pub(super) mod notes;
pub(super) mod own;
pub(super) mod renewals;
pub(super) mod show;
pub(super) mod spoken;
pub(super) mod steward;
pub(super) mod waiting;
pub(super) mod write;
