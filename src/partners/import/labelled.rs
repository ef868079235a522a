//! Closed lists of words in stored rows: each as the text that the database and the forms have for it.

use crate::platform::labels::Label;
use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

/// One that must be there.
pub(super) fn serialize<L: Label, S: Serializer>(one: &L, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(one.as_str())
}

/// One that must be there.
pub(super) fn deserialize<'de, L: Label, D: Deserializer<'de>>(from: D) -> Result<L, D::Error> {
    let text = String::deserialize(from)?;
    L::parse(&text).ok_or_else(|| D::Error::custom(format!("{text} is not in the list")))
}

/// One that may be missing.
pub(super) mod maybe {
    use super::{Deserializer, Label, Serializer};
    use serde::Deserialize as _;

    /// Empty when there is none.
    pub(in super::super) fn serialize<L: Label, S: Serializer>(one: &Option<L>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(one.map_or("", |one| one.as_str()))
    }

    /// None when it is empty.
    pub(in super::super) fn deserialize<'de, L: Label, D: Deserializer<'de>>(from: D) -> Result<Option<L>, D::Error> {
        Ok(L::parse(&String::deserialize(from)?))
    }
}
