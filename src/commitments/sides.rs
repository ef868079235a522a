//! Who can own something or promise it, on either side of the table.

use super::model::{Party, Side};
use crate::platform::{
    form::{Choice, Problems},
    labels::Label as _,
    subject::Audience,
};

/// The people of the agency, the partners, and community members without a body, as choices of a form.
#[derive(Debug, Default, Clone)]
pub struct Sides {
    /// Directors and staff.
    pub agency: Vec<Choice>,
    /// Tribal governments, then partners.
    pub partners: Vec<Choice>,
    /// Community members who belong to no body.
    pub people: Vec<Choice>,
}

impl Sides {
    /// Everybody on the partners' side.
    #[must_use]
    pub fn partner_side(&self) -> Vec<Choice> {
        self.partners.iter().chain(&self.people).cloned().collect()
    }

    /// Everybody, the agency first.
    #[must_use]
    pub fn all(&self) -> Vec<Choice> {
        self.agency.iter().chain(&self.partners).chain(&self.people).cloned().collect()
    }

    /// Who may read a record that both sides work on: everybody, or the agency while it is a draft.
    #[must_use]
    pub fn audiences() -> Vec<Choice> {
        vec![
            Choice::new(Audience::Partnership.as_str(), "Every member of the partnership"),
            Choice::new(Audience::Agency.as_str(), "The agency’s staff only, while it is a draft"),
        ]
    }

    /// The drafts among such records, as a filter of their lists.
    #[must_use]
    pub fn drafts() -> Vec<Choice> {
        vec![Choice::new("all", "Drafts only"), Choice::new("mine", "My drafts")]
    }

    /// What a form said of it.
    #[must_use]
    pub fn audience(sent: &str) -> Audience {
        if sent == Audience::Agency.as_str() { Audience::Agency } else { Audience::Partnership }
    }

    /// Who is meant by what a form sent, and on which side they are.
    #[must_use]
    pub fn party(&self, sent: &str) -> Option<(Side, Party)> {
        let id = sent.trim().parse::<uuid::Uuid>().ok()?;
        let among = |list: &[Choice]| list.iter().any(|one| one.value == id.to_string());
        if among(&self.agency) {
            Some((Side::Agency, Party::Member(id.into())))
        } else if among(&self.partners) {
            Some((Side::Partner, Party::Body(id.into())))
        } else {
            among(&self.people).then(|| (Side::Partner, Party::Member(id.into())))
        }
    }

    /// An owner on the agency's side that may be left out; anybody else is a problem of that field.
    pub fn agency_owner(&self, p: &mut Problems, field: &str, sent: &str) -> Option<crate::platform::ids::MembershipId> {
        match (sent.trim().is_empty(), self.party(sent)) {
            (false, Some((Side::Agency, Party::Member(id)))) => Some(id),
            (true, _) => None,
            _ => {
                p.add(field, "Choose one of the list");
                None
            }
        }
    }

    /// An owning body on the partners' side that may be left out.
    pub fn partner_owner(&self, p: &mut Problems, field: &str, sent: &str) -> Option<crate::platform::ids::PartnerId> {
        match (sent.trim().is_empty(), self.party(sent)) {
            (false, Some((_, Party::Body(id)))) => Some(id),
            (true, _) => None,
            _ => {
                p.add(field, "Choose one of the list");
                None
            }
        }
    }
}
