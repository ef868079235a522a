//! The way around: the field's five functions in the field's order, and the pages below each. A page is shown to those
//! whose hat has its permission; a test checks that every entry leads to a route.

use super::policy::{self, Grant, Hat, Permission};

/// One link of the way around.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// What it is called.
    pub label: &'static str,
    /// Where it leads.
    pub href: String,
    /// Whether the page shown lies there.
    pub current: bool,
    /// How many things wait there, where that is known.
    pub count: Option<i64>,
}

/// A page of a section: its label, its address below the agency, what it needs.
pub type Entry = (&'static str, &'static str, Grant);

/// The sections and their pages, in order.
pub const SECTIONS: &[(&str, &[Entry])] = &[
    ("Home", &[("Home", "", policy::SeeHome::GRANT)]),
    ("Your word is wanted", &[("Your word is wanted", "/wanted", policy::SeeWanted::GRANT)]),
    ("Your desk", &[("Your desk", "/desk", policy::KeepDesk::GRANT)]),
    (
        "Relationships",
        &[
            ("Partners", "/partners", policy::ViewPartners::GRANT),
            ("Landscape", "/partners/landscape", policy::ViewLandscape::GRANT),
            ("Outreach", "/outreach", policy::ViewOutreach::GRANT),
            ("Listening sessions", "/sessions", policy::ViewSessions::GRANT),
            ("Statements", "/statements", policy::ViewStatements::GRANT),
            ("Themes", "/themes", policy::ViewThemes::GRANT),
            ("Shared goals", "/goals", policy::ViewFramework::GRANT),
            ("Working together", "/obstacles", policy::ViewObstacles::GRANT),
        ],
    ),
    (
        "System barriers",
        &[
            ("Barriers", "/barriers", policy::ViewFramework::GRANT),
            ("Action plans", "/plans", policy::ViewFramework::GRANT),
            ("Commitments", "/commitments", policy::ViewFramework::GRANT),
        ],
    ),
    (
        "Feedback",
        &[
            ("Questions and answers", "/loops", policy::ViewLoops::GRANT),
            ("You said, we did", "/answers", policy::ViewLoops::GRANT),
            ("What answers can change", "/influence", policy::ViewLoops::GRANT),
            ("Groups", "/groups", policy::ViewGroups::GRANT),
            ("Meetings and forums", "/meetings", policy::ViewGroups::GRANT),
            ("Trust", "/trust", policy::SeeTrust::GRANT),
        ],
    ),
    ("Reports", &[("Reports", "/reports", policy::ViewReports::GRANT), ("Exports", "/reports/exports", policy::ViewReports::GRANT)]),
    (
        "Settings",
        &[
            ("Members", "/members", policy::ViewMembers::GRANT),
            ("Agency", "/settings", policy::ManageSettings::GRANT),
            ("Closed days", "/closed-days", policy::SeeClosedDays::GRANT),
            ("Changes of settings", "/settings/changes", policy::SeeSettings::GRANT),
            ("Who can see what", "/who-sees", policy::AskWhoSees::GRANT),
            ("Retention", "/retention", policy::SeeRetention::GRANT),
            ("Who changed what", "/audit", policy::ViewAudit::GRANT),
            ("Emergency openings", "/emergency-openings", policy::SeeOpenings::GRANT),
            ("Letters to you", "/notices/letters", policy::KeepOwnPage::GRANT),
        ],
    ),
];

/// The sections and the pages of the current one, for a hat at an address. `landscape`: it is open to this person; a partner
/// has their own pair in any case.
pub(super) fn of(slug: &str, path: &str, hat: Hat, landscape: bool) -> (Vec<NavItem>, Vec<NavItem>) {
    let below = path.strip_prefix('/').and_then(|rest| rest.strip_prefix(slug)).unwrap_or_default();
    let current =
        SECTIONS.iter().flat_map(|(_, pages)| pages.iter()).filter(|(_, at, _)| lies_at(below, at)).max_by_key(|(_, at, _)| at.len());
    let mut sections = Vec::new();
    let mut pages_here = Vec::new();
    for (label, pages) in SECTIONS {
        let open: Vec<&Entry> = pages
            .iter()
            .filter(|(_, _, grant)| {
                grant.hats.contains(&hat) && (landscape || hat != Hat::Staff || grant.name != policy::ViewLandscape::GRANT.name)
            })
            .collect();
        let Some(first) = open.first() else { continue };
        let is_current = current.is_some_and(|(_, at, _)| pages.iter().any(|(_, page, _)| page == at));
        sections.push(item(label, slug, first.1, is_current));
        if is_current && open.len() > 1 {
            pages_here = open.iter().map(|(label, at, _)| item(label, slug, at, current.is_some_and(|(_, here, _)| here == at))).collect();
        }
    }
    (sections, pages_here)
}

fn lies_at(below: &str, at: &str) -> bool {
    if at.is_empty() {
        matches!(below, "" | "/" | "/open")
    } else {
        below == at || below.strip_prefix(at).is_some_and(|rest| rest.starts_with('/'))
    }
}

fn item(label: &'static str, slug: &str, at: &str, current: bool) -> NavItem {
    NavItem { label, href: format!("/{slug}{at}"), current, count: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_address_is_the_current_page() {
        let (sections, pages) = of("cedar", "/cedar/partners/landscape", Hat::Director, true);
        assert_eq!(sections.iter().filter(|one| one.current).map(|one| one.label).collect::<Vec<_>>(), ["Relationships"]);
        assert_eq!(pages.iter().filter(|one| one.current).map(|one| one.label).collect::<Vec<_>>(), ["Landscape"]);
    }

    #[test]
    fn a_section_without_an_open_page_is_left_out() {
        let (sections, _) = of("cedar", "/cedar", Hat::Partner, false);
        assert!(sections.iter().all(|one| one.label != "Reports"));
    }
}
