//! The forms around a time to enter for somebody, as typed.

use super::model::{Begun, Minutes};
use crate::platform::{
    acting::ToldHow,
    form::{Problems, ticked},
};
use serde::{Deserialize, Serialize};

/// How they tell it, and for how long.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BeginForm {
    pub(super) how: String,
    pub(super) minutes: String,
    /// Ticked: the member agreed.
    pub(super) agreed: String,
}

impl BeginForm {
    pub(super) fn parse(&self) -> Result<Begun, Problems> {
        let mut p = Problems::default();
        let how: ToldHow = p.one_of("how", &self.how, "Choose how they tell it to you");
        let minutes: Minutes = p.one_of("minutes", &self.minutes, "Choose for how long");
        if !ticked(&self.agreed) {
            p.add("agreed", "Ask them first, and tick this once they have agreed");
        }
        p.or(Begun { how, minutes })
    }
}

/// A question for somebody, as its fields begin.
#[derive(Debug, Default)]
pub(super) struct QuestionForm {
    pub(super) kind: String,
    pub(super) audience: String,
    pub(super) words: String,
}

/// Whether somebody may enter for oneself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WishForm {
    pub(super) nobody: String,
}
