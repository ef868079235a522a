//! What a partner is.

use crate::platform::{
    fold::fold,
    ids::{MembershipId, PartnerId},
    words,
};
use chrono::{Days, Months, NaiveDate};

labels! {
    /// What kind of body a partner is.
    pub enum Kind {
        Tribe = "tribe", "Tribe";
        UrbanNative = "urban_native", "Urban Native organization";
        Community = "community", "Community organization";
        Faith = "faith", "Faith community";
        Court = "court", "Court";
        Casa = "casa", "CASA program";
        AttorneysChildren = "attorneys_children", "Children’s attorneys";
        AttorneysParents = "attorneys_parents", "Parents’ attorneys";
        Education = "education", "Education";
        Health = "health", "Health and behavioral health";
        LawEnforcement = "law_enforcement", "Law enforcement";
        ResourceFamilies = "resource_families", "Resource families";
        SelfFormed = "self_formed", "Self-formed group of youth or parents";
        PublicAgency = "public_agency", "Public agency";
        PrivateProvider = "private_provider", "Private non-profit provider";
        BusinessFunder = "business_funder", "Business or funder";
        Other = "other", "Other";
    }
}

labels! {
    /// Where the relationship stands.
    pub enum Stage {
        ToContact = "to_contact", "to contact";
        Invited = "invited", "invited";
        Met = "met", "met";
        Working = "working", "working together";
        Paused = "paused", "paused";
        Ended = "ended", "ended";
    }
}

labels! {
    /// What a partner brings.
    pub enum Brings {
        Lived = "lived", "Lived experience";
        Community = "community", "Action in the community";
        System = "system", "Knowledge and resources of the system";
    }
}

labels! {
    /// How often the relationship is kept.
    pub enum Rhythm {
        Week = "week", "every week";
        Month = "month", "every month";
        Quarter = "quarter", "every quarter";
        HalfYear = "half_year", "every half year";
        Year = "year", "every year";
    }
}

impl Rhythm {
    /// The day after which the relationship is kept again.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => day.checked_add_days(Days::new(7)),
            Self::Month => day.checked_add_months(Months::new(1)),
            Self::Quarter => day.checked_add_months(Months::new(3)),
            Self::HalfYear => day.checked_add_months(Months::new(6)),
            Self::Year => day.checked_add_months(Months::new(12)),
        }
    }
}

labels! {
    /// What is known of a Tribe's recognition; a fact with its source, never a badge.
    pub enum Recognition {
        NotStated = "not_stated", "Not stated";
        FederalList = "federal_list", "On the Federal Register list";
        OwnWords = "own_words", "In the Tribe’s own words";
    }
}

/// A partner on the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// What kind of body.
    pub kind: Kind,
    /// A Tribal government.
    pub is_tribe: bool,
    /// Where the relationship stands.
    pub stage: Stage,
    /// Under contract with the agency.
    pub contracted: bool,
    /// Counties served.
    pub counties: Vec<String>,
    /// Who keeps the relationship.
    pub keeper: Option<String>,
    /// When it is next kept.
    pub rhythm_next: Option<NaiveDate>,
    /// That day has passed.
    pub overdue: bool,
    /// Tribal governments in all.
    pub tribes: i64,
    /// Partners in all; never counts Tribal governments.
    pub others: i64,
}

/// A partner's whole entry.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// What kind of body.
    pub kind: Kind,
    /// Where the relationship stands.
    pub stage: Stage,
    /// Under contract with the agency.
    pub contracted: bool,
    /// Communities it belongs to.
    pub communities: Vec<String>,
    /// Languages it speaks.
    pub languages: Vec<String>,
    /// Counties it serves.
    pub counties: Vec<String>,
    /// What it brings, as stored.
    pub brings: Vec<String>,
    /// In its own words or the agency's.
    pub description: String,
    /// Where it sits.
    pub city: String,
    /// The state.
    pub state: String,
    /// Its web site.
    pub website: String,
    /// How to write to it.
    pub email: String,
    /// How to call it.
    pub phone: String,
    /// What is known of recognition.
    pub recognition: Recognition,
    /// The Tribe's own words on it.
    pub recognition_words: String,
    /// Where that was read.
    pub recognition_source: String,
    /// And when.
    pub recognition_on: Option<NaiveDate>,
    /// Who keeps the relationship.
    pub keeper: Option<MembershipId>,
    /// That person's name.
    pub keeper_name: Option<String>,
    /// Why a delegate keeps it, if so.
    pub keeper_reason: String,
    /// How often.
    pub rhythm: Option<Rhythm>,
    /// Next time.
    pub rhythm_next: Option<NaiveDate>,
    /// What the agency brings to each meeting.
    pub agenda_ours: String,
    /// What the partner brings to each meeting.
    pub agenda_theirs: String,
    /// The Tribe has spoken of its recognition itself.
    pub has_spoken: bool,
    /// The body has kept its entry itself.
    pub keeps_itself: bool,
    /// Its steward has come in, or it has kept its entry itself: its own words are its own to change.
    pub words_are_its_own: bool,
    /// Counts every change.
    pub version: i32,
}

impl Partner {
    /// What it brings, in words.
    #[must_use]
    pub fn brings_words(&self) -> String {
        use crate::platform::labels::Label as _;
        self.brings.iter().filter_map(|one| Brings::parse(one)).map(Brings::label).collect::<Vec<_>>().join(", ")
    }

    /// How its part of the standing agenda is called.
    #[must_use]
    pub fn agenda_theirs_label(&self) -> &'static str {
        if self.kind == Kind::Tribe { "The Tribe brings each time" } else { "They bring each time" }
    }

    /// Where it sits, in words.
    #[must_use]
    pub fn place(&self) -> String {
        [self.city.as_str(), self.state.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Recognition as a sentence with its source and date.
    #[must_use]
    pub fn recognition_words_full(&self) -> String {
        let on = self.recognition_on.map(|day| format!(", {}", words::day(day))).unwrap_or_default();
        match self.recognition {
            Recognition::NotStated => "Not stated".to_owned(),
            Recognition::FederalList => format!("On the Federal Register list ({}{on})", self.recognition_source),
            Recognition::OwnWords => format!("“{}” ({}{on})", self.recognition_words, self.recognition_source),
        }
    }
}

/// The most characters of a name, of a description, and of any other line, typed here or read from a list.
pub(super) const NAME_AT_MOST: usize = 300;
/// See [`NAME_AT_MOST`].
pub(super) const DESCRIPTION_AT_MOST: usize = 5_000;
/// See [`NAME_AT_MOST`].
pub(super) const LINE_AT_MOST: usize = 100;

/// Counties as the list of partners calls them: without the word "County", none twice.
pub(super) fn counties(typed: Vec<String>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for one in typed {
        let lower = one.to_lowercase();
        let end = [" county", " co."].iter().find_map(|word| lower.strip_suffix(word)).map_or(one.len(), str::len);
        let name = one.get(..end).unwrap_or(&one).trim().to_owned();
        let there = list.iter().any(|other| fold(other) == fold(&name));
        if !name.is_empty() && !there {
            list.push(name);
        }
    }
    list
}

/// A partner's entry, parsed from a form.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) stage: Stage,
    pub(super) contracted: bool,
    pub(super) communities: Vec<String>,
    pub(super) languages: Vec<String>,
    pub(super) counties: Vec<String>,
    pub(super) brings: Vec<String>,
    pub(super) description: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) website: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) recognition: Recognition,
    pub(super) recognition_words: String,
    pub(super) recognition_source: String,
    pub(super) recognition_on: Option<NaiveDate>,
    pub(super) keeper: Option<MembershipId>,
    pub(super) keeper_reason: String,
    pub(super) rhythm: Option<Rhythm>,
    pub(super) rhythm_next: Option<NaiveDate>,
    pub(super) agenda_ours: String,
    pub(super) agenda_theirs: String,
    /// The name of the look-up that the entry was begun with.
    pub(super) listed: Option<super::import::ListedId>,
}

/// The fields in which a body speaks of itself.
pub(super) const OWN_WORDS: &[&str] = &[
    "name",
    "communities",
    "languages",
    "counties",
    "brings",
    "about",
    "city",
    "state",
    "website",
    "email",
    "telephone",
    "their agenda",
    "recognition",
    "recognition words",
    "recognition source",
    "recognition day",
];

/// The fields of an entry before and after. Of recognition only where the Tribe has not spoken itself.
pub(super) fn differing(before: &Partner, after: &Entry) -> Vec<(&'static str, String, String)> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let id = |id: Option<MembershipId>| id.map(|id| id.to_string()).unwrap_or_default();
    let rhythm = |rhythm: Option<Rhythm>| rhythm.map(|one| one.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("name", before.name.clone(), after.name.clone()),
        ("kind", before.kind.to_string(), after.kind.to_string()),
        ("stage", before.stage.to_string(), after.stage.to_string()),
        ("contract", before.contracted.to_string(), after.contracted.to_string()),
        ("communities", before.communities.join(", "), after.communities.join(", ")),
        ("languages", before.languages.join(", "), after.languages.join(", ")),
        ("counties", before.counties.join(", "), after.counties.join(", ")),
        ("brings", before.brings.join(", "), after.brings.join(", ")),
        ("about", before.description.clone(), after.description.clone()),
        ("city", before.city.clone(), after.city.clone()),
        ("state", before.state.clone(), after.state.clone()),
        ("website", before.website.clone(), after.website.clone()),
        ("email", before.email.clone(), after.email.clone()),
        ("telephone", before.phone.clone(), after.phone.clone()),
        ("keeper", id(before.keeper), id(after.keeper)),
        ("why a delegate", before.keeper_reason.clone(), after.keeper_reason.clone()),
        ("rhythm", rhythm(before.rhythm), rhythm(after.rhythm)),
        ("next date", day(before.rhythm_next), day(after.rhythm_next)),
        ("our agenda", before.agenda_ours.clone(), after.agenda_ours.clone()),
        ("their agenda", before.agenda_theirs.clone(), after.agenda_theirs.clone()),
    ];
    if !before.has_spoken {
        fields.extend([
            ("recognition", before.recognition.to_string(), after.recognition.to_string()),
            ("recognition words", before.recognition_words.clone(), after.recognition_words.clone()),
            ("recognition source", before.recognition_source.clone(), after.recognition_source.clone()),
            ("recognition day", day(before.recognition_on), day(after.recognition_on)),
        ]);
    }
    fields
}
