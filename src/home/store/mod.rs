//! What the first pages read. Row security decides what each may see; every query is limited.

pub(super) mod agency;
pub(super) mod partner;
pub(super) mod staff;
