//! All SQL of consent, by task.

pub(super) mod bodies;
pub(super) mod quoting;
pub(super) mod recalls;
pub(super) mod rereading;
pub(super) mod sealing;
mod settled;
pub(super) mod withdrawal;
