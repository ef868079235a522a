//! The forms of a merge, as typed.

use super::model::Said;
use crate::platform::{form::Problems, ids::PartnerId};
use serde::{Deserialize, Serialize};

/// Which other entry is the same, and which of the two stays.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MergeForm {
    pub(super) other: String,
    pub(super) keep: String,
}

impl MergeForm {
    /// The entry that stays and the one that goes.
    pub(super) fn parse(&self, this: PartnerId) -> Result<(PartnerId, PartnerId), Problems> {
        let mut p = Problems::default();
        let other: PartnerId = p.id("other", &self.other, "Choose the other entry");
        let keep: PartnerId = p.id("keep", &self.keep, "Choose which entry stays");
        if p.is_empty() && other == this {
            p.add("other", "Choose another entry than this one");
        }
        if p.is_empty() && keep != this && keep != other {
            p.add("keep", "Choose which entry stays");
        }
        p.or(if keep == this { (this, other) } else { (other, this) })
    }
}

/// A steward's word.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WordForm {
    pub(super) word: String,
}

impl WordForm {
    pub(super) fn parse(&self) -> Result<Said, Problems> {
        let mut p = Problems::default();
        let said = p.one_of("word", &self.word, "Choose your word");
        p.or(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_never_joined_with_itself_or_a_third() {
        let (this, other, third) = (PartnerId::fresh(), PartnerId::fresh(), PartnerId::fresh());
        let form = |other: PartnerId, keep: PartnerId| MergeForm { other: other.to_string(), keep: keep.to_string() }.parse(this).ok();
        assert_eq!(form(other, this), Some((this, other)));
        assert_eq!(form(other, other), Some((other, this)));
        assert_eq!(form(this, this), None);
        assert_eq!(form(other, third), None);
    }
}
