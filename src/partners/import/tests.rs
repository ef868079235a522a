//! Whole lists, the nation's and our own, from file to outcome.

use super::{classify::Why, headings::MappingProblem, *};
use crate::{
    partners::model::Kind,
    platform::{labels::Label as _, tables},
};

fn ours(name: &str) -> tables::Table {
    let bytes = std::fs::read(format!("tests/data/{name}")).unwrap();
    tables::read(&bytes, name, None).unwrap()
}

fn headings(list: &[&str]) -> Vec<String> {
    list.iter().map(|&one| one.to_owned()).collect()
}

fn proposed(list: &[&str]) -> Vec<Option<&'static str>> {
    propose(&headings(list)).columns.into_iter().map(|field| field.map(Field::as_str)).collect()
}

fn partner(name: &str) -> Particulars {
    Particulars { name: name.into(), ..Particulars::default() }
}

fn tribe(name: &str) -> Particulars {
    Particulars { kind: Some(Kind::Tribe), ..partner(name) }
}

fn known(list: Vec<Particulars>) -> Vec<Known<usize>> {
    list.into_iter()
        .enumerate()
        .map(|(id, particulars)| Known { id, of_lists: particulars.former_names.clone(), particulars, keeps_itself: false })
        .collect()
}

fn outcome(there: Vec<Particulars>, row: Particulars) -> Outcome<usize> {
    Finder::new(&known(there)).classify(Ok(ImportRow { number: 2, particulars: row, notes: vec![] }))
}

#[test]
fn headings_of_ordinary_lists_are_recognised() {
    assert_eq!(
        proposed(&[
            "Organization",
            "Type",
            "Contact name",
            "Contact email",
            "Phone",
            "Website",
            "City",
            "County served",
            "Formerly known as",
            "Notes"
        ]),
        [
            Some("name"),
            Some("kind"),
            None,
            Some("email"),
            Some("phone"),
            Some("website"),
            Some("city"),
            Some("counties"),
            Some("former_names"),
            Some("description")
        ]
    );
    assert_eq!(proposed(&["Agency name", "Name", "E-mail address", "Fax number"]), [Some("name"), None, Some("email"), None]);
    assert_eq!(proposed(&["Name of Organization/Agency", "Contract number", "Tax ID", "EIN"]), [Some("name"), None, None, None]);
    assert_eq!(proposed(&["bia_recognized", "lar_type", "Federally recognized", "tax_status"]), [None; 4]);
}

#[test]
fn a_person_may_choose_otherwise_and_hears_what_is_missing() {
    let mapping = Mapping::chosen(&["", "name", "email", "email", "leave out"], 6);
    assert_eq!(mapping.columns, [None, Some(Field::Name), Some(Field::Email), Some(Field::Email), None, None]);
    assert_eq!(mapping.problems(), [MappingProblem::Twice(Field::Email)]);
    assert_eq!(propose(&headings(&["Telephone"])).problems(), [MappingProblem::NoName]);
    assert_eq!(propose(&ours("partners.csv").headings).problems(), []);
}

#[test]
fn an_ordinary_list_goes_in_row_by_row() {
    let table = ours("partners.csv");
    let rows = parse(&table, &propose(&table.headings));
    let nothing: [Known<usize>; 0] = [];
    let mut finder = Finder::new(&nothing);
    let outcomes: Vec<_> = rows.iter().cloned().map(|row| finder.classify(row)).collect();
    assert_eq!(outcomes[0], Outcome::Added);
    assert_eq!(outcomes[1], Outcome::LikelyDouble(vec![Same::Row(2)], Why::Alike));
    let Outcome::Refused(refused) = &outcomes[5] else { panic!("{:?}", outcomes[5]) };
    assert_eq!(refused.to_string(), "Row 7: Add a name: this row has none");
    assert_eq!(outcomes.iter().filter(|one| **one == Outcome::Added).count(), 6);

    let two_hawks = rows[2].as_ref().unwrap();
    assert_eq!(two_hawks.particulars.kind, Some(Kind::Tribe));
    assert_eq!(two_hawks.particulars.former_names, ["Two Hawks Band of Indians", "Two Hawks Indian Tribe"]);
    assert_eq!(two_hawks.particulars.website, "https://www.twohawks.example");
    assert_eq!(two_hawks.particulars.counties, ["Cedar River"]);
    let court = rows[6].as_ref().unwrap();
    assert_eq!((court.particulars.website.as_str(), court.notes[0].field), ("", Field::Website));
    let youth = rows[7].as_ref().unwrap();
    assert_eq!((youth.particulars.kind, youth.particulars.email.as_str(), youth.notes.len()), (Some(Kind::SelfFormed), "", 1));
}

#[test]
fn importing_the_same_list_again_changes_nothing() {
    let table = ours("partners.csv");
    let rows = parse(&table, &propose(&table.headings));
    let there = known(rows.iter().filter_map(|row| row.as_ref().ok()).map(|row| row.particulars.clone()).collect());
    let mut finder = Finder::new(&there);
    for row in rows.into_iter().filter(Result::is_ok) {
        let outcome = finder.classify(row.clone());
        assert!(matches!(outcome, Outcome::AlreadyThere(Same::Partner(_))), "{row:?}: {outcome:?}");
    }
}

#[test]
fn hsds_organizations_are_taken() {
    for table in [ours("organizations.csv"), ours("public/hsds_organizations.csv")] {
        let rows = parse(&table, &propose(&table.headings));
        let row = rows[0].as_ref().unwrap();
        assert!(row.particulars.official_id.starts_with("uuid:"));
        assert!(row.particulars.website.starts_with("http") && !row.particulars.description.is_empty());
        assert_eq!((rows.len(), row.particulars.former_names.len(), row.notes.len()), (1, 1, 0));
    }
}

#[test]
fn national_lists_are_known_by_their_headings_and_read_whole() {
    for (path, list, count, longest) in [
        ("tribes_bia.csv", NationalList::Bia, 1, 16),
        ("tribes_epa.csv", NationalList::Epa, 2, 27),
        ("public/tribes_bia_directory_2025_reduced.csv", NationalList::Bia, 587, 168),
        ("public/tribes_epa_bia_2026-02.csv", NationalList::Epa, 592, 263),
    ] {
        let table = ours(path);
        assert_eq!(NationalList::detect(&table.headings), Some(list));
        let names: Vec<_> = list.names(&table).into_iter().map(|name| name.unwrap()).collect();
        assert_eq!(names.len(), count);
        assert_eq!(names.iter().map(|one| one.name.chars().count()).max(), Some(longest));
        let column = table.headings.iter().position(|heading| heading == "tribe_full_name" || heading == "name").unwrap();
        assert!(names.iter().zip(&table.rows).all(|(one, row)| one.name == row.cells[column] && one.official_id.contains(':')));
    }
    assert_eq!(NationalList::detect(&ours("partners.csv").headings), None);
    assert_eq!(
        NationalList::Epa.names(&ours("tribes_epa.csv"))[0].as_ref().unwrap().other_names,
        ["Two Hawks Band of Indians", "Two Hawks Indian Tribe (Upper Band; Lower Band)"]
    );
}

#[test]
fn no_two_tribes_of_a_national_list_are_proposed_as_doubles() {
    for path in ["public/tribes_bia_directory_2025_reduced.csv", "public/tribes_epa_bia_2026-02.csv"] {
        let table = ours(path);
        let nothing: [Known<usize>; 0] = [];
        let mut finder = Finder::new(&nothing);
        let rows = parse(&table, &propose(&table.headings));
        let outcomes: Vec<_> = rows.into_iter().map(|row| finder.classify(row)).collect();
        let doubles: Vec<_> = outcomes.iter().filter(|one| matches!(one, Outcome::LikelyDouble(..))).collect();
        assert!(doubles.is_empty(), "{path}: {doubles:?}");
        let added = outcomes.iter().filter(|one| **one == Outcome::Added).count();
        assert_eq!(added, table.rows.len(), "{path}");
    }
}

#[test]
fn two_tribes_are_one_only_by_id_or_recorded_name() {
    let there =
        || vec![Particulars { official_id: "epa:1".into(), former_names: vec!["Old Hawks Band".into()], ..tribe("Two Hawks Nation") }];
    assert_eq!(outcome(there(), tribe("Two Hawks Nations")), Outcome::Added);
    assert_eq!(outcome(there(), partner("Two Hawk Nation")), Outcome::Added);
    assert_eq!(outcome(there(), tribe("Two Hawks Nation")), Outcome::AlreadyThere(Same::Partner(0)));
    assert_eq!(outcome(there(), tribe("TWO HAWKS NATION")), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::SameName));
    assert_eq!(outcome(there(), tribe("Old Hawks Band")), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::FormerName));
    let renamed = Particulars { official_id: "epa:1".into(), ..tribe("Two Hawks Sovereign Nation") };
    let Outcome::Changed(0, changes) = outcome(there(), renamed) else { panic!("not changed") };
    assert_eq!(changes, [Change { field: Field::Name, was: "Two Hawks Nation".into(), becomes: "Two Hawks Sovereign Nation".into() }]);
    let other = Particulars { official_id: "epa:2".into(), ..tribe("Two Hawks Nation") };
    assert_eq!(outcome(there(), other), Outcome::Added);
}

#[test]
fn a_double_that_was_decided_on_and_says_nothing_new_is_not_asked_about_again() {
    let named = Particulars { former_names: vec!["Alder House, Inc.".into()], city: "Salem".into(), ..partner("Alder Family House") };
    let row = |city: &str| Particulars { city: city.into(), ..partner("ALDER HOUSE INC") };
    assert_eq!(outcome(vec![named.clone()], row("Salem")), Outcome::AlreadyThere(Same::Partner(0)));
    assert_eq!(outcome(vec![named.clone()], row("Bend")), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::FormerName));
    let two = vec![named.clone(), named];
    assert!(matches!(outcome(two, row("")), Outcome::LikelyDouble(..)), "two have that name");
}

#[test]
fn others_are_the_same_by_name_unless_something_speaks_against_it() {
    let at = |city: &str| Particulars { city: city.into(), ..partner("Alder House, Inc.") };
    assert_eq!(outcome(vec![at("Salem")], at("")), Outcome::AlreadyThere(Same::Partner(0)));
    assert_eq!(outcome(vec![at("Salem")], at("Bend")), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::SameName));
    let court = Particulars { kind: Some(Kind::Court), ..at("Salem") };
    let school = Particulars { kind: Some(Kind::Education), ..at("Salem") };
    assert_eq!(outcome(vec![court], school), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::SameName));
    assert_eq!(outcome(vec![at("")], partner("Alder House")), Outcome::LikelyDouble(vec![Same::Partner(0)], Why::Alike));
    assert_eq!(
        outcome(vec![partner("Northern Alder Youth Alliance")], partner("NAYA")),
        Outcome::LikelyDouble(vec![Same::Partner(0)], Why::Initials)
    );
    assert_eq!(
        outcome(vec![partner("NAYA")], partner("Northern Alder Youth Alliance")),
        Outcome::LikelyDouble(vec![Same::Partner(0)], Why::Initials)
    );
    assert_eq!(outcome(vec![at("")], partner("Alder Falls Library")), Outcome::Added);
}

#[test]
fn the_id_of_a_private_list_never_makes_two_partners_one() {
    let listed = |name: &str| Particulars { official_id: "list:7".into(), ..partner(name) };
    assert_eq!(outcome(vec![listed("Alder House")], listed("Birch Library")), Outcome::Added);
}

#[test]
fn a_row_changes_only_what_it_says() {
    let there = Particulars {
        counties: vec!["Alder".into()],
        website: "https://www.alder.example/".into(),
        phone: "555-0101".into(),
        email: "old@alder.example".into(),
        ..partner("Alder House")
    };
    let row = Particulars {
        counties: vec!["alder".into(), "Birch".into()],
        website: "http://alder.example".into(),
        phone: "(555) 0101".into(),
        email: "new@alder.example".into(),
        ..partner("Alder House")
    };
    let Outcome::Changed(0, changes) = outcome(vec![there], row) else { panic!("not changed") };
    let fields: Vec<_> = changes.iter().map(|change| (change.field, change.becomes.as_str())).collect();
    assert_eq!(fields, [(Field::Counties, "Birch"), (Field::Email, "new@alder.example")]);
}

#[test]
fn rows_that_cannot_be_taken_say_why() {
    let table = tables::read(
        format!("Name,Notes\n{},\n-,\nA,\"SSN 123-45-6789\"\n\"Łódź  & Co, \"\"ʔ\"\"\",fine\n", "n".repeat(301)).as_bytes(),
        "a.csv",
        None,
    )
    .unwrap();
    let rows = parse(&table, &propose(&table.headings));
    let reasons: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(|refused| refused.reason.as_str()).collect();
    assert_eq!(reasons.len(), 3);
    assert_eq!(reasons[..2], ["Shorten the name to 300 characters; it has 301", "Add a name: this row has none"]);
    assert!(reasons[2].contains("Social Security"));
    assert_eq!(rows[3].as_ref().unwrap().particulars.name, "Łódź & Co, \"ʔ\"");
}

/// Made-up names in the manner of real ones.
fn made_up(at: usize) -> Particulars {
    let pick = |list: &[&str], salt: usize| list[(at.wrapping_mul(salt) >> 3) % list.len()].to_owned();
    let places = ["Cedar", "Alder", "Salem", "Bend", "Pine", "Lake", "Mesa", "Prairie", "Harbor", "Union", "Grant", "Linn"];
    let more = ["River", "Falls", "Valley", "Creek", "Hills", "Point", "Grove", "Springs", "Ridge", "Bay"];
    let what =
        ["Community Services", "Family Center", "School District", "Youth Alliance", "Health Clinic", "Church", "Foundation", "Court"];
    partner(&format!("{} {} {} {}", pick(&places, 2_654_435_761), pick(&more, 40_503), pick(&what, 2_246_822_519), at % 5_000))
}

#[test]
fn a_long_list_is_compared_with_many_partners_quickly() {
    let there = known((0..2_000).map(made_up).collect());
    let mut finder = Finder::new(&there);
    let begun = std::time::Instant::now();
    for at in 0..20_000 {
        let _ = finder.classify(Ok(ImportRow { number: at + 2, particulars: made_up(at + 1_000), notes: vec![] }));
    }
    eprintln!("{} pairs in {:?}", finder.compared(), begun.elapsed());
    assert!(finder.compared() <= 20_000 * 200, "{}", finder.compared());
}
