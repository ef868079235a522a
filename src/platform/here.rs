//! Where the visitor is: the agency, the person and the hat worn, the way around. Every page holds one; cheap to clone.

mod made;
mod may;

use super::{acting::Acting, app::App, clock, drafts, ids::MembershipId, nav::NavItem, policy::Hat};
use chrono::{DateTime, NaiveDate, Utc};
use http::request::Parts;
use std::sync::{Arc, OnceLock};

/// So much is counted of what is unread, and no further.
const NEWS: i64 = 100;

/// What the layout says about the agency.
#[derive(Debug, Clone)]
pub struct AgencyFace {
    /// Its name.
    pub name: String,
    /// Its part of every address.
    pub slug: String,
    /// Its first page.
    pub home: String,
    /// A person to talk to.
    pub contact: String,
    /// Where abuse is reported.
    pub hotline: String,
    /// What it says about public records.
    pub public_records: String,
    /// Its accent's style sheet.
    pub accent_sheet: Option<String>,
    /// Its logo.
    pub logo: Option<String>,
}

#[derive(Debug)]
struct Inner {
    agency: Option<AgencyFace>,
    zone: chrono_tz::Tz,
    now: DateTime<Utc>,
    person: Option<String>,
    hat_words: String,
    hat: Option<Hat>,
    membership: Option<MembershipId>,
    /// Of what the wearer was told, at most a hundred.
    unread: i64,
    other_hats: bool,
    /// The reader’s own body is a Tribe.
    of_a_tribe: bool,
    acting: Option<Acting>,
    nav: Vec<NavItem>,
    subnav: Vec<NavItem>,
    flash: Option<String>,
    demo: bool,
    letters: bool,
    backup_days: u16,
    address: String,
    /// Who runs the site: the person to talk to where no agency names one.
    operator: Arc<str>,
    /// The version that the form behind this page was begun with.
    begun: Option<i32>,
    /// The page under which a draft of this page's form is kept.
    draft_page: String,
    /// Another draft waits, on the page without a record to begin with.
    draft_waits: OnceLock<()>,
}

/// Where a request was found to be, for the page of an error: noted by the guard, read by the outermost layer.
#[derive(Debug, Clone, Default)]
pub struct Place(Arc<OnceLock<Here>>);

impl Place {
    pub(super) fn note(parts: &Parts, here: Here) {
        if let Some(place) = parts.extensions.get::<Self>() {
            let _ = place.0.set(here);
        }
    }

    /// What the guard found, or the site outside any agency.
    #[must_use]
    pub fn here(&self, app: &App) -> Here {
        self.0.get().cloned().unwrap_or_else(|| Here::nowhere(app))
    }
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Here(Arc<Inner>);

impl Here {
    /// The membership worn, for forms: a form belongs to the hat under which it was opened.
    #[must_use]
    pub fn membership(&self) -> Option<MembershipId> {
        self.0.membership
    }

    /// So much of what the wearer of this hat was told is unread.
    #[must_use]
    pub fn unread(&self) -> i64 {
        self.0.unread
    }

    /// The same as it stands beside the link, where there is any.
    #[must_use]
    pub fn news(&self) -> Option<String> {
        (self.0.unread > 0).then(|| if self.0.unread < NEWS { self.0.unread.to_string() } else { format!("{}+", NEWS - 1) })
    }

    /// The version that the form shown again was begun with; on a page opened afresh `now`, which is the record's.
    #[must_use]
    pub fn version_or(&self, now: &i32) -> i32 {
        self.0.begun.unwrap_or(*now)
    }

    /// Where a draft of a form of this page is kept: `page`, and the record that the form was begun with.
    #[must_use]
    pub fn draft_at(&self, page: String) -> String {
        if drafts::bare(&self.0.draft_page) == page { self.0.draft_page.clone() } else { page }
    }

    /// Another draft waits on this form's page, where nothing begins it.
    #[must_use]
    pub fn draft_waits(&self) -> bool {
        self.0.draft_waits.get().is_some()
    }

    pub(super) fn note_draft(&self) {
        self.0.draft_waits.get_or_init(|| ());
    }

    /// This site sends letters: links go by them, and nobody hands one over.
    #[must_use]
    pub fn sends_letters(&self) -> bool {
        self.0.letters
    }

    /// A person to talk to: the agency's own, or whoever runs the site.
    #[must_use]
    pub fn contact(&self) -> &str {
        let named = self.0.agency.as_ref().map(|agency| agency.contact.as_str()).filter(|contact| !contact.is_empty());
        named.unwrap_or(&self.0.operator)
    }

    /// The head of the page on paper: whose it is, the day and the whole address. Empty outside an agency and for a link's bearer.
    #[must_use]
    pub fn on_paper(&self) -> String {
        if self.0.address.is_empty() {
            return String::new();
        }
        format!("{}. Printed on {} from {}", self.title_suffix(), self.today().format("%-d %B %Y"), self.0.address)
    }

    /// What stands after the page's own title.
    #[must_use]
    pub fn title_suffix(&self) -> &str {
        self.0.agency.as_ref().map_or("Common Table", |agency| agency.name.as_str())
    }

    /// The agency, inside one.
    #[must_use]
    pub fn agency(&self) -> Option<&AgencyFace> {
        self.0.agency.as_ref()
    }

    /// The agency's part of every address; empty outside one.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.0.agency.as_ref().map_or("", |agency| agency.slug.as_str())
    }

    /// The agency's time zone.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.0.zone
    }

    /// The moment of this request.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.now
    }

    /// The day it is at the agency.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.day(self.0.now)
    }

    /// The agency's day of a moment.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        clock::day_in(self.0.zone, at)
    }

    /// Whether a day has passed, at the agency.
    #[must_use]
    pub fn is_past(&self, day: &NaiveDate) -> bool {
        *day < self.today()
    }

    /// Who is signed in.
    #[must_use]
    pub fn person(&self) -> Option<&str> {
        self.0.person.as_deref()
    }

    /// The hat worn, in words.
    #[must_use]
    pub fn hat(&self) -> &str {
        &self.0.hat_words
    }

    /// What the reader’s own body is: a Tribe is never called an organization.
    #[must_use]
    pub fn body_word(&self) -> &'static str {
        if self.0.of_a_tribe { "Tribe" } else { "organization" }
    }

    /// For whom the reader enters just now what they tell.
    #[must_use]
    pub fn acting(&self) -> Option<&Acting> {
        self.0.acting.as_ref()
    }

    /// Whether the person could wear another hat.
    #[must_use]
    pub fn has_other_hats(&self) -> bool {
        self.0.other_hats
    }

    /// The main sections.
    #[must_use]
    pub fn nav(&self) -> &[NavItem] {
        &self.0.nav
    }

    /// The pages of the section one is in.
    #[must_use]
    pub fn subnav(&self) -> &[NavItem] {
        &self.0.subnav
    }

    /// What was just done.
    #[must_use]
    pub fn flash(&self) -> Option<&str> {
        self.0.flash.as_deref()
    }

    /// For how many days backups are kept.
    #[must_use]
    pub fn backup_days(&self) -> u16 {
        self.0.backup_days
    }

    /// In the demonstration.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// The address of a static file, named by its content.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        super::assets::path(name)
    }

    /// A new key for a form: the same form sent twice does one thing.
    #[must_use]
    pub fn key(&self) -> String {
        super::ids::anonymous().simple().to_string()
    }
}
