//! What the hat worn may do, for showing or leaving out a link or a button. What keeps anybody out is the guard.

use super::{
    super::policy::{self, Hat, Permission},
    Here,
};

impl Here {
    /// Whether the hat worn has a permission, for showing or leaving out a button.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        self.0.hat.is_some_and(|hat| P::GRANT.hats.contains(&hat))
    }

    /// The same by the permission's name, for templates: `here.can("EditPartners")`. An unknown name is never allowed
    /// (a house test reads the templates for such).
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.0.hat.is_some_and(|hat| policy::ALL.iter().any(|grant| grant.name == permission && grant.hats.contains(&hat)))
    }

    /// Whether the hat worn may open pages of this kind at all: a link that leads to a refusal is not drawn.
    #[must_use]
    pub fn opens(&self, path: &str) -> bool {
        match path.split('/').nth(2) {
            Some("statements") => self.can("ViewStatements"),
            Some("themes") => self.can("ViewThemes"),
            Some("outreach") => self.can("ViewOutreach"),
            Some("loops") => self.can("ViewLoops"),
            Some("obstacles") => self.can("ViewObstacles"),
            _ => true,
        }
    }

    /// On the agency's side of the table.
    #[must_use]
    pub fn is_agency_side(&self) -> bool {
        self.0.hat.is_some_and(Hat::is_agency_side)
    }

    /// On the partners’ side of the table.
    #[must_use]
    pub fn is_partner_side(&self) -> bool {
        self.0.hat.is_some_and(|hat| matches!(hat, Hat::Partner | Hat::Steward))
    }
}
