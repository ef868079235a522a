//! The list of members as those who keep it use it: narrowed, counted, by who was not here for long; and what somebody reads whose
//! membership has ended.

use crate::support::{Answer, Site};

const MEMBERS: &str = "/cedar-river/members";

/// The number that the list says.
fn told(page: &Answer) -> i64 {
    let words = page.words();
    let before = words.split(" membership").find_map(|part| part.rsplit(' ').next()?.parse().ok());
    before.unwrap_or_else(|| panic!("no number on {words}"))
}

#[tokio::test]
async fn the_number_on_the_list_is_the_number_there_is() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let here = "agency_id = (select id from agency where slug = 'cedar-river')";
    for (query, rows) in [
        ("", format!("membership where {here} and state <> 'ended'")),
        ("?role=staff", format!("membership where {here} and state <> 'ended' and role = 'staff'")),
        ("?state=ended", format!("membership where {here} and state = 'ended'")),
        ("?body=@tallpine", format!("membership where {here} and state <> 'ended' and partner_id = '@tallpine'")),
    ] {
        assert_eq!(told(&admin.get(&format!("{MEMBERS}{query}")).await), site.count(&rows).await, "{query}");
    }
    // Others are told of nobody whom they do not see.
    let partner = site.visitor("partner").await;
    let seen = site.count(&format!("membership m where {here} and (state = 'active' or (state <> 'ended' and partner_id = (select partner_id from membership where id = '@partner')))")).await;
    assert_eq!(told(&partner.get(MEMBERS).await), seen);
}

#[tokio::test]
async fn who_was_not_here_for_long_is_found_by_those_who_keep_the_members() {
    let site = Site::open().await;
    site.force("delete from member_seen; update membership set created_at = created_at - interval '400 days'").await;
    site.visitor("analyst").await.get("/cedar-river").await;
    let (admin, today) = (site.visitor("admin").await, "(select seen_on from member_seen where membership_id = '@analyst')");
    admin.get(MEMBERS).await;
    assert_eq!(site.count("member_seen").await, 2, "one opens a page, and is noted once");
    site.force(&format!("insert into member_seen (agency_id, membership_id, seen_on) select agency_id, id, {today} - 100 from membership where id = '@facilitator'")).await;
    let name = |who: &str| format!("select name from membership where id = '@{who}'");
    let (analyst, facilitator, parent): (String, String, String) =
        (site.peek(&name("analyst")).await, site.peek(&name("facilitator")).await, site.peek(&name("parent")).await);
    let quarter = admin.get(&format!("{MEMBERS}?unused=90")).await;
    quarter.assert_sees(&facilitator).assert_never_sees(&analyst).assert_never_sees(&parent);
    admin.get(&format!("{MEMBERS}?unused=180")).await.assert_never_sees(&facilitator);
    admin.get(&format!("{MEMBERS}?unused=never")).await.assert_never_sees(&facilitator).assert_never_sees(&parent);
    admin.get(&format!("{MEMBERS}?single=yes")).await.assert_sees(&analyst).assert_never_sees(&parent);
    site.force("update member_seen set two_factors = true where membership_id = '@analyst'").await;
    admin.get(&format!("{MEMBERS}?single=yes")).await.assert_never_sees(&analyst);
    // Nobody else is asked, and nobody else is told.
    let partner = site.visitor("staff").await;
    partner.get(&format!("{MEMBERS}?unused=90")).await.assert_sees(&analyst).assert_never_sees("Last here");
    for (who, hat, seen) in [("admin", "administrator", 1), ("director", "director", 1), ("staff", "staff", 0), ("partner", "partner", 0)] {
        let read = site.attempt(who, hat, "select 1 from member_seen where membership_id = '@facilitator'").await;
        assert_eq!(read.unwrap(), seen, "{who}, past every page");
    }
}

#[tokio::test]
async fn a_steward_is_told_of_their_own_body_alone() {
    let site = Site::open().await;
    site.force("delete from member_seen; insert into member_seen (agency_id, membership_id, seen_on) select agency_id, id, '2020-01-01' from membership").await;
    let tribe = site.visitor("tribe").await;
    let page = tribe.get(&format!("{MEMBERS}?unused=365")).await;
    let own = site.count("membership m where partner_id = '@tallpine' and state in ('active', 'suspended') and id <> '@tribe'").await;
    assert_eq!(told(&page), own);
    assert!(own > 0, "somebody is there to be told of");
    // What the page leaves out, the database leaves out as well: of people with lived experience nothing is told to anybody else.
    for (who, hat) in [("admin", "administrator"), ("director", "director"), ("tribe", "partner"), ("staff", "staff")] {
        let read = site
            .attempt(who, hat, "select 1 from member_seen v join membership m on m.id = v.membership_id where m.lived_experience")
            .await;
        assert_eq!(read.unwrap(), 0, "{who}");
    }
    let forged = site.attempt("staff", "staff", "insert into member_seen (agency_id, membership_id, seen_on) select agency_id, '@admin', '2030-01-01' from membership where id = '@staff'").await;
    crate::support::refused("nobody notes somebody else", forged);
}

#[tokio::test]
async fn somebody_whose_membership_ended_is_told_so_and_nothing_else() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    site.force("update membership set state = 'ended', ended_at = '2027-02-01 12:00Z' where id = '@analyst'").await;
    for page in ["/cedar-river", "/cedar-river/partners", "/cedar-river/statements/@tallpine", "/cedar-river/members"] {
        let told = analyst.get(page).await;
        assert_eq!((told.status.as_u16(), told.heading()), (404, "Your membership here has ended".to_owned()), "{page}");
        assert!(!told.text.contains("Cedar River"), "{}", told.words());
    }
    let hats = analyst.get("/hats").await;
    hats.assert_sees("Your membership in Cedar River County ended on 1 February 2027")
        .assert_sees("you can talk to a person at Cedar River County");
    // Whoever never belonged here, or has come back, is told nothing of the kind.
    assert_eq!(site.visitor("harbor").await.get("/cedar-river").await.heading(), "There is nothing at this address");
    site.force("update membership set state = 'active', ended_at = null where id = '@analyst'").await;
    analyst.get("/hats").await.assert_never_sees("ended on");
}
