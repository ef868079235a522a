//! What a page shows, as a number: two pages that show the same have the same. It is a sum of hashes, so that nothing can be read from it.

use super::super::{here::Here, ids::SubjectId, subject};
use sha2::{Digest as _, Sha256};
use std::{fmt, ops::Add, str::FromStr};
use uuid::Uuid;

/// Rows, each with its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum(u64);

impl Sum {
    /// In whatever order they come.
    pub fn of(rows: impl IntoIterator<Item = (impl Into<Uuid>, i32)>) -> Self {
        rows.into_iter().fold(Self::default(), |sum, (id, version)| sum + Self::one(id.into(), version))
    }

    fn one(id: Uuid, version: i32) -> Self {
        let hash = Sha256::new().chain_update(id.as_bytes()).chain_update(version.to_be_bytes()).finalize();
        Self(hash.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

impl Add for Sum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

/// What a page shows, and how much its reader has not read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seen {
    /// The record's.
    pub sum: Sum,
    /// Of what they were told, at most a hundred.
    pub unread: i64,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}.{}", self.sum.0, self.unread)
    }
}

impl FromStr for Seen {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (sum, unread) = text.split_once('.').ok_or(())?;
        let sum = Sum(u64::from_str_radix(sum, 16).map_err(|_| ())?);
        Ok(Self { sum, unread: unread.parse().map_err(|_| ())? })
    }
}

impl Here {
    /// Where this page hears that there is more to read for its reader. Empty where nobody listens.
    #[must_use]
    pub fn live(&self) -> String {
        let seen = Seen { sum: Sum::default(), unread: self.unread() };
        self.membership().map_or_else(String::new, |_| format!("{}?seen={seen}", subject::live_path(self.slug())))
    }

    /// The same, and of a record that it shows.
    #[must_use]
    pub fn live_of(&self, record: impl Into<SubjectId>, sum: &Sum) -> String {
        let seen = Seen { sum: *sum, unread: self.unread() };
        self.membership().map_or_else(String::new, |_| format!("{}?of={}&seen={seen}", subject::live_path(self.slug()), record.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_in_any_order_are_the_same() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(Sum::of([(a, 1), (b, 2)]), Sum::of([(b, 2)]) + Sum::of([(a, 1)]));
        assert_ne!(Sum::of([(a, 1), (b, 2)]), Sum::of([(a, 2), (b, 1)]));
        assert_ne!(Sum::of([(a, 1)]), Sum::of([(a, 1), (b, 1)]));
    }

    #[test]
    fn what_was_seen_comes_back_as_it_was_sent() {
        let seen = Seen { sum: Sum::of([(Uuid::from_u128(7), 3)]), unread: 12 };
        assert_eq!(seen.to_string().parse(), Ok(seen));
        for typed in ["", ".", "12", "g.1", "1.x", "11111111111111111.1"] {
            assert!(typed.parse::<Seen>().is_err(), "{typed}");
        }
    }
}
