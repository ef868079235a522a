//! Files that people send: how much room there is for them, and that nothing harmful comes in or goes out.

use crate::support::{
    Site, Visitor,
    clamd::{Clamd, RealClamd, eicar},
    sending::ours,
};
use common_table::{
    agencies::{self, FoundingError},
    platform::{errand::Errand, ids::AgencyId},
    verify, worker,
};
use http::StatusCode;
use std::time::Duration;

const IMPORT: &str = "/cedar-river/partners/import";
const LISTS: &str = "/cedar-river/members/lists";
const LOGO: &str = "/cedar-river/settings/logo";
const FILES: &str = "/cedar-river/settings/files";
const FULL: &str = "There is no room for this file: what";
const AWAY: &str = "Files cannot be checked for harmful content just now";

/// Nothing of it is anywhere, and it is told to whoever sent it and to administrators.
async fn finds_something_harmful(site: &Site) {
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    let before = (site.count("file").await, site.count("import").await);
    let sent = staff.upload(IMPORT, &[], ("file", "partners.csv", &eicar())).await;
    sent.assert_goes_to(IMPORT).assert_flash("Something harmful was found in this file, and it was not kept");
    assert_eq!((site.count("file").await, site.count("import").await), before);
    assert_eq!(site.count("file_chunk where position('EICAR'::bytea in bytes) > 0").await, 0);
    assert_eq!(site.count("quarantine where name = 'partners.csv' and size = 68 and sent_by = '@staff' and found like 'Eicar%'").await, 1);
    for (told, whom) in [(1, "@staff"), (1, "@admin"), (0, "@director"), (0, "@tribe")] {
        assert_eq!(site.count(&format!("notice where kind = 'quarantine' and membership_id = '{whom}'")).await, told, "{whom}");
    }
    staff.get("/cedar-river/notices").await.assert_sees("Something harmful was found in a file that you sent in");
    admin
        .get(FILES)
        .await
        .assert_page("Files")
        .assert_sees("Every file that somebody sends is checked")
        .assert_sees("partners.csv (68 bytes)");
    admin.get("/cedar-river/audit").await.assert_sees("sent in a harmful");
}

#[tokio::test]
async fn a_harmful_file_is_not_kept_and_its_sender_and_administrators_are_told() {
    let clamd = Clamd::start().await;
    let site = Site::with_scanner(&clamd.address).await;
    finds_something_harmful(&site).await;
    // Wherever files are sent.
    let admin = site.visitor("admin").await;
    for (path, back) in [(LISTS, LISTS), (LOGO, "/cedar-river/settings")] {
        admin.upload(path, &[], ("file", "a.csv", &eicar())).await.assert_goes_to(back);
    }
    let hidden = [b"Name,Email\n".to_vec(), eicar()].concat();
    admin.upload(LISTS, &[], ("file", "people.csv", &hidden)).await.assert_goes_to(LISTS);
    assert_eq!((site.count("quarantine").await, clamd.asked()), (4, 4));
    assert_eq!(site.count("people_list where file_name = 'people.csv' and created_at > (select min(found_at) from quarantine)").await, 0);
}

#[tokio::test]
async fn the_machines_own_scanner_finds_it_too() {
    let Some(clamd) = RealClamd::start().await else { return };
    let site = Site::with_scanner(&clamd.socket).await;
    finds_something_harmful(&site).await;
    let sound = site.visitor("staff").await.upload(IMPORT, &[], ("file", "partners.csv", &ours("partners.csv"))).await;
    sound.assert_flash("List taken in. Nothing is written yet");
}

#[tokio::test]
async fn nobody_else_reads_what_was_found() {
    let clamd = Clamd::start().await;
    let site = Site::with_scanner(&clamd.address).await;
    site.visitor("staff").await.upload(IMPORT, &[], ("file", "partners.csv", &eicar())).await.assert_goes_to(IMPORT);
    let all = "select 1 from quarantine";
    for (who, hat, seen) in [
        ("admin", "administrator", 1),
        ("staff", "staff", 1),
        ("director", "director", 0),
        ("analyst", "analyst", 0),
        ("tribe", "partner", 0),
    ] {
        assert_eq!(site.attempt(who, hat, all).await.unwrap(), seen, "{who}");
    }
    for who in ["director", "staff", "analyst", "partner", "tribe", "parent"] {
        site.visitor(who).await.get(FILES).await.assert_not_allowed();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get(FILES).await.assert_not_found();
    site.force("update membership set role = 'administrator' where agency_id = (select id from agency where slug = 'harbor') and role = 'director'").await;
    harbor.get("/harbor/settings/files").await.assert_page("Files").assert_never_sees("partners.csv");
    let forged = "insert into quarantine (agency_id, id, name, size, sha256, found, sent_by, found_at) \
                  select agency_id, gen_random_uuid(), 'x', 1, '', 'x', '@staff', now() from membership where id = '@analyst'";
    assert!(site.attempt("analyst", "analyst", forged).await.is_err(), "nobody says it of somebody else");
}

#[tokio::test]
async fn while_the_scanner_is_away_no_file_is_taken_and_what_was_typed_stays() {
    let site = Site::with_scanner(&Clamd::gone()).await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    let before = (site.count("file").await, site.count("people_list").await);
    let again = staff.upload(IMPORT, &[("pasted", "Name\nQuail Kin")], ("file", "partners.csv", &ours("partners.csv"))).await;
    again.assert_problem("file", AWAY);
    assert_eq!(again.field("pasted"), "Name\nQuail Kin");
    admin.upload(LISTS, &[], ("file", "people.csv", &ours("people.csv"))).await.assert_problem("file", AWAY);
    admin.upload(LOGO, &[], ("file", "logo.png", &ours("logo.png"))).await.assert_problem("file", AWAY);
    assert_eq!((site.count("file").await, site.count("people_list").await), before);
    // What is typed is text, and needs no scanner.
    staff.post(IMPORT, &[("pasted", "Name\tKind\nQuail Kin\tcommunity")]).await.assert_flash("List taken in. Nothing is written yet");
}

#[tokio::test]
async fn what_the_scanner_does_not_plainly_clear_is_not_taken() {
    for puzzling in [&b"INSTREAM size limit exceeded. ERROR\0"[..], b"", b"OK\0", b"stream: lstat() failed. ERROR\0"] {
        let clamd = Clamd::that_says(puzzling).await;
        let site = Site::with_scanner(&clamd.address).await;
        let sent = site.visitor("staff").await.upload(IMPORT, &[], ("file", "partners.csv", &ours("partners.csv"))).await;
        sent.assert_problem("file", AWAY);
        assert_eq!(clamd.asked(), 1);
    }
}

/// The administrator's picture, hung up and scanned.
async fn hung(site: &Site, admin: &Visitor) -> String {
    admin.upload(LOGO, &[], ("file", "logo.png", &ours("logo.png"))).await.assert_flash("Logo changed");
    let id: String = site.peek("select logo_file_id::text from agency where slug = 'cedar-river'").await;
    format!("/cedar-river/logo/{id}")
}

#[tokio::test]
async fn a_file_that_was_not_scanned_is_handed_to_nobody_until_it_is() {
    let clamd = Clamd::start().await;
    let site = Site::with_scanner(&clamd.address).await;
    let (admin, staff) = (site.visitor("admin").await, site.visitor("staff").await);
    let logo = hung(&site, &admin).await;
    let columns = staff.upload(IMPORT, &[], ("file", "partners.csv", &ours("partners.csv"))).await.location.clone();
    for (reader, page) in [(&staff, &logo), (&staff, &columns)] {
        reader.glance("GET", page).await.assert_status(StatusCode::OK);
    }
    // They came before a scanner was named.
    site.force("update file set scanned_at = null where not made_here").await;
    staff.glance("GET", &logo).await.assert_not_found();
    staff.get(&columns).await.assert_problem("", "This file waits to be checked for harmful content");
    worker::sweep(&site.app).await.unwrap();
    for (reader, page) in [(&staff, &logo), (&staff, &columns)] {
        reader.glance("GET", page).await.assert_status(StatusCode::OK);
    }
    assert_eq!(clamd.asked() as i64, 2 + site.count("file where not made_here").await, "each once more, and what the site made never");
}

#[tokio::test]
async fn what_is_found_later_is_erased_and_served_to_nobody() {
    let clamd = Clamd::start().await;
    let site = Site::with_scanner(&clamd.address).await;
    let (admin, staff) = (site.visitor("admin").await, site.visitor("staff").await);
    let columns = staff.upload(IMPORT, &[], ("file", "partners.csv", &ours("partners.csv"))).await.location.clone();
    let harmful: String = eicar().iter().map(|byte| format!("{byte:02x}")).collect();
    site.force(&format!(
        "update file_chunk set bytes = decode('{harmful}', 'hex') where file_id = (select file_id from import order by created_at desc, id desc limit 1);
         update file f set size = 68, sha256 = sha256(c.bytes), scanned_at = null from file_chunk c where c.file_id = f.id and c.n = 0 and length(c.bytes) = 68"
    ))
    .await;
    worker::sweep(&site.app).await.unwrap();
    assert_eq!(site.count("file where quarantined_at is not null and size = 0").await, 1);
    assert_eq!(site.count("file_chunk c join file f on f.id = c.file_id where f.quarantined_at is not null").await, 0);
    staff.get(&columns).await.assert_problem("", "This file was found harmful, and what it held is erased");
    assert_eq!(site.count("notice where kind = 'quarantine' and membership_id in ('@staff', '@admin')").await, 2);
    admin.get(FILES).await.assert_sees("partners.csv");
    // The list can be dropped all the same, and nothing is torn.
    staff.fill(&columns.replace("/columns", "/delete"), "/delete", &[]).await.assert_flash("List dropped. Nothing was written");
    let agency: uuid::Uuid = site.peek("select id from agency where slug = 'cedar-river'").await;
    let broken = verify::broken(&Errand::of_agency(site.app.db.clone(), (AgencyId(agency), chrono_tz::Tz::UTC))).await.unwrap();
    assert_eq!(broken, Vec::<String>::new());
}

#[tokio::test]
async fn without_a_scanner_files_are_taken_and_the_administrators_page_says_so() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let logo = hung(&site, &admin).await;
    admin.glance("GET", &logo).await.assert_status(StatusCode::OK);
    admin.get(FILES).await.assert_sees("No scanner is set up on this site: what people send is not checked");
    admin.get("/cedar-river/settings").await.assert_sees("Files");
}

/// The agency's room ends so many bytes beyond what is there.
async fn leave_room(site: &Site, column: &str, whose: &str, bytes: usize) {
    site.force(&format!(
        "update agency g set {column} = (select coalesce(sum(f.size), 0) from file f join membership m on m.id = f.owner_id \
             where f.agency_id = g.id and {whose}) + {bytes} where g.slug = 'cedar-river'"
    ))
    .await;
}

const OWN_SIDE: &str = "m.role <> 'partner'";

#[tokio::test]
async fn beyond_the_agencys_room_no_file_is_taken_and_what_was_pasted_stays() {
    let site = Site::open().await;
    let (staff, admin) = (site.visitor("staff").await, site.visitor("admin").await);
    let pasted = "Name\tKind\nQuail Kin\tcommunity";
    leave_room(&site, "files_most", OWN_SIDE, pasted.len() - 1).await;
    let before = (site.count("file").await, site.count("import").await);
    let again = staff.post(IMPORT, &[("pasted", pasted)]).await;
    again.assert_problem("", FULL);
    assert_eq!(again.field("pasted"), pasted);
    admin
        .upload(LOGO, &[], ("file", "logo.png", &ours("logo.png")))
        .await
        .assert_problem("", "There is no room for this file: what the agency keeps");
    assert_eq!((site.count("file").await, site.count("import").await), before);
    leave_room(&site, "files_most", OWN_SIDE, pasted.len()).await;
    staff.post(IMPORT, &[("pasted", pasted)]).await.assert_flash("List taken in. Nothing is written yet");
    admin.get(FILES).await.assert_sees("The agency’s files take").assert_sees("Who of the agency’s own side keeps most");
}

#[tokio::test]
async fn one_person_fills_their_own_room_and_nobody_elses() {
    let site = Site::open().await;
    let pasted = [("pasted", "Name\tKind\nQuail Kin\tcommunity")];
    leave_room(&site, "files_most_person", "m.id = '@staff'", 5).await;
    site.visitor("staff").await.post(IMPORT, &pasted).await.assert_problem("", "There is no room for this file: what one person keeps");
    leave_room(&site, "files_most_person", "m.id = '@director'", 200).await;
    site.visitor("director").await.post(IMPORT, &pasted).await.assert_flash("List taken in. Nothing is written yet");
}

#[tokio::test]
async fn a_file_that_goes_gives_its_room_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let pasted = [("pasted", "Name\tKind\nQuail Kin\tcommunity")];
    leave_room(&site, "files_most", OWN_SIDE, pasted[0].1.len()).await;
    let first = staff.post(IMPORT, &pasted).await;
    first.assert_flash("List taken in. Nothing is written yet");
    staff.post(IMPORT, &pasted).await.assert_problem("", FULL);
    staff.fill(&first.location.replace("/columns", "/delete"), "/delete", &[]).await.assert_flash("List dropped. Nothing was written");
    staff.post(IMPORT, &pasted).await.assert_flash("List taken in. Nothing is written yet");
}

#[tokio::test]
async fn of_two_files_sent_at_once_the_one_that_does_not_fit_is_refused() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let pasted = [("pasted", "Name\tKind\nQuail Kin\tcommunity")];
    leave_room(&site, "files_most", OWN_SIDE, pasted[0].1.len() + 5).await;
    // Both have stored what they hold and wait to add up, before either goes on.
    let agency: String = site.peek("select id::text from agency where slug = 'cedar-river'").await;
    let mut holding = site.own_connection().await;
    let hold = format!("begin; select pg_advisory_xact_lock(hashtextextended('files {agency}', 0))");
    sqlx::raw_sql(sqlx::AssertSqlSafe(hold)).execute(&mut holding).await.unwrap();
    let both_wait = async {
        for _ in 0..200 {
            let waiting = "pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
            if site.count(waiting).await == 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        sqlx::raw_sql("commit").execute(&mut holding).await.unwrap();
    };
    let (one, other, ()) = tokio::join!(staff.post(IMPORT, &pasted), director.post(IMPORT, &pasted), both_wait);
    let mut answers = [one.status, other.status];
    answers.sort_unstable();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
}

#[tokio::test]
async fn a_full_agency_keeps_no_steward_from_a_copy_of_their_own() {
    let site = Site::open().await;
    let (tribe, admin) = (site.visitor("tribe").await, site.visitor("admin").await);
    hung(&site, &admin).await;
    site.force("update agency set files_most = 0").await;
    let shown = async || admin.get(FILES).await.select("dl.facts dd").join(" ");
    let before = shown().await;
    tribe.post("/cedar-river/desk/copies", &[]).await.assert_flash("The copy is ready. Download it within seven days");
    assert_eq!(shown().await, before, "nor does the agency learn that one was made");
    site.force("update agency set files_most_person = 0").await;
    tribe.post("/cedar-river/desk/copies", &[]).await.assert_problem("", "There is no room for this file: what one person keeps");
}

#[tokio::test]
async fn an_export_without_room_is_given_up_and_says_why() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    site.force("update agency set files_most = 0").await;
    let asked = analyst.post("/cedar-river/reports/exports", &[("what", "barriers"), ("format", "csv")]).await;
    asked.assert_status(StatusCode::SEE_OTHER);
    worker::run_due(&site.app).await.unwrap();
    analyst.follow(&asked).await.assert_sees("There is no room for this file");
}

#[tokio::test]
async fn the_operator_says_how_much_room_there_is() {
    let site = Site::alone().await;
    let mut owner = site.owner().await;
    let now = site.clock.now();
    assert_eq!(agencies::give_room(&mut owner, "cedar-river", (None, None), now).await.unwrap(), (20 << 30, 4 << 30));
    let entries = site.count("audit").await;
    assert_eq!(agencies::give_room(&mut owner, "cedar-river", (Some(3 << 20), None), now).await.unwrap(), (3 << 20, 4 << 30));
    assert_eq!(site.count("audit").await, entries + 1);
    let nowhere = agencies::give_room(&mut owner, "nowhere", (Some(1), None), now).await;
    assert!(matches!(nowhere, Err(FoundingError::NoAgency(_))), "{nowhere:?}");
    assert_eq!(site.count("agency where files_most = 3 << 20").await, 1, "another agency keeps its own");
    site.visitor("admin").await.get(FILES).await.assert_sees("3 MB");
    // Nobody of the agency does it.
    for (who, hat) in [("admin", "administrator"), ("director", "director")] {
        assert!(site.attempt(who, hat, "update agency set files_most = 1 << 30").await.is_err(), "{who}");
    }
}
