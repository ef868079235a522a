//! Nothing in a file that was not consented to, whoever asks and in whatever form.

use super::{EXPORTS, SESSION, made, rows, state, statements_of_every_kind, stored, table, taken};
use crate::support::Site;
use calamine::{Reader as _, Xlsx};
use std::{collections::BTreeSet, io::Cursor};

/// Which audiences each role reads, by `access.md`.
const READS: &[(&str, &[&str])] = &[
    ("director", &["leadership", "agency", "partnership", "public"]),
    ("staff", &["agency", "partnership", "public"]),
    ("analyst", &["agency", "partnership", "public"]),
];

#[tokio::test]
async fn a_file_holds_exactly_what_was_consented_to_and_may_be_read() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    for (who, audiences) in READS {
        let mut wanted = BTreeSet::new();
        for audience in *audiences {
            for (state, named) in [("confirmed", "t"), ("confirmed", "f"), ("corrected", "t"), ("corrected", "f")] {
                wanted.insert(format!("words {audience} t {state} {named}"));
            }
        }
        let rows = rows(&site, &site.visitor(who).await, "statements").await;
        let ours = rows.iter().filter(|row| row["session_id"] == SESSION);
        let found: BTreeSet<String> = ours.map(|row| row["words"].clone()).collect();
        assert_eq!(found, wanted, "{who}");
    }
}

#[tokio::test]
async fn a_name_leaves_only_with_consent_to_be_named() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let rows = rows(&site, &site.visitor("director").await, "statements").await;
    for row in rows.iter().filter(|row| row["session_id"] == SESSION) {
        let named = row["words"].ends_with(" t");
        assert_eq!(row["shown_as"], if named { "Dana Whitlock" } else { "community member" }, "{}", row["words"]);
        assert_eq!(row["may_name"], if named { "yes" } else { "no" });
    }
}

#[tokio::test]
async fn a_person_with_lived_experience_reads_as_a_community_member_in_every_table() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    site.force(
        "update statement set attribution = 'role', shown_as = 'a mother of two', may_name = false
                where attribution = 'named' and id in (select id from subject where author_id = '@parent')",
    )
    .await;
    let director = site.visitor("director").await;
    for what in [
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
    ] {
        let export = made(&site, &director, &[("what", what), ("format", "csv")]).await;
        let text = taken(&director, &export).await;
        assert!(!text.contains("Dana Whitlock") && !text.contains("a mother of two"), "{what}");
    }
}

#[tokio::test]
async fn csv_excel_and_the_package_hold_the_same_rows() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let director = site.visitor("director").await;
    let csv = rows(&site, &director, "statements").await;
    assert!(csv.len() >= 16, "{}", csv.len());

    let export = made(&site, &director, &[("what", "statements"), ("format", "xlsx")]).await;
    let mut book = Xlsx::new(Cursor::new(stored(&site, &export).await)).unwrap();
    assert_eq!(book.sheet_names(), ["Statements", "Data dictionary"]);
    let sheet = book.worksheet_range("Statements").unwrap();
    let words = sheet.rows().next().unwrap().iter().position(|cell| *cell == "Words").unwrap();
    let excel: Vec<(String, String)> = sheet.rows().skip(1).map(|row| (row[0].to_string(), row[words].to_string())).collect();
    let plain: Vec<(String, String)> = csv.iter().map(|row| (row["id"].clone(), row["words"].clone())).collect();
    assert_eq!(excel, plain);

    let export = made(&site, &director, &[("what", "statements"), ("format", "package")]).await;
    let mut package = zip::ZipArchive::new(Cursor::new(stored(&site, &export).await)).unwrap();
    let mut read = |name: &str| std::io::read_to_string(package.by_name(name).unwrap()).unwrap();
    assert_eq!(table(&read("statements.csv")), csv);
    let description: serde_json::Value = serde_json::from_str(&read("datapackage.json")).unwrap();
    let fields = description["resources"][0]["schema"]["fields"].as_array().unwrap();
    assert_eq!(fields.len(), csv[0].len());
    assert!(fields.iter().all(|field| csv[0].contains_key(field["name"].as_str().unwrap())));
    assert!(read("statements-data-dictionary.csv").contains("consent_version"));
    let schema = &description["resources"][0]["schema"];
    assert_eq!((&schema["primaryKey"], &description["resources"][0]["name"]), (&"id".into(), &"statements".into()));
    let to = serde_json::json!([{ "fields": "session_id", "reference": { "package": "common-table-sessions", "resource": "sessions", "fields": "id" } }]);
    assert_eq!(schema["foreignKeys"], to);
    let limits = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap()["constraints"].clone();
    assert_eq!(limits("state")["enum"], serde_json::json!(["confirmed", "corrected"]));
    let pattern = limits("consent")["pattern"].as_str().unwrap().to_owned();
    assert!(pattern.starts_with("(kept|quoted|") && pattern.contains("; "), "{pattern}");
    for row in &csv {
        assert!(limits("audience")["enum"].as_array().unwrap().contains(&row["audience"].clone().into()));
    }
}

#[tokio::test]
async fn consent_that_changes_before_the_download_voids_the_file() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let analyst = site.visitor("analyst").await;
    for change in [
        "update statement set may_export = false, consent_version = consent_version + 1",
        "update statement set consent_version = consent_version + 1",
        "update subject set audience = 'body'",
        "update subject set withdrawn_at = created_at",
    ] {
        let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
        assert_eq!(state(&site, &export).await, "ready");
        let files = site.count("file").await;
        let one = format!("id = (select subject_id from export_row where export_id = '{}' limit 1)", export.rsplit('/').next().unwrap());
        site.force(&format!("{change} where {one}")).await;
        let refused = analyst.post(&format!("{export}/downloads"), &[]).await;
        refused.assert_goes_to(&export).assert_flash("The file was destroyed: a consent in it changed");
        analyst
            .follow(&refused)
            .await
            .assert_sees("Void: the file was destroyed")
            .assert_sees("Consent or audience of something in it changed");
        assert_eq!(site.count("file").await, files - 1, "{change}");
        analyst.get(&format!("{export}/file")).await.assert_goes_to(&export);
        analyst.get(EXPORTS).await.assert_sees("Consent or audience of something in it changed");
    }
}

#[tokio::test]
async fn consent_that_changes_between_asking_and_the_file_stops_the_file() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    analyst.post(&format!("{export}/downloads"), &[]).await.assert_goes_to(&format!("{export}?taking=yes"));
    site.force("update statement set consent_version = consent_version + 1 where may_export").await;
    analyst.get(&format!("{export}/file")).await.assert_goes_to(&export);
}

#[tokio::test]
async fn a_file_nobody_asks_for_any_more_is_voided_by_the_sweep() {
    let site = Site::open().await;
    statements_of_every_kind(&site).await;
    let analyst = site.visitor("analyst").await;
    let export = made(&site, &analyst, &[("what", "statements"), ("format", "csv")]).await;
    site.force("update statement set may_export = false where may_export").await;
    common_table::worker::sweep(&site.app).await.unwrap();
    assert_eq!(state(&site, &export).await, "void");
    let id = export.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("export where id = '{id}' and file_id is not null")).await, 0);
}

#[tokio::test]
async fn a_question_leaves_only_when_it_was_shared_with_the_agency() {
    let site = Site::open().await;
    site.force(
        "create temporary table made as select gen_random_uuid() as id, audience
         from unnest(array['author', 'body', 'leadership', 'agency', 'partnership', 'public']) audience;
         insert into subject (agency_id, id, kind, title, path, audience, body_id, author_id, created_at)
         select m.agency_id, t.id, 'loop', 'Question', '/cedar-river/loops/' || t.id, t.audience, '@kinship', m.id, m.created_at
         from made t, membership m where m.id = '@partner';
         insert into loop (agency_id, id, kind, words, raised_by, acknowledge_by, answer_by, created_at)
         select m.agency_id, t.id, 'question', 'asked of ' || t.audience, case when t.audience = 'public' then '@parent'::uuid else m.id end,
                '2027-03-01', '2027-04-01', m.created_at
         from made t, membership m where m.id = '@partner'",
    )
    .await;
    let rows = rows(&site, &site.visitor("director").await, "loops").await;
    let asked: BTreeSet<(&str, &str)> = rows
        .iter()
        .filter(|row| row["words"].starts_with("asked of"))
        .map(|row| (row["words"].as_str(), row["raised_by"].as_str()))
        .collect();
    let ours = "Cedar Valley Kinship Circle";
    assert_eq!(asked, [("asked of agency", ours), ("asked of partnership", ours), ("asked of public", "community member")].into());
}

#[tokio::test]
async fn a_text_that_begins_like_a_formula_stays_a_text() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/partners", &[("name", "=HYPERLINK(1)"), ("kind", "other")]).await.made();
    let rows = rows(&site, &staff, "partners").await;
    assert_eq!(rows.iter().filter(|row| row["name"] == "'=HYPERLINK(1)").count(), 1);
    assert!(rows.iter().all(|row| row.values().all(|cell| !cell.starts_with(['=', '+', '@', '\t']))));
}

#[tokio::test]
async fn how_a_partner_is_reached_is_in_the_table_as_on_its_page() {
    let site = Site::open().await;
    site.force("update partner set email = 'office@kinship.example', phone = '+1 555 0142' where id = '@kinship'").await;
    for who in ["director", "staff", "analyst"] {
        let visitor = site.visitor(who).await;
        visitor.get("/cedar-river/partners/@kinship").await.assert_sees("office@kinship.example").assert_sees("+1 555 0142");
        let rows = rows(&site, &visitor, "partners").await;
        let one = rows.iter().find(|row| row["id"] == site.id("kinship")).unwrap();
        assert_eq!((one["email"].as_str(), one["telephone"].as_str()), ("office@kinship.example", "'+1 555 0142"), "{who}");
        // How its people are reached is no part of it.
        let people: String = site.peek("select coalesce(string_agg(email, ' '), '') from member_identity where email <> ''").await;
        assert!(people.split(' ').filter(|address| !address.is_empty()).all(|address| rows.iter().all(|row| row["email"] != address)));
    }
}

#[tokio::test]
async fn a_question_that_fewer_may_read_is_called_back_from_every_file_that_was_taken_with_it() {
    let site = Site::open().await;
    let (partner, analyst) = (site.visitor("partner").await, site.visitor("analyst").await);
    let asked = made(&site, &analyst, &[("what", "loops"), ("format", "csv")]).await;
    assert!(taken(&analyst, &asked).await.contains("The consent card is in English"));
    let recalled = "recall where subject_id = '@loop_answered' and taken_by = '@analyst' and state = 'open'";
    let before = site.count(recalled).await;
    let at = "/cedar-river/loops/@loop_answered/readers";
    partner.fill(at, "/readers", &[("audience", "partnership"), ("sure", "partnership")]).await.assert_flash("Who may read it was changed");
    assert_eq!(site.count(recalled).await, before, "more readers call nothing back");
    partner.fill(at, "/readers", &[("audience", "leadership")]).await.assert_flash("Who may read it was changed");
    assert!(site.count(recalled).await > before);
    analyst.get(&asked).await.assert_never_sees("Ready:");
    assert_ne!(state(&site, &asked).await, "ready");
}
