//! Reports in and out of the database: exports themselves, the rows that go into them, and the year in numbers.

pub(in crate::reports) mod consents;
pub(in crate::reports) mod exports;
pub(in crate::reports) mod rows;
pub(in crate::reports) mod year;
