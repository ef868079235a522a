//! What the first pages read. Row security decides what each may see; every query is limited, and counts in itself what it
//! does not show.

pub(super) mod agency;
pub(super) mod analyst;
pub(super) mod partner;
pub(super) mod promises;
pub(super) mod sessions;
pub(super) mod staff;
pub(super) mod tasks;
pub(super) mod upkeep;
