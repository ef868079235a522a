//! What a steward chose on the desk, as sent.

use super::model::MOST_AT_ONCE;
use crate::{
    platform::{form::Problems, ids::PartnerId, subject::Audience},
    protocols::ProtocolId,
};
use serde::{Deserialize, Serialize};

/// Records of a list; for narrowing who may read them at most from now on, for a protocol which one.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ChosenForm {
    pub(super) record: Vec<String>,
    /// Chosen as well, and left as they are.
    pub(super) left: Vec<String>,
    /// The list from which they were chosen.
    pub(super) from: String,
    pub(super) audience: String,
    pub(super) protocol: String,
    pub(super) sure: String,
}

impl ChosenForm {
    /// The records, each once; what is no number is left out.
    pub(super) fn records(&self) -> Vec<uuid::Uuid> {
        ids(&self.record)
    }

    /// Those that were chosen and left as they are.
    pub(super) fn left(&self) -> Vec<uuid::Uuid> {
        ids(&self.left)
    }

    /// Who may read them at most.
    pub(super) fn parse_audience(&self) -> Result<Audience, Problems> {
        let mut p = Problems::default();
        let audience = p.one_of("audience", &self.audience, "Choose who may read them at most");
        p.or(audience)
    }

    /// The protocol to be put on them.
    pub(super) fn parse_protocol(&self) -> Result<ProtocolId, Problems> {
        let mut p = Problems::default();
        let protocol = p.id("protocol", &self.protocol, "Choose the protocol");
        p.or(protocol)
    }

    /// The protocol to be taken off them, once the question is answered.
    pub(super) fn parse_taking_off(&self) -> Result<ProtocolId, Problems> {
        let mut p = Problems::default();
        let protocol = p.id("protocol", &self.protocol, "Choose the protocol");
        if !crate::platform::form::ticked(&self.sure) {
            p.add("sure", "Tick that more people may read them then");
        }
        p.or(protocol)
    }

    /// The question before something that cannot be undone was answered.
    pub(super) fn parse_sure(&self, what: &str) -> Result<(), Problems> {
        let mut p = Problems::default();
        if !crate::platform::form::ticked(&self.sure) {
            p.add("sure", what);
        }
        p.or(())
    }
}

fn ids(typed: &[String]) -> Vec<uuid::Uuid> {
    let mut all: Vec<uuid::Uuid> = typed.iter().filter_map(|one| one.trim().parse().ok()).collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(MOST_AT_ONCE);
    all
}

/// The body that a record concerns.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ConcernForm {
    pub(super) body: String,
}

impl ConcernForm {
    pub(super) fn parse(&self) -> Result<PartnerId, Problems> {
        let mut p = Problems::default();
        let body = p.id("body", &self.body, "Choose whom it concerns");
        p.or(body)
    }
}
