//! All SQL of themes, by task.

pub(super) mod changes;
pub(super) mod coding;
pub(super) mod counts;
pub(super) mod moves;
pub(super) mod read;
pub(super) mod write;
