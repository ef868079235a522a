//! Contacts between governments: written down with who spoke with authority for each side, listed and counted apart from outreach
//! in the community, on every page and in every table that leaves.

use crate::{reports::rows, support::Site};

const OUTREACH: &str = "/cedar-river/outreach";
const APART: &str = "/cedar-river/outreach/governments";
const SAID: &str = "The council reads the draft in May";

fn contact(partner: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("partner", partner),
        ("held_on", "2027-03-01"),
        ("went", "@director"),
        ("how", "meeting"),
        ("said", SAID),
        ("government", "yes"),
        ("spoke_ours", "Rosalind Achterberg, director"),
        ("spoke_theirs", "Chairwoman Elaine Whitebird"),
    ]
}

#[tokio::test]
async fn a_contact_with_a_tribe_as_a_government_says_who_spoke_for_each() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let mut nobody = contact("@tallpine");
    nobody.retain(|(name, _)| !name.starts_with("spoke"));
    let again = staff.post(OUTREACH, &nobody).await;
    again.assert_problem("spoke_ours", "Enter who spoke with authority for the agency");
    again.assert_problem("spoke_theirs", "Enter who spoke with authority for the Tribe");
    let other = staff.post(OUTREACH, &contact("@kinship")).await;
    other.assert_problem("government", "Leave this open, or choose a Tribe: only a Tribe is met as a government");
    let mut unsaid = contact("@tallpine");
    unsaid.retain(|(name, _)| *name != "government");
    staff.post(OUTREACH, &unsaid).await.assert_problem("government", "Tick this if the two governments spoke");
    let made = staff.post(OUTREACH, &contact("@tallpine")).await;
    made.assert_flash("Outreach written down");
    let page = staff.get(&made.location).await;
    page.assert_sees("Contact between governments with Tall Pine Tribe").assert_sees("Chairwoman Elaine Whitebird");
    site.visitor("tribe").await.get(&made.location).await.assert_sees(SAID).assert_sees("Spoke for the Tribe");
    for who in ["partner", "parent"] {
        site.visitor(who).await.get(&made.location).await.assert_not_found();
    }
    // What was no contact between governments after all goes back to outreach, and the names with it.
    let fields = [("government", ""), ("spoke_ours", ""), ("spoke_theirs", "")];
    staff.fill(&format!("{}/edit", made.location), &made.location, &fields).await.assert_flash("Outreach saved");
    staff.get(APART).await.assert_never_sees(&made.made());
    staff.get(OUTREACH).await.assert_sees("Tall Pine Tribe");
    let past = format!("update outreach set between_governments = true where id = '{}'", made.made());
    let unsaid = site.attempt("staff", "staff", &past).await.unwrap_err().to_string();
    assert!(unsaid.contains("outreach_spoke_for"), "who spoke for each, past the page: {unsaid}");
}

#[tokio::test]
async fn contacts_between_governments_are_in_no_list_and_no_count_of_outreach() {
    let site = Site::open().await;
    let (staff, analyst, director) = (site.visitor("staff").await, site.visitor("analyst").await, site.visitor("director").await);
    let year = async || analyst.get("/cedar-river/reports").await.select("dl.numbers div");
    let number = |rows: &[String], label: &str| {
        let row = rows.iter().find(|row| row.contains(label)).unwrap_or_else(|| panic!("no {label} in {rows:?}"));
        row.rsplit(' ').next().and_then(|last| last.parse::<i64>().ok()).unwrap_or_else(|| panic!("{row}"))
    };
    let before = year().await;
    let lines = async |what: &str| rows(&site, &analyst, what).await.len();
    let (outreach, governments) = (lines("outreach").await, lines("governments").await);
    let made = staff.post(OUTREACH, &contact("@tallpine")).await;
    let after = year().await;
    assert_eq!(number(&after, "Outreach entries"), number(&before, "Outreach entries"));
    assert_eq!(number(&after, "Contacts with Tribes"), number(&before, "Contacts with Tribes") + 1);
    assert_eq!((lines("outreach").await, lines("governments").await), (outreach, governments + 1));
    let row = rows(&site, &analyst, "governments").await.into_iter().find(|row| row["id"] == made.made()).unwrap();
    assert_eq!((&*row["spoke_for_tribe"], &*row["tribe"]), ("Chairwoman Elaine Whitebird", "Tall Pine Tribe"));
    for list in ["", "?sort=oldest", "?how=meeting", "?partner=@tallpine"] {
        assert!(!staff.get(&format!("{OUTREACH}{list}")).await.text.contains(&made.made()), "{list}");
        assert!(staff.get(&format!("{APART}{list}")).await.text.contains(&made.made()), "{list}");
    }
    staff.get("/cedar-river/partners/@tallpine").await.assert_sees("Contacts between governments (3)");
    staff.get("/cedar-river/partners/@kinship").await.assert_never_sees("Contacts between governments");
    director.get("/cedar-river").await.assert_sees("Contacts between governments");
    director.get("/cedar-river/partners/landscape").await.assert_sees("spoke as governments on 1 March 2027");
}
