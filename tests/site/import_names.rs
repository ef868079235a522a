//! The national lists of Tribes: a look-up of names from which a person picks; never partners by themselves.

use crate::support::{Site, Visitor, sending::ours};

const IMPORT: &str = "/cedar-river/partners/import";
const NAMES: &str = "/cedar-river/partners/names";
const EPA: &str = "tribes_epa_bia_2026-02.csv";
const BIA: &str = "tribes_bia_directory_2025_reduced.csv";

fn public(name: &str) -> Vec<u8> {
    ours(&format!("public/{name}"))
}

async fn bring_in(visitor: &Visitor, name: &str, bytes: &[u8]) -> String {
    let sent = visitor.upload(IMPORT, &[], ("file", name, bytes)).await;
    visitor.follow(&sent).await.assert_sees("It fills the look-up of names");
    let checked = visitor.fill(&sent.location, "/columns", &[]).await;
    visitor.fill(&checked.location, "/confirmation", &[]).await.assert_flash("List brought in");
    checked.location
}

#[tokio::test]
async fn the_national_lists_fill_the_look_up_and_make_no_partner() {
    let (bia, epa) = (public(BIA), public(EPA));
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let partners = site.count("partner").await;
    bring_in(&staff, BIA, &bia).await;
    bring_in(&staff, EPA, &epa).await;
    assert_eq!(site.count("listed_name where list = 'bia'").await, 587 + 2, "beside the demonstration’s two");
    assert_eq!(site.count("listed_name where list = 'epa'").await, 592);
    assert_eq!(site.count("partner").await, partners);
    let longest: i32 = site.peek("select max(char_length(name)) from listed_name").await;
    assert_eq!(longest, 263);
}

#[tokio::test]
async fn a_name_is_found_by_a_former_name_and_begins_an_entry_that_says_nothing_of_recognition() {
    let epa = public(EPA);
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    bring_in(&staff, EPA, &epa).await;
    let found = staff.get(&format!("{NAMES}?q=AQUA+Caliente+band+of+cahuilla")).await;
    found.assert_sees("Agua Caliente Band of Cahuilla Indians");
    let begin = found.attributes("main td a", "href").remove(0);
    let form = staff.get(&begin).await;
    assert_eq!((form.field("kind").as_str(), form.field("recognition").as_str()), ("tribe", "not_stated"));
    let made = staff.fill(&begin, "/partners", &[]).await;
    made.assert_flash("Partner added");
    let id = made.made();
    let kept: String =
        site.peek(&format!("select official_id || ' ' || recognition || ' ' || is_tribe from partner where id = '{id}'")).await;
    assert_eq!(kept, "epa:100000002 not_stated true");
    staff.follow(&made).await.assert_sees("Palm Springs");
    staff.get(&format!("{NAMES}?q=Agua+Caliente+Band")).await.assert_sees("Already a partner");
    staff.fill(&begin, "/partners", &[]).await.assert_problem("name", "This name of the national list is already a partner");
}

#[tokio::test]
async fn the_longest_name_of_the_list_becomes_a_partner() {
    let epa = public(EPA);
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    bring_in(&staff, EPA, &epa).await;
    let id: String = site.peek("select id::text from listed_name order by char_length(name) desc limit 1").await;
    let made = staff.fill(&format!("/cedar-river/partners/new?listed={id}"), "/partners", &[]).await;
    made.assert_flash("Partner added");
    assert_eq!(site.peek::<i32>(&format!("select char_length(name) from partner where id = '{}'", made.made())).await, 263);
}

#[tokio::test]
async fn a_newer_list_updates_names_by_their_official_id() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let list = "epa_id,bia_code,name,states,alternate_names,epa_region,bia_recognized\n9001,1,Two Hawks Nation,WA,,10,True\n9002,2,Old Alder,AK,,10,True\n";
    bring_in(&staff, "epa.csv", list.as_bytes()).await;
    let newer = list.replace("Two Hawks Nation", "Two Hawks Tribal Nation");
    let report = bring_in(&staff, "epa.csv", newer.as_bytes()).await;
    let id = report.rsplit('/').next().unwrap();
    assert_eq!(site.count(&format!("import_row where import_id = '{id}' and outcome = 'changed'")).await, 1);
    assert_eq!(site.count("listed_name where list = 'epa'").await, 2);
    assert_eq!(site.count("listed_name where name = 'Two Hawks Tribal Nation'").await, 1);
}

#[tokio::test]
async fn a_name_of_the_look_up_meets_the_partner_that_is_called_so_now_or_formerly_and_never_one_that_is_only_alike() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post("/cedar-river/partners", &[("name", "Gray Heron Nations"), ("kind", "tribe")]).await.assert_flash("Partner added");
    staff.get(&format!("{NAMES}?q=gray+heron")).await.assert_never_sees("Add this id");
    site.visitor("tribe").await.fill("/cedar-river/our-entry", "/our-entry", &[("name", "The Nation of the Tall Pine")]).await;
    let page = staff.get(&format!("{NAMES}?q=tall+pine")).await;
    page.assert_sees("Add this id to The Nation of the Tall Pine");
    let path = format!("{NAMES}/{}/partner", site.id("listed_pine"));
    staff.post(&path, &[("partner", "@court")]).await.assert_not_found();
    staff.post(&path, &[("partner", "@tallpine")]).await.assert_flash("The id of the national list is added");
    assert_eq!(site.peek::<String>("select official_id from partner where id = '@tallpine'").await, "bia:90001");
    staff.get(&format!("{NAMES}?q=tall+pine")).await.assert_sees("Already a partner").assert_never_sees("Add this id");
}
