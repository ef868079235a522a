//! What stands in the columns of each table: answers that were given, numbers that join tables, codes that are explained, and
//! nothing that tells a person apart.

use super::{made, rows, table, taken};
use crate::support::{Site, Visitor};
use std::collections::{BTreeMap, BTreeSet};

const ALL: &[&str] = &[
    "partners",
    "outreach",
    "sessions",
    "statements",
    "themes",
    "barriers",
    "goals",
    "plans",
    "means",
    "progress",
    "commitments",
    "loops",
    "obstacles",
    "groups",
    "seats",
    "meetings",
    "decisions",
];

type Row = BTreeMap<String, String>;

async fn row(site: &Site, who: &Visitor, what: &str, id: &str) -> Row {
    let (id, column) = (site.id(id), if what == "goals" { "goal_id" } else { "id" });
    rows(site, who, what).await.into_iter().find(|row| row[column] == id).unwrap_or_else(|| panic!("{what} without {id}"))
}

#[tokio::test]
async fn an_answer_leaves_only_once_it_was_given() {
    let site = Site::open().await;
    let (director, staff) = (site.visitor("director").await, site.visitor("staff").await);
    let answer = |row: &Row| ["answered_on", "answer", "answer_words", "answer_due"].map(|column| row[column].clone());
    let nothing = [const { String::new() }; 4];
    let waiting = row(&site, &director, "loops", "loop_in_review").await;
    assert_eq!((waiting["state"].as_str(), answer(&waiting)), ("review", nothing.clone()));

    let version = site.peek::<i32>("select version from loop where id = '@loop_in_review'").await.to_string();
    let back = [("decision", "return"), ("note", "Say who asks for the time."), ("version", &version)];
    director.post("/cedar-river/loops/@loop_in_review/review", &back).await.assert_flash("The answer went back to the one who wrote it");
    assert_eq!(site.count("loop where id = '@loop_in_review' and answer_words <> ''").await, 1, "the words are still there to be mended");
    let returned = row(&site, &director, "loops", "loop_in_review").await;
    assert_eq!((returned["state"].as_str(), answer(&returned)), ("acknowledged", nothing.clone()));
    let again = row(&site, &staff, "loops", "loop_20").await;
    assert_eq!((again["state"].as_str(), answer(&again)), ("acknowledged", nothing), "reopened: the former answer did not hold");

    let given = row(&site, &staff, "loops", "loop_answered").await;
    assert_eq!(given["state"], "answered");
    let closed = row(&site, &staff, "loops", "loop_1").await;
    assert_eq!((closed["state"].as_str(), closed["answer"].as_str()), ("closed", "done"));
    assert!(!given["answer_words"].is_empty() && !given["answered_on"].is_empty() && !closed["answer_words"].is_empty());
}

#[tokio::test]
async fn a_goal_leaves_as_it_is_in_force_with_what_is_proposed_beside_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let before = row(&site, &staff, "goals", "goal_2").await;
    assert_eq!((before["version"].as_str(), before["in_force"].as_str(), before["proposed_text"].as_str()), ("1", "yes", ""));
    assert_ne!(before["agreed"], "0");
    let words = "Families hear from us in their own language";
    let changes = [("text", words), ("target", "77"), ("target_on", "2029-12-31"), ("indicator", "Calls answered")];
    staff.fill("/cedar-river/goals/@goal_2/edit", "@goal_2", &changes).await.made();
    let after = row(&site, &staff, "goals", "goal_2").await;
    for column in
        ["text", "version", "in_force", "indicator", "unit", "baseline", "baseline_on", "target", "target_on", "agreed", "not_agreed"]
    {
        assert_eq!(after[column], before[column], "{column} is that of the version in force");
    }
    let proposed = ["proposed_text", "proposed_version", "proposed_agreed", "proposed_not_agreed"].map(|column| after[column].as_str());
    assert_eq!(proposed, [words, "2", "0", "0"]);
    // Nothing is in force any more: what is proposed now is all there is.
    staff.fill("/cedar-river/goals/@goal_2/state", "/state", &[("state", "set_aside"), ("why", "It asked too little.")]).await.made();
    let over = row(&site, &staff, "goals", "goal_2").await;
    assert_eq!((over["text"].as_str(), over["version"].as_str(), over["in_force"].as_str()), (words, "2", "no"));
}

#[tokio::test]
async fn every_code_in_a_table_is_explained_in_its_dictionary() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let mut unexplained = BTreeSet::new();
    for what in ALL {
        let export = made(&site, &director, &[("what", what), ("format", "csv")]).await;
        let dictionary = table(&director.get(&format!("{export}/dictionary")).await.text);
        let rows = table(&taken(&director, &export).await);
        assert!(!rows.is_empty(), "{what}");
        for column in dictionary.iter().filter(|row| row["Meaning"].contains(" Values: ")) {
            for value in rows.iter().flat_map(|row| row[&column["Heading in CSV"]].split("; ")).filter(|value| !value.is_empty()) {
                if !column["Meaning"].contains(&format!(" {value} = ")) {
                    unexplained.insert(format!("{what}: {} of {}", value, column["Heading in CSV"]));
                }
            }
        }
        let coded: Vec<&str> =
            dictionary.iter().filter(|row| row["Meaning"].contains(" = ")).map(|row| row["Heading in CSV"].as_str()).collect();
        for wanted in ["kind", "stage", "state", "level", "how", "recording", "consent", "audience"] {
            // Of the partners’ columns `state` is where they sit.
            let is_coded = !rows[0].contains_key(wanted) || coded.contains(&wanted) || (*what == "partners" && wanted == "state");
            assert!(is_coded, "{what}: {wanted} is not explained");
        }
    }
    assert_eq!(unexplained, BTreeSet::new());
}

#[tokio::test]
async fn tables_are_joined_by_the_numbers_of_bodies_and_records_and_never_by_those_of_people() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let mut tables = BTreeMap::new();
    let people: Vec<String> = {
        let all: String = site.peek("select string_agg(id::text, ' ') from membership").await;
        all.split(' ').map(str::to_owned).collect()
    };
    for what in ALL {
        let export = made(&site, &director, &[("what", what), ("format", "csv")]).await;
        let text = taken(&director, &export).await;
        assert!(people.iter().all(|id| !text.contains(id.as_str())), "{what} holds a person’s number");
        tables.insert(*what, table(&text));
    }
    for (what, column, of) in [
        ("goals", "owner_partner_id", "partners"),
        ("goals", "barrier_ids", "barriers"),
        ("barriers", "statement_ids", "statements"),
        ("barriers", "theme_ids", "themes"),
        ("plans", "barrier_ids", "barriers"),
        ("means", "plan_id", "plans"),
        ("means", "partner_id", "partners"),
        ("progress", "plan_id", "plans"),
        ("commitments", "promised_by_partner_id", "partners"),
        ("commitments", "promised_to_partner_id", "partners"),
        ("commitments", "plan_id", "plans"),
        ("loops", "raised_by_partner_id", "partners"),
        ("obstacles", "partner_id", "partners"),
        ("groups", "reports_to_id", "groups"),
        ("seats", "group_id", "groups"),
        ("seats", "partner_id", "partners"),
        ("meetings", "group_id", "groups"),
        ("meetings", "came_ids", "partners"),
        ("decisions", "meeting_id", "meetings"),
    ] {
        let known: BTreeSet<&str> = tables[of].iter().map(|row| row["id"].as_str()).collect();
        let named: Vec<&str> = tables[what].iter().flat_map(|row| row[column].split_whitespace()).collect();
        assert!(!named.is_empty(), "{what}: {column} is empty throughout");
        assert!(named.iter().all(|id| known.contains(id)), "{what}: {column} names what is not in {of}");
    }
    let raised: Vec<&Row> = tables["loops"].iter().filter(|row| !row["raised_from_id"].is_empty()).collect();
    assert!(!raised.is_empty() && raised.iter().all(|row| !row["raised_from"].is_empty()));
    assert!(tables["loops"].iter().filter(|row| row["raised_by"] == "community member").all(|row| row["raised_by_partner_id"].is_empty()));
    let unconfirmed = site.id("loop_entered");
    assert!(tables["loops"].iter().all(|row| row["id"] != unconfirmed), "entered for somebody, and not confirmed");
    assert!(tables["loops"].iter().any(|row| row["id"] == site.id("loop_entered_first")), "confirmed by them");
    for (what, rows) in &tables {
        let ids: BTreeSet<&str> = rows.iter().map(|row| row["id"].as_str()).collect();
        assert_eq!(ids.len(), rows.len(), "{what}: a number stands for one row");
    }
    let values = tables["goals"].iter().filter(|row| row["goal_id"] == site.id("goal_1")).count();
    assert!(values > 1, "a goal has a row for each value");
    let again = rows(&site, &director, "goals").await;
    assert_eq!(again, tables["goals"], "the numbers of rows are the same in the next export");
    let gains = tables["means"].iter().filter(|row| !row["gain"].is_empty()).count();
    assert!(gains >= 5 && tables["progress"].iter().filter(|row| row["plan_id"] == site.id("plan_1")).count() >= 5);
}

#[tokio::test]
async fn a_statement_that_may_not_be_exported_is_not_even_a_number() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let before = rows(&site, &director, "barriers").await;
    let named: Vec<&str> = before.iter().flat_map(|row| row["statement_ids"].split_whitespace()).collect();
    let kept = named[0];
    site.force(&format!("update statement set may_export = false, consent_version = consent_version + 1 where id = '{kept}'")).await;
    let after = rows(&site, &director, "barriers").await;
    assert!(after.iter().all(|row| !row["statement_ids"].contains(kept)));
}

#[tokio::test]
async fn every_row_says_which_consent_it_rests_on() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    for what in ALL {
        for row in rows(&site, &director, what).await {
            match *what {
                "statements" => {
                    assert!(row["consent"].contains("exported"), "{row:?}");
                    assert_eq!(row["may_export"], "yes");
                    assert_eq!(row["consent"].contains("kept"), row["may_keep"] == "yes");
                    assert_eq!(row["consent"].contains("named"), row["may_name"] == "yes");
                }
                "loops" | "obstacles" => assert_eq!(row["consent"], "shared_by_raiser"),
                "sessions" => assert_eq!(row["consent"] == "agreed_aloud", !row["summary"].is_empty(), "{row:?}"),
                _ => assert_eq!(row["consent"], "none_needed", "{what}"),
            }
        }
    }
}

#[tokio::test]
async fn one_person_with_lived_experience_among_partners_is_not_told_apart() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    site.force(
        "update attendance set number = case constituency when 'lived_experience' then 1 when 'community_partners' then 4 else 0 end
         where session_id = '@session_4'",
    )
    .await;
    let few = row(&site, &director, "sessions", "session_4").await;
    let came = ["came_partners", "came_lived_experience", "came_other", "came_community"];
    assert_eq!(came.map(|column| few[column].as_str()), ["", "", "", "5"]);
    site.force("update attendance set number = 0 where session_id = '@session_4' and constituency = 'community_partners'").await;
    let one = row(&site, &director, "sessions", "session_4").await;
    assert_eq!(came.map(|column| one[column].as_str()), ["", "", "", ""], "one alone is not counted before others");
    let some = row(&site, &director, "sessions", "session_2").await;
    assert_eq!(came.map(|column| some[column].as_str()), ["", "17", "", "6"], "one of others is joined with the next small number");
}

#[tokio::test]
async fn a_table_tells_no_smaller_number_than_the_sessions_page() {
    let site = Site::open().await;
    site.force(
        "update attendance set number = case constituency when 'agency' then 3 when 'tribes' then 14 when 'lived_experience' then 2 else 0 end
         where session_id = '@session_4'",
    )
    .await;
    let analyst = site.visitor("analyst").await;
    let few = row(&site, &analyst, "sessions", "session_4").await;
    assert_eq!(["came_agency", "came_tribes", "came_community"].map(|column| few[column].as_str()), ["3", "", "16"]);
    analyst.get("/cedar-river/sessions/@session_4").await.assert_sees("Community members");
}

#[tokio::test]
async fn a_day_in_a_file_is_the_agencys_own() {
    let site = Site::open().await;
    // Three in the morning in London is still the evening before in Cedar River.
    site.force("update theme set created_at = '2027-03-02 03:00+00' where id = '@theme_kin'").await;
    assert_eq!(row(&site, &site.visitor("analyst").await, "themes", "theme_kin").await["added_on"], "2027-03-01");
}
