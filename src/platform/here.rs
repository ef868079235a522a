//! Where the visitor is: the agency, the person and the hat worn, the way around. Every page holds one; cheap to clone.

use super::{
    app::App,
    clock, drafts, flash,
    ids::MembershipId,
    nav::{self, NavItem},
    policy::{Hat, Permission},
    session::{Agency, Member, Person},
    settings::OPERATOR_CONTACT,
    submission::Submission,
};
use chrono::{DateTime, NaiveDate, Utc};
use http::request::Parts;
use std::sync::{Arc, OnceLock};

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
    other_hats: bool,
    /// The reader’s own body is a Tribe.
    of_a_tribe: bool,
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
    /// Inside an agency.
    pub(super) fn inside(parts: &Parts, app: &App, agency: &Agency, person: &Person, member: &Member, hat: Hat) -> Self {
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default().to_owned();
        let hat_words = match (&member.body_name, hat) {
            (Some(body), Hat::Steward) => format!("steward of {body}"),
            (Some(body), _) => body.clone(),
            (None, Hat::Partner) => "community member".to_owned(),
            (None, hat) => hat.to_string(),
        };
        let (nav, subnav) = nav::of(&slug, parts.uri.path(), hat, member.landscape);
        Self(Arc::new(Inner {
            agency: Some(face(slug, agency)),
            zone: agency.zone,
            now: app.now(),
            person: Some(if member.lived_experience { person.name.clone() } else { member.name.clone() }),
            hat_words,
            hat: Some(hat),
            membership: Some(member.id),
            other_hats: person.hats > 1,
            of_a_tribe: member.body_is_tribe,
            nav,
            subnav,
            flash: flash::carried(&parts.headers),
            demo: agency.is_demo,
            letters: app.settings.mail.is_some(),
            backup_days: app.settings.backup_days,
            address: format!("{}{}", app.settings.public_url.trim_end_matches('/'), parts.uri.path()),
            operator: app.settings.operator_contact.as_str().into(),
            begun: Submission::of(parts).version(),
            draft_page: drafts::page_of(parts),
            draft_waits: OnceLock::new(),
        }))
    }

    /// At an agency's door, with nothing of inside, its logo neither: a link's bearer, where nobody is signed in, or somebody whose sign-in is not
    /// enough for it.
    pub(super) fn at_the_door(parts: &Parts, app: &App, agency: &Agency, person: Option<&Person>) -> Self {
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default().to_owned();
        let mut inner = Inner::plain(flash::carried(&parts.headers), &app.settings.operator_contact);
        inner.begun = Submission::of(parts).version();
        inner.agency = Some(AgencyFace { logo: None, ..face(slug, agency) });
        (inner.zone, inner.now) = (agency.zone, app.now());
        (inner.backup_days, inner.demo) = (app.settings.backup_days, agency.is_demo);
        inner.person = person.map(|person| person.name.clone());
        inner.other_hats = person.is_some_and(|person| person.hats > 1);
        Self(Arc::new(inner))
    }

    /// Outside any agency. Where the demonstration is, these pages say so too.
    pub(super) fn outside(parts: &Parts, app: &App, person: Option<&Person>) -> Self {
        let mut inner = Inner::plain(flash::carried(&parts.headers), &app.settings.operator_contact);
        inner.demo = app.holds_demo();
        inner.person = person.map(|person| person.name.clone());
        inner.other_hats = person.is_some_and(|person| person.hats > 1);
        Self(Arc::new(inner))
    }

    fn nowhere(app: &App) -> Self {
        let mut inner = Inner::plain(None, &app.settings.operator_contact);
        inner.demo = app.holds_demo();
        Self(Arc::new(inner))
    }

    /// Nowhere in particular: for error pages, before the outermost layer puts them where they belong.
    #[must_use]
    pub fn bare() -> Self {
        Self(Arc::new(Inner::plain(None, OPERATOR_CONTACT)))
    }

    /// The membership worn, for forms: a form belongs to the hat under which it was opened.
    #[must_use]
    pub fn membership(&self) -> Option<MembershipId> {
        self.0.membership
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

    /// Whether the hat worn has a permission, for showing or leaving out a button.
    #[must_use]
    pub fn may<P: Permission>(&self) -> bool {
        self.0.hat.is_some_and(|hat| P::GRANT.hats.contains(&hat))
    }

    /// The same by the permission's name, for templates: `here.can("EditPartners")`. An unknown name is never allowed
    /// (a house test reads the templates for such).
    #[must_use]
    pub fn can(&self, permission: &str) -> bool {
        self.0.hat.is_some_and(|hat| super::policy::ALL.iter().any(|grant| grant.name == permission && grant.hats.contains(&hat)))
    }

    /// Whether the hat worn may open pages of this kind at all: a link that leads to a refusal is not drawn.
    #[must_use]
    pub fn opens(&self, path: &str) -> bool {
        match path.split('/').nth(2) {
            Some("statements") => self.can("ViewStatements"),
            Some("themes") => self.can("ViewThemes"),
            Some("outreach") => self.can("ViewOutreach"),
            Some("loops") => self.can("ViewLoops"),
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

    /// What the reader’s own body is: a Tribe is never called an organization.
    #[must_use]
    pub fn body_word(&self) -> &'static str {
        if self.0.of_a_tribe { "Tribe" } else { "organization" }
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

impl Inner {
    fn plain(flash: Option<String>, operator: &str) -> Self {
        Self {
            agency: None,
            zone: chrono_tz::Tz::UTC,
            now: DateTime::UNIX_EPOCH,
            person: None,
            hat_words: String::new(),
            hat: None,
            membership: None,
            other_hats: false,
            of_a_tribe: false,
            nav: Vec::new(),
            subnav: Vec::new(),
            flash,
            demo: false,
            letters: false,
            backup_days: 0,
            address: String::new(),
            operator: operator.into(),
            begun: None,
            draft_page: String::new(),
            draft_waits: OnceLock::new(),
        }
    }
}

fn face(slug: String, agency: &Agency) -> AgencyFace {
    AgencyFace {
        name: agency.name.clone(),
        home: format!("/{slug}"),
        contact: agency.contact.clone(),
        hotline: agency.hotline.clone(),
        public_records: agency.public_records.clone(),
        accent_sheet: agency.accent.as_ref().map(|accent| format!("/{slug}/accent/{}.css", accent.trim_start_matches('#'))),
        logo: agency.logo.map(|file| format!("/{slug}/logo/{file}")),
        slug,
    }
}
