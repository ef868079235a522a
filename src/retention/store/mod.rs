//! The schedule, decisions and holds in and out. Row security holds the same rules once more (0280_retention.sql).

pub(super) mod destructions;
pub(super) mod holds;
pub(super) mod schedule;
pub(super) mod unseen;
