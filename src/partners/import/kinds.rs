//! The kind of a partner from the words of a list. Unsure means none: a person chooses then.

use crate::{
    partners::model::Kind,
    platform::{fold::fold, labels::Label as _},
};

/// Words that decide, the more telling rule first; `*` at the end stands for any ending, a space parts words that follow each other.
const RULES: &[(Kind, &[&str])] = &[
    (Kind::Casa, &["casa", "court appointed special advocate*", "guardian* ad litem", "gal"]),
    (
        Kind::UrbanNative,
        &[
            "urban indian*",
            "urban native*",
            "urban american indian*",
            "indian center",
            "native organization",
            "native american organization",
        ],
    ),
    (Kind::Court, &["court*", "judge*", "judicial", "judiciary", "bench"]),
    (Kind::LawEnforcement, &["police", "sheriff*", "law enforcement", "marshal*", "public safety"]),
    (
        Kind::ResourceFamilies,
        &[
            "foster parent*",
            "foster famil*",
            "foster care association",
            "resource parent*",
            "resource famil*",
            "kinship*",
            "adoptive parent*",
            "adoptive famil*",
            "caregiver*",
        ],
    ),
    (
        Kind::SelfFormed,
        &[
            "self formed",
            "self organi*",
            "peer led",
            "parent group*",
            "parent council*",
            "parent advisory",
            "parent led",
            "youth group*",
            "youth council*",
            "youth advisory",
            "youth led",
            "young people",
            "alumni",
        ],
    ),
    (
        Kind::Faith,
        &[
            "faith*",
            "church*",
            "ministries",
            "ministry",
            "mosque*",
            "synagogue*",
            "parish",
            "congregation*",
            "religious",
            "diocese",
            "interfaith",
        ],
    ),
    (Kind::Education, &["school*", "education*", "college*", "universit*", "head start", "early learning", "academic", "academia"]),
    (Kind::Health, &["health*", "behavioral", "behavioural", "hospital*", "clinic*", "medical", "substance", "addiction", "treatment"]),
    (
        Kind::Tribe,
        &[
            "tribe*",
            "tribal government*",
            "tribal nation*",
            "tribal council*",
            "federally recognized tribal entity",
            "alaska native village*",
            "native village*",
            "first nation*",
            "pueblo*",
            "rancheria*",
            "sovereign nation*",
            "tribal",
        ],
    ),
    (
        Kind::BusinessFunder,
        &["business*", "funder*", "foundation*", "philanthrop*", "corporate", "donor*", "employer*", "chamber of commerce"],
    ),
    (
        Kind::PublicAgency,
        &[
            "public agenc*",
            "government*",
            "state agenc*",
            "county agenc*",
            "city agenc*",
            "department*",
            "municipal*",
            "dhs",
            "dcyf",
            "probation",
        ],
    ),
    (Kind::Community, &["community*", "grassroots", "cbo*", "neighborhood*", "cultural*", "ngo"]),
    (Kind::PrivateProvider, &["private*", "provider*", "non profit*", "nonprofit*", "contractor*", "not for profit"]),
    (Kind::Other, &["other"]),
];

const LAWYERS: [&str; 10] =
    ["attorney*", "lawyer*", "counsel", "legal aid", "legal services", "defender*", "defense", "representation", "law firm", "law center"];

/// What belongs to Tribes, or to several, and is no Tribe's government: a person says what it is.
const NO_GOVERNMENT: &[&str] = &[
    "organization*",
    "organisation*",
    "consorti*",
    "association*",
    "coalition*",
    "program*",
    "enterprise*",
    "corporation*",
    "provider*",
    "nonprofit*",
    "non profit*",
    "inter tribal",
    "intertribal",
];

/// The kind that these words name; none when they name none of ours or could be several.
#[must_use]
pub fn kind_of(text: &str) -> Option<Kind> {
    let folded = fold(text);
    if let Some(kind) = Kind::ALL.iter().find(|kind| folded == fold(kind.as_str()) || folded == fold(kind.label())) {
        return Some(*kind);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if LAWYERS.iter().any(|rule| holds(&words, rule)) {
        let of = |rules: &[&str]| rules.iter().any(|rule| holds(&words, rule));
        return match (of(&["parent*", "famil*", "mother*", "father*"]), of(&["child*", "minor*", "youth*", "dependen*"])) {
            (true, false) => Some(Kind::AttorneysParents),
            (false, true) => Some(Kind::AttorneysChildren),
            _ => None,
        };
    }
    let found = RULES.iter().find(|(_, rules)| rules.iter().any(|rule| holds(&words, rule))).map(|(kind, _)| *kind);
    found.filter(|kind| *kind != Kind::Tribe || !NO_GOVERNMENT.iter().any(|rule| holds(&words, rule)))
}

/// Whether the words of the rule stand in the text one after another.
fn holds(words: &[&str], rule: &str) -> bool {
    let rule: Vec<&str> = rule.split(' ').collect();
    words.windows(rule.len()).any(|some| {
        some.iter().zip(&rule).all(|(word, wanted)| wanted.strip_suffix('*').map_or(word == wanted, |start| word.starts_with(start)))
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of};
    use crate::platform::labels::Label as _;

    #[test]
    fn words_of_real_lists_name_our_kinds() {
        for (text, kind) in [
            ("Tribal government", Kind::Tribe),
            ("Tribe", Kind::Tribe),
            ("Federally Recognized Tribal Entity", Kind::Tribe),
            ("First Nation", Kind::Tribe),
            ("CASA program", Kind::Casa),
            ("Guardian ad litem", Kind::Casa),
            ("Faith-based", Kind::Faith),
            ("Church", Kind::Faith),
            ("Juvenile Court", Kind::Court),
            ("Tribal court", Kind::Court),
            ("Parents’ attorneys", Kind::AttorneysParents),
            ("Parent defense", Kind::AttorneysParents),
            ("Children's lawyers", Kind::AttorneysChildren),
            ("School district", Kind::Education),
            ("Behavioral health", Kind::Health),
            ("Tribal health clinic", Kind::Health),
            ("Sheriff’s office", Kind::LawEnforcement),
            ("Foster parent association", Kind::ResourceFamilies),
            ("Kinship caregivers", Kind::ResourceFamilies),
            ("Youth council", Kind::SelfFormed),
            ("State agency", Kind::PublicAgency),
            ("Private nonprofit provider", Kind::PrivateProvider),
            ("Non-profit", Kind::PrivateProvider),
            ("Community-based organization", Kind::Community),
            ("CBO", Kind::Community),
            ("Community foundation", Kind::BusinessFunder),
            ("Urban Indian organization", Kind::UrbanNative),
            ("urban_native", Kind::UrbanNative),
            ("Other", Kind::Other),
        ] {
            assert_eq!(kind_of(text), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_could_be_several_is_left_open() {
        for text in ["", "Attorney", "Attorneys for parents and children", "Limited Company", "Misc", "Tier 2", "501(c)(3)"] {
            assert_eq!(kind_of(text), None, "{text}");
        }
        for text in
            ["Tribal organization", "Tribal consortium", "Tribal organization/consortium", "Inter-Tribal council", "Tribal nonprofit"]
        {
            assert_eq!(kind_of(text), None, "{text}");
        }
    }

    #[test]
    fn every_kind_is_known_by_its_own_name() {
        for kind in Kind::ALL {
            assert_eq!((kind_of(kind.as_str()), kind_of(kind.label())), (Some(*kind), Some(*kind)));
        }
    }
}
