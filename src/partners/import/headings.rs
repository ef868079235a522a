//! Which column of a list is which of our fields: proposed from the headings, decided by the person.

use crate::platform::{fold::fold, labels::Label};

/// What a column can be taken as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Name,
    OfficialId,
    FormerNames,
    Kind,
    City,
    State,
    Counties,
    Languages,
    Website,
    Email,
    Phone,
    Description,
    Contracted,
    Stage,
    Communities,
    Brings,
}

/// Text in forms, label, and headings that mean it, the surest first, folded and without spaces.
type Known = (&'static str, &'static str, &'static [&'static str]);

impl Field {
    fn known(self) -> Known {
        match self {
            Self::Name => (
                "name",
                "Name",
                &[
                    "tribefullname",
                    "currentname",
                    "partnername",
                    "organizationname",
                    "organisationname",
                    "agencyname",
                    "nameoforganization",
                    "providername",
                    "tribename",
                    "programname",
                    "companyname",
                    "legalname",
                    "name",
                    "organization",
                    "organisation",
                    "partner",
                    "agency",
                    "provider",
                    "company",
                    "program",
                    "tribe",
                    "org",
                    "orgname",
                    "group",
                    "entity",
                ],
            ),
            Self::OfficialId => (
                "official_id",
                "Official id",
                &[
                    "epaid",
                    "epatribalinternalid",
                    "objectid",
                    "biacode",
                    "biatribalcode",
                    "currentbiatribalcode",
                    "officialid",
                    "organizationid",
                    "partnerid",
                    "id",
                    "identifier",
                ],
            ),
            Self::FormerNames => (
                "former_names",
                "Former or other names",
                &[
                    "formernames",
                    "formername",
                    "formerlyknownas",
                    "alternatenames",
                    "alternatename",
                    "tribealternatename",
                    "othernames",
                    "othername",
                    "alsoknownas",
                    "aka",
                    "fka",
                    "dba",
                    "doingbusinessas",
                    "historicalnames",
                    "acronym",
                    "shortname",
                ],
            ),
            Self::Kind => (
                "kind",
                "Kind",
                &[
                    "kind",
                    "partnerkind",
                    "partnertype",
                    "organizationtype",
                    "organisationtype",
                    "orgtype",
                    "agencytype",
                    "typeoforganization",
                    "type",
                    "category",
                    "sector",
                    "constituency",
                ],
            ),
            Self::City => ("city", "City", &["city", "hqcity", "town", "mailingcity", "officecity", "citytown", "physicalcity"]),
            Self::State => ("state", "State", &["state", "hqstate", "stateprovince", "mailingstate", "states", "physicalstate", "st"]),
            Self::Counties => (
                "counties",
                "Counties served",
                &["countiesserved", "countyserved", "counties", "county", "servicearea", "areaserved", "areasserved", "countycounties"],
            ),
            Self::Languages => {
                ("languages", "Languages", &["languages", "language", "languagesspoken", "languagespoken", "languagesserved"])
            }
            Self::Website => {
                ("website", "Website", &["website", "webaddress", "url", "web", "homepage", "websiteurl", "webpage", "site", "uri"])
            }
            Self::Email => ("email", "Email", &["email", "emailaddress", "contactemail", "generalemail", "mail", "emailid"]),
            Self::Phone => (
                "phone",
                "Phone",
                &["phone", "phonenumber", "telephone", "mainphone", "officephone", "contactphone", "tel", "telephonenumber"],
            ),
            Self::Description => {
                ("description", "Description", &["description", "about", "mission", "whattheydo", "summary", "notes", "comments"])
            }
            Self::Contracted => (
                "contracted",
                "Contracted with the agency",
                &["contracted", "contract", "hascontract", "undercontract", "contractedwithagency", "contractor"],
            ),
            Self::Stage => {
                ("stage", "Stage of the relationship", &["stage", "relationshipstage", "partnershipstage", "relationshipstatus"])
            }
            Self::Communities => ("communities", "Communities", &["communities", "communitiesserved", "community", "communityserved"]),
            Self::Brings => ("brings", "What it brings", &["brings", "whatitbrings", "whattheybring", "contributes"]),
        }
    }

    /// Whether several columns may be taken as this field.
    #[must_use]
    pub fn takes_many(self) -> bool {
        matches!(self, Self::FormerNames | Self::Counties | Self::Languages | Self::Communities | Self::Brings)
    }

    /// How surely a heading means this field: 0 is surest.
    fn rank(self, heading: &str) -> Option<usize> {
        let folded = fold(heading);
        let key = folded.replace(' ', "");
        let known = self.known().2;
        known.iter().position(|one| *one == key).or_else(|| self.resembles(&folded).then_some(known.len()))
    }

    /// Looser than the list, for headings of several words. A person’s name or title is never taken as the partner’s.
    fn resembles(self, folded: &str) -> bool {
        let words: Vec<&str> = folded.split(' ').collect();
        let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
        match self {
            Self::Name => {
                let body = ["organization", "organisation", "agency", "partner", "tribe", "provider", "company", "entity"];
                let with = ["name", "of", "the", "full", "legal", "community", "and", "or", "official", "current"];
                has(&body) && words.iter().all(|word| body.contains(word) || with.contains(word))
            }
            Self::FormerNames => {
                has(&["former", "formerly", "previous", "previously", "alternate"]) && has(&["name", "names", "called", "known"])
            }
            Self::Kind => has(&["type", "kind"]) && has(&["organization", "organisation", "partner", "agency", "body"]),
            Self::Counties => has(&["county", "counties"]) && words.len() <= 4 && !has(&["code", "fips", "id"]),
            Self::Languages => has(&["language", "languages"]) && words.len() <= 4,
            Self::Website => has(&["website", "web", "url"]) && words.len() <= 3,
            Self::Email => has(&["email"]) || words.windows(2).any(|two| two == ["e", "mail"]),
            Self::Phone => has(&["phone", "telephone"]) && !has(&["fax", "type", "extension", "ext"]),
            Self::City => has(&["city"]) && words.len() <= 2,
            Self::State => has(&["state"]) && words.len() <= 2,
            Self::Contracted => {
                has(&["contract", "contracted"]) && words.len() <= 4 && !has(&["number", "date", "amount", "no", "end", "start"])
            }
            Self::OfficialId | Self::Description | Self::Stage | Self::Communities | Self::Brings => false,
        }
    }
}

impl Label for Field {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::OfficialId,
        Self::FormerNames,
        Self::Kind,
        Self::City,
        Self::State,
        Self::Counties,
        Self::Languages,
        Self::Website,
        Self::Email,
        Self::Phone,
        Self::Description,
        Self::Contracted,
        Self::Stage,
        Self::Communities,
        Self::Brings,
    ];

    fn as_str(self) -> &'static str {
        self.known().0
    }

    fn label(self) -> &'static str {
        self.known().1
    }
}

/// For each column the field it is taken as; none leaves the column out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// As many as the table has columns.
    pub columns: Vec<Option<Field>>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MappingProblem {
    /// No column holds the name.
    #[error("Choose the column that holds the partner’s name")]
    NoName,
    /// Two columns for a field that takes one.
    #[error("Choose “{}” for one column only", .0.label())]
    Twice(Field),
}

/// The mapping that the headings suggest. Headings that nothing is known of are left out.
#[must_use]
pub fn propose(headings: &[String]) -> Mapping {
    let mut columns = vec![None; headings.len()];
    for &field in Field::ALL {
        let mut ranked: Vec<(usize, usize)> = headings
            .iter()
            .enumerate()
            .filter_map(|(at, heading)| Some((field.rank(heading)?, at)))
            .filter(|&(_, at)| columns[at].is_none())
            .collect();
        ranked.sort_unstable();
        let most = if field.takes_many() { ranked.len() } else { 1 };
        for (_, at) in ranked.into_iter().take(most) {
            columns[at] = Some(field);
        }
    }
    Mapping { columns }
}

impl Mapping {
    /// The mapping that a person chose: for each column the text of a field, or anything else to leave it out.
    #[must_use]
    pub fn chosen<T: AsRef<str>>(choices: &[T], columns: usize) -> Self {
        let mut columns_chosen: Vec<_> = choices.iter().take(columns).map(|choice| Field::parse(choice.as_ref())).collect();
        columns_chosen.resize(columns, None);
        Self { columns: columns_chosen }
    }

    /// The columns taken as a field, from left to right.
    pub fn of(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(move |(_, one)| **one == Some(field)).map(|(at, _)| at)
    }

    /// What must be changed before the rows can be read.
    #[must_use]
    pub fn problems(&self) -> Vec<MappingProblem> {
        let nameless = self.of(Field::Name).next().is_none().then_some(MappingProblem::NoName);
        let twice = Field::ALL.iter().filter(|field| !field.takes_many() && self.of(**field).count() > 1);
        nameless.into_iter().chain(twice.map(|field| MappingProblem::Twice(*field))).collect()
    }
}
