//! All SQL of themes, by task.

pub(super) mod read;
pub(super) mod write;
