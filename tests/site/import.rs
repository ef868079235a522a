//! Bringing in lists of partners: what is taken, what is refused, what is asked, and that nothing is written before.

use crate::support::{Answer, Site, Visitor, sending::ours};
use http::StatusCode;
use std::io::Write as _;

const IMPORT: &str = "/cedar-river/partners/import";
const ORDINARY: &[&str] = &["name", "kind", "email", "phone", "website", "city", "state", "counties", "languages", "contracted"];

async fn send(visitor: &Visitor, name: &str, bytes: &[u8]) -> Answer {
    visitor.upload(IMPORT, &[], ("file", name, bytes)).await
}

/// Sends a list and checks it with the columns that are proposed; answers the address of the report.
async fn checked(visitor: &Visitor, name: &str, bytes: &[u8]) -> String {
    let sent = send(visitor, name, bytes).await;
    sent.assert_flash("List taken in. Nothing is written yet");
    let checked = visitor.fill(&sent.location, "/columns", &[]).await;
    checked.assert_flash("List checked. Nothing is written yet");
    checked.location
}

/// By the one button: beside choices it belongs to their form.
async fn bring_in(visitor: &Visitor, report: &str) -> Answer {
    match visitor.get(report).await.attributes("#choices", "action").first() {
        Some(choices) => visitor.fill(report, choices, &[("then", "bring")]).await,
        None => visitor.fill(report, "/confirmation", &[]).await,
    }
}

/// Keeps choices on the report as it is now.
async fn keep(visitor: &Visitor, report: &str, choices: &[(&str, &str)]) -> Answer {
    let action = visitor.get(report).await.attributes("#choices", "action")[0].clone();
    visitor.fill(report, &action, choices).await
}

async fn outcomes(site: &Site, report: &str) -> String {
    let id = report.rsplit('/').next().unwrap();
    site.peek(&format!(
        "select coalesce(string_agg(outcome || ' ' || n, ', ' order by outcome), '') from \
         (select outcome, count(*) n from import_row where import_id = '{id}' group by outcome) o"
    ))
    .await
}

#[tokio::test]
async fn the_limits_are_said_before_a_file_is_chosen() {
    let site = Site::open().await;
    let page = site.visitor("staff").await.get(IMPORT).await;
    page.assert_page("Bring in a list").assert_sees("at most 25 MB, 20,000 rows and 200 columns");
}

#[tokio::test]
async fn nothing_is_written_before_it_is_confirmed_and_everything_after() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let before = site.count("partner").await;
    let report = checked(&staff, "partners.csv", &ours("partners.csv")).await;
    assert_eq!(site.count("partner").await, before, "a check writes nothing");
    let found = outcomes(&site, &report).await;
    assert!(found.contains("refused") && found.contains("double") && found.contains("added"), "{found}");
    bring_in(&staff, &report).await.assert_flash("List brought in");
    let added = site.count("partner").await - before;
    assert!(added > 0);
    let id = report.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("partner where import_id = '{id}'")).await, added, "each names its import");
    assert_eq!(site.count(&format!("subject s join partner p on p.id = s.id where p.import_id = '{id}'")).await, added);
    assert_eq!(site.count("audit where action = 'brought in' and kind = 'list of partners'").await, 2, "one entry for each file");
    staff.get(&format!("{report}?outcome=all")).await.assert_page("What becomes of each row").assert_sees("The file itself was not kept");
    assert_eq!(site.count(&format!("import i join file f on f.id = i.file_id where i.id = '{id}'")).await, 0);
}

#[tokio::test]
async fn a_bad_row_is_reported_with_its_number_and_stops_no_other() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "Name,Kind,Notes\nAlder Reading Room,Community,\n,Community,no name\nNorth Fork Grange,Community,Ask about 078-05-1120\nSouth Fork Grange,Community,\n";
    let report = checked(&staff, "list.csv", list.as_bytes()).await;
    let page = staff.get(&format!("{report}?outcome=refused")).await;
    page.assert_sees("Add a name: this row has none").assert_sees("Take out the Social Security number").assert_never_sees("078-05-1120");
    assert_eq!(page.select("tbody th"), ["Row 3", "Row 4"]);
    bring_in(&staff, &report).await.assert_flash("List brought in");
    assert_eq!(site.count("partner where name in ('Alder Reading Room', 'South Fork Grange')").await, 2);
    assert_eq!(site.count("import_row where fields::text like '%078-05%' or name like '%078%'").await, 0, "what identifies is not kept");
}

#[tokio::test]
async fn a_likely_double_is_decided_by_a_person() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "Name,Type,City\nCASA of Cedar Valley,CASA program,Cedar City\nCedar River Juvenile Courts,Court,Cedar City\n";
    let report = checked(&staff, "list.csv", list.as_bytes()).await;
    assert_eq!(outcomes(&site, &report).await, "double 2");
    let page = staff.get(&report).await;
    page.assert_sees("Row 2: CASA of Cedar Valley").assert_sees("The same as CASA of the Cedar Valley");
    let casa = site.id("casa");
    keep(&staff, &report, &[("row-2", &casa), ("row-3", "add")]).await.assert_flash("Your choices are kept. Nothing is written yet");
    assert_eq!(site.count("partner where name = 'Cedar River Juvenile Courts'").await, 0, "a choice writes nothing yet");
    bring_in(&staff, &report).await.assert_flash("List brought in");
    assert_eq!(site.count("partner where name in ('Cedar River Juvenile Courts', 'CASA of Cedar Valley')").await, 1);
    let names: String = site.peek("select string_agg(name, '|') from partner_name where partner_id = '@casa'").await;
    assert!(names.contains("CASA of Cedar Valley"), "{names}");
    assert_eq!(site.peek::<String>("select city from partner where id = '@casa'").await, "Cedar City", "blanks are filled in");
}

#[tokio::test]
async fn what_is_chosen_on_the_page_holds_when_the_list_is_brought_in_from_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "list.csv", b"Name,Type\nCASA of Cedar Valley,CASA program\n").await;
    let page = staff.get(&report).await;
    page.assert_sees("The choices that you have made on this page below are kept with it");
    let brought = staff.fill(&report, &page.attributes("#choices", "action")[0], &[("row-2", "add"), ("then", "bring")]).await;
    brought.assert_flash("List brought in");
    assert_eq!(outcomes(&site, &report).await, "added 1");
    assert_eq!(site.count("partner where name = 'CASA of Cedar Valley'").await, 1);
}

#[tokio::test]
async fn choices_on_a_list_that_was_checked_again_meanwhile_are_not_kept_and_not_lost() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "list.csv", b"Name,Type\nCASA of Cedar Valley,CASA program\n").await;
    let refused = staff.post(&format!("{report}/choices"), &[("row-2", "add"), ("version", "1")]).await;
    refused.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let stands = refused.filled(&refused.attributes("#choices", "action")[0], &[]).1;
    assert!(stands.contains(&("row-2".to_owned(), "add".to_owned())), "what was chosen stands on the page: {stands:?}");
    assert_eq!(outcomes(&site, &report).await, "double 1");
    let id = report.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("import_row where import_id = '{id}' and choice is not null")).await, 0);
}

#[tokio::test]
async fn an_undecided_double_is_left_out_and_one_that_was_not_named_is_never_taken() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "list.csv", b"Name,Type\nCASA of Cedar Valley,CASA program\n").await;
    let court = site.id("court");
    keep(&staff, &report, &[("row-2", &court)]).await.assert_flash("Your choices are kept. Nothing is written yet");
    let before = site.count("partner_name").await;
    bring_in(&staff, &report).await.assert_flash("List brought in");
    assert_eq!((outcomes(&site, &report).await.as_str(), site.count("partner_name").await), ("left 1", before));
}

#[tokio::test]
async fn the_same_list_sent_again_changes_nothing() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "Name,Type,City,Phone\nAlder Reading Room,Community,Alder Falls,555-0100\nNorth Fork Grange,Community,Alder Falls,\n";
    let report = checked(&staff, "list.csv", list.as_bytes()).await;
    bring_in(&staff, &report).await.assert_flash("List brought in");
    let again = checked(&staff, "list.csv", list.as_bytes()).await;
    assert_eq!(outcomes(&site, &again).await, "same 2");
    let newer = checked(&staff, "list.csv", list.replace("0100", "0199").as_bytes()).await;
    assert_eq!(outcomes(&site, &newer).await, "changed 1, same 1");
    staff.get(&format!("{newer}?outcome=changed")).await.assert_sees("555-0100").assert_sees("555-0199");
    bring_in(&staff, &newer).await.assert_flash("List brought in");
    assert_eq!(site.peek::<String>("select phone from partner where name = 'Alder Reading Room'").await, "555-0199");
}

#[tokio::test]
async fn partners_changed_since_the_check_ask_for_another_check() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "list.csv", b"Name,Type\nAlder Reading Room,Community\n").await;
    staff.post("/cedar-river/partners", &[("name", "Alder Reading Room"), ("kind", "community")]).await.assert_flash("Partner added");
    bring_in(&staff, &report).await.assert_problem("", "Partners were changed since this list was checked");
    assert_eq!(site.count("partner where name = 'Alder Reading Room'").await, 1);
    staff.fill(&format!("{report}/columns"), "/columns", &[]).await.assert_goes_to(&report);
    assert_eq!(outcomes(&site, &report).await, "same 1");
}

#[tokio::test]
async fn a_list_is_brought_in_once_and_the_same_file_pressed_twice_is_one_import() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let before = site.count("import").await;
    let key = [("key", "pressed-twice-00042")];
    let list: &[u8] = b"Name,Type\nAlder Reading Room,Community\n";
    let first = staff.upload(IMPORT, &key, ("file", "list.csv", list)).await;
    let second = staff.upload(IMPORT, &key, ("file", "list.csv", list)).await;
    assert_eq!((first.location.as_str(), site.count("import").await), (second.location.as_str(), before + 1));
    let checked = staff.fill(&first.location, "/columns", &[]).await;
    bring_in(&staff, &checked.location).await.assert_flash("List brought in");
    let again = staff.post(&format!("{}/confirmation", checked.location), &[("version", "2")]).await;
    again.assert_problem("", "This list is already brought in");
    assert_eq!(site.count("partner where name = 'Alder Reading Room'").await, 1);
}

#[tokio::test]
async fn a_list_that_is_dropped_leaves_neither_rows_nor_file() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let files = site.count("file").await;
    let report = checked(&staff, "list.csv", b"Name,Type\nAlder Reading Room,Community\n").await;
    staff.fill(&format!("{report}/delete"), "/delete", &[]).await.assert_flash("List dropped. Nothing was written");
    assert_eq!((outcomes(&site, &report).await.as_str(), site.count("file").await), ("", files));
    assert_eq!(site.count("partner where name = 'Alder Reading Room'").await, 0);
    staff.get(&report).await.assert_sees("This list was dropped");
}

#[tokio::test]
async fn columns_are_proposed_and_a_list_without_a_name_is_asked_for_one() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let sent = send(&staff, "partners.csv", &ours("partners.csv")).await;
    let page = staff.follow(&sent).await;
    page.assert_page("Which column is what").assert_sees("Cedar River Community Services, Inc.");
    let proposed = page.attributes("main option[selected]", "value");
    assert!(ORDINARY.iter().all(|field| proposed.iter().any(|one| one == field)), "{proposed:?}");
    let again = staff.post(&sent.location, &[("column", "city"), ("column", "city")]).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Choose the column that holds the partner’s name");
}

#[tokio::test]
async fn files_that_are_no_list_are_refused_with_the_reason_and_nothing_is_kept() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (files, imports) = (site.count("file").await, site.count("import").await);
    for (name, bytes, says) in [
        ("empty.csv", Vec::new(), "The file is empty"),
        ("list.csv", b"%PDF-1.7\n%\xe2\xe3".to_vec(), "This is a PDF"),
        ("list.csv", b"Name,Type\n".to_vec(), "The file has headings but no rows"),
        ("list.xlsx", bomb(), "The workbook unpacks to far more"),
        ("list.exe", b"Name\nA\n".to_vec(), "The file’s name must end in"),
        ("list.xlsx", b"Name\nA\n".to_vec(), "The file’s name says Excel"),
        ("list.csv", b"<!doctype html><html></html>".to_vec(), "This is a web page"),
    ] {
        send(&staff, name, &bytes).await.assert_problem("file", says);
    }
    send(&staff, "large.csv", &vec![b'a'; 26 * 1024 * 1024]).await.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
    staff.post(IMPORT, &[]).await.assert_problem("file", "Choose a file, or paste the list");
    assert_eq!((site.count("file").await, site.count("import").await), (files, imports));
}

/// A workbook that would unpack to 300 MB.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, megabytes) in [("[Content_Types].xml", 0), ("xl/workbook.xml", 0), ("xl/worksheets/sheet1.xml", 300)] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"<a/>").unwrap();
        let blank = vec![b' '; 1024 * 1024];
        (0..megabytes).for_each(|_| zip.write_all(&blank).unwrap());
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn other_encodings_workbooks_and_pasted_cells_are_read() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for name in ["partners_tabs_utf16le.txt", "partners_tabs_utf16be_without_mark.txt", "partners_semicolons_windows_1252.csv"] {
        let sent = send(&staff, name, &ours(name)).await;
        staff.follow(&sent).await.assert_page("Which column is what").assert_sees("Café Familia").assert_sees("Peñasco");
    }
    let report = checked(&staff, "partners.xlsx", &ours("partners.xlsx")).await;
    assert!(outcomes(&site, &report).await.contains("added"));
    let pasted = staff.post(IMPORT, &[("pasted", "Name\tType\nAlder Reading Room\tCommunity\n")]).await;
    staff.follow(&pasted).await.assert_sees("Alder Reading Room").assert_sees("Cells are parted by tabs");
}

#[tokio::test]
async fn a_cell_that_looks_like_a_formula_is_only_text() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "list.csv", b"Name,Type,Notes\nAlder Reading Room,Community,\"=HYPERLINK(1)\"\n").await;
    bring_in(&staff, &report).await.assert_flash("List brought in");
    assert_eq!(site.peek::<String>("select description from partner where name = 'Alder Reading Room'").await, "=HYPERLINK(1)");
}

#[tokio::test]
async fn hsds_organizations_become_partners_once() {
    let bytes = ours("public/hsds_organizations.csv");
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let report = checked(&staff, "organizations.csv", &bytes).await;
    assert!(outcomes(&site, &report).await.starts_with("added"), "{}", outcomes(&site, &report).await);
    bring_in(&staff, &report).await.assert_flash("List brought in");
    let again = checked(&staff, "organizations.csv", &bytes).await;
    assert!(outcomes(&site, &again).await.starts_with("same"), "{}", outcomes(&site, &again).await);
}

#[tokio::test]
async fn only_directors_and_staff_bring_in_lists_and_another_agencys_are_not_there() {
    let site = Site::open().await;
    for who in ["analyst", "admin", "partner", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(IMPORT).await.assert_not_allowed();
        visitor.get(&format!("{IMPORT}/@import_checked")).await.assert_not_allowed();
        visitor.upload(IMPORT, &[], ("file", "list.csv", b"Name\nAlder Reading Room\n")).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get(&format!("{IMPORT}/@import_checked")).await.assert_not_found();
    for end in ["", "/columns", "/delete"] {
        harbor.get(&format!("/harbor/partners/import/@import_checked{end}")).await.assert_not_found();
    }
    harbor.post("/harbor/partners/import/@import_checked/confirmation", &[("version", "2")]).await.assert_not_found();
    site.visitor("director").await.get(&format!("{IMPORT}/@import_checked/columns")).await.assert_not_found();
    assert_eq!(site.peek::<String>("select state from import where id = '@import_checked'").await, "checked");
}

#[tokio::test]
async fn a_list_changes_nothing_of_what_a_body_says_of_itself() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "Name,Kind,City,Phone,Stage,Communities,What it brings\n\
                Cedar Valley Kinship Circle,Community,,555-0199,,,\n\
                Riverbend Elders,Community,Alder,,met,Riverbend,Lived experience; Action in the community\n\
                Valley Tribal Consortium,Tribal organization,Alder,,,,\n";
    let report = checked(&staff, "list.csv", list.as_bytes()).await;
    staff.get(&report).await.assert_sees("Its words are its own to change").assert_sees("Cedar Valley Kinship Circle");
    // Not even where a person says that it is the same: nothing blank is filled in, and no name is added.
    site.force("update partner set state = '' where id = '@kinship'").await;
    let (kinship, names) = (site.id("kinship"), site.count("partner_name where partner_id = '@kinship'").await);
    keep(&staff, &report, &[("row-2", &kinship)]).await.assert_flash("Your choices are kept. Nothing is written yet");
    bring_in(&staff, &report).await.assert_flash("List brought in");
    assert_eq!(site.count("partner where id = '@kinship' and phone = '555-0199'").await, 0);
    assert_eq!(site.count("partner_name where partner_id = '@kinship'").await, names);
    let brought =
        "partner where name = 'Riverbend Elders' and stage = 'met' and communities = '{Riverbend}' and brings = '{lived,community}'";
    assert_eq!(site.count(brought).await, 1);
    assert_eq!(site.count("partner where name = 'Valley Tribal Consortium' and is_tribe").await, 0);
    let page =
        format!("/cedar-river/partners/{}", site.peek::<String>("select id::text from partner where name = 'Riverbend Elders'").await);
    staff.get(&page).await.assert_sees("Imported from").assert_sees("row 3");
}

#[tokio::test]
async fn a_partners_history_says_what_an_import_changed_and_the_report_what_will_stand() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let first = "Name,Type,City,Phone,Languages,Counties\nAlder Reading Room,Community,Alder Falls,555-0100,English,Cedar River\n";
    let report = checked(&staff, "first.csv", first.as_bytes()).await;
    bring_in(&staff, &report).await.assert_flash("List brought in");
    let newer =
        "Name,Type,City,Phone,Languages,Counties\nAlder Reading Room,Community,Alder Falls,555-0199,Spanish,\"Harbor, Cedar River\"\n";
    let report = checked(&staff, "newer.csv", newer.as_bytes()).await;
    let told = staff.get(&format!("{report}?outcome=changed")).await.select("td[data-label=More]").join("");
    for words in ["Languages: English, Spanish (joined", "Cedar River, Harbor (joined", "555-0199 instead of 555-0100"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    bring_in(&staff, &report).await.assert_flash("List brought in");
    let partner: String = site.peek("select id::text from partner where name = 'Alder Reading Room'").await;
    let stands: String =
        site.peek(&format!("select array_to_string(languages || counties, ', ') from partner where id = '{partner}'")).await;
    assert_eq!(stands, "English, Spanish, Cedar River, Harbor");
    let director = site.visitor("director").await;
    let page = director.get(&format!("/cedar-river/partners/{partner}")).await;
    let way = page.attributes("a[href*='/audit?record=']", "href").remove(0);
    let rows = director.get(&way).await.select("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    for (row, action) in rows.iter().zip(["changed by an import", "added by an import"]) {
        assert!(row.contains("Marcus Tellwell") && row.contains(action), "{row}");
    }
    assert!(
        ["languages (16)", "counties (19)", "phone (8)"].iter().all(|field| rows[0].contains(field)) && !rows[0].contains("city"),
        "{}",
        rows[0]
    );
}

#[tokio::test]
async fn a_likely_double_is_compared_field_by_field_in_words() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update partner set city = '', state = '', phone = '555-0100' where id = '@casa'").await;
    let report = checked(&staff, "list.csv", b"Name,Type,City,Phone\nCASA of Cedar Valley,CASA program,Cedar City,555-0199\n").await;
    let page = staff.get(&report).await;
    let row = |label: &str| page.select("table.compare tbody tr").into_iter().find(|row| row.starts_with(label)).unwrap_or_default();
    assert_eq!(row("Name"), "Name CASA of Cedar Valley CASA of the Cedar Valley differs");
    assert!(row("City").contains("Cedar City") && row("City").ends_with("only in this list"), "{}", row("City"));
    assert!(row("Telephone").ends_with("differs") || row("Phone").ends_with("differs"), "{:?}", page.select("table.compare tbody tr"));
    let merge = staff.get("/cedar-river/partners/@casa/merge?with=@court").await;
    let rows = merge.select("table.compare tbody tr");
    assert!(rows.iter().any(|row| row.starts_with("Name") && row.ends_with("differs")), "{rows:?}");
}

#[tokio::test]
async fn a_row_that_stands_twice_says_what_is_not_taken_of_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "Name,Type,Email\nAlder Reading Room,Community,one@alder.example\nAlder Reading Room,Community,two@alder.example\n";
    let report = checked(&staff, "list.csv", list.as_bytes()).await;
    let page = staff.get(&format!("{report}?outcome=all")).await;
    page.assert_sees("The same as row 2. Not taken from this row:").assert_sees("two@alder.example");
}
