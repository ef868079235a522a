//! The kind of a partner from the words of a list. Unsure means none: a person chooses then.

use crate::platform::fold::fold;

/// The kind of a Tribe as stored.
pub const TRIBE: &str = "tribe";

/// Kinds as stored, all of them.
const KINDS: [&str; 17] = [
    TRIBE, "urban_native", "community", "faith", "court", "casa", "attorneys_children", "attorneys_parents", "education", "health",
    "law_enforcement", "resource_families", "self_formed", "public_agency", "private_provider", "business_funder", "other",
];

/// Words that decide, the more telling rule first; `*` at the end stands for any ending, a space parts words that follow each other.
const RULES: &[(&str, &[&str])] = &[
    ("casa", &["casa", "court appointed special advocate*", "guardian* ad litem", "gal"]),
    ("urban_native", &["urban indian*", "urban native*", "urban american indian*", "indian center", "native organization", "native american organization"]),
    ("court", &["court*", "judge*", "judicial", "judiciary", "bench"]),
    ("law_enforcement", &["police", "sheriff*", "law enforcement", "marshal*", "public safety"]),
    ("resource_families", &["foster parent*", "foster famil*", "foster care association", "resource parent*", "resource famil*", "kinship*", "adoptive parent*", "adoptive famil*", "caregiver*"]),
    ("self_formed", &["self formed", "self organi*", "peer led", "parent group*", "parent council*", "parent advisory", "parent led", "youth group*", "youth council*", "youth advisory", "youth led", "young people", "alumni"]),
    ("faith", &["faith*", "church*", "ministries", "ministry", "mosque*", "synagogue*", "parish", "congregation*", "religious", "diocese", "interfaith"]),
    ("education", &["school*", "education*", "college*", "universit*", "head start", "early learning", "academic", "academia"]),
    ("health", &["health*", "behavioral", "behavioural", "hospital*", "clinic*", "medical", "substance", "addiction", "treatment"]),
    ("tribe", &["tribe*", "tribal government*", "tribal nation*", "tribal council*", "federally recognized tribal entity", "alaska native village*", "native village*", "first nation*", "pueblo*", "rancheria*", "sovereign nation*", "tribal"]),
    ("business_funder", &["business*", "funder*", "foundation*", "philanthrop*", "corporate", "donor*", "employer*", "chamber of commerce"]),
    ("public_agency", &["public agenc*", "government*", "state agenc*", "county agenc*", "city agenc*", "department*", "municipal*", "dhs", "dcyf", "probation"]),
    ("community", &["community*", "grassroots", "cbo*", "neighborhood*", "cultural*", "ngo"]),
    ("private_provider", &["private*", "provider*", "non profit*", "nonprofit*", "contractor*", "not for profit"]),
    ("other", &["other"]),
];

const LAWYERS: [&str; 10] =
    ["attorney*", "lawyer*", "counsel", "legal aid", "legal services", "defender*", "defense", "representation", "law firm", "law center"];

/// The kind that these words name, as stored; none when they name none of ours or could be several.
#[must_use]
pub fn kind_of(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let stored = folded.replace(' ', "_");
    if let Some(kind) = KINDS.iter().find(|kind| **kind == stored) {
        return Some(kind);
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if LAWYERS.iter().any(|rule| holds(&words, rule)) {
        let of = |rules: &[&str]| rules.iter().any(|rule| holds(&words, rule));
        return match (of(&["parent*", "famil*", "mother*", "father*"]), of(&["child*", "minor*", "youth*", "dependen*"])) {
            (true, false) => Some("attorneys_parents"),
            (false, true) => Some("attorneys_children"),
            _ => None,
        };
    }
    RULES.iter().find(|(_, rules)| rules.iter().any(|rule| holds(&words, rule))).map(|(kind, _)| *kind)
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
    use super::{KINDS, RULES, kind_of};

    #[test]
    fn words_of_real_lists_name_our_kinds() {
        for (text, kind) in [
            ("Tribal government", "tribe"), ("Tribe", "tribe"), ("Federally Recognized Tribal Entity", "tribe"), ("First Nation", "tribe"),
            ("CASA program", "casa"), ("Guardian ad litem", "casa"), ("Faith-based", "faith"), ("Church", "faith"),
            ("Juvenile Court", "court"), ("Tribal court", "court"), ("Parents’ attorneys", "attorneys_parents"), ("Parent defense", "attorneys_parents"),
            ("Children's lawyers", "attorneys_children"), ("School district", "education"), ("Behavioral health", "health"),
            ("Tribal health clinic", "health"), ("Sheriff’s office", "law_enforcement"), ("Foster parent association", "resource_families"),
            ("Kinship caregivers", "resource_families"), ("Youth council", "self_formed"), ("State agency", "public_agency"),
            ("Private nonprofit provider", "private_provider"), ("Non-profit", "private_provider"), ("Community-based organization", "community"),
            ("CBO", "community"), ("Community foundation", "business_funder"), ("Urban Indian organization", "urban_native"),
            ("urban_native", "urban_native"), ("Other", "other"),
        ] {
            assert_eq!(kind_of(text), Some(kind), "{text}");
        }
    }

    #[test]
    fn what_could_be_several_is_left_open() {
        for text in ["", "Attorney", "Attorneys for parents and children", "Limited Company", "Misc", "Tier 2", "501(c)(3)"] {
            assert_eq!(kind_of(text), None, "{text}");
        }
    }

    #[test]
    fn every_kind_is_known_by_its_own_name() {
        assert!(KINDS.iter().all(|kind| kind_of(kind) == Some(kind)));
        assert!(RULES.iter().all(|(kind, _)| KINDS.contains(kind)));
    }
}
