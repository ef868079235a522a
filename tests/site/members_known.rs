//! People with lived experience: who knows who they are, who invites them, and how they are reached.

use crate::members::{MEMBERS, WREN, accept, link_of};
use crate::support::{Site, smtp::Smtp};
use common_table::worker;

#[tokio::test]
async fn a_person_with_lived_experience_is_a_community_member_to_everybody_they_did_not_choose() {
    let site = Site::open().await;
    for who in ["director", "admin", "analyst", "partner", "tribe"] {
        let visitor = site.visitor(who).await;
        for page in [
            MEMBERS,
            "/cedar-river/members/@parent",
            "/cedar-river/audit",
            "/cedar-river/members?q=Dana",
            "/cedar-river/members?q=parent@demo",
        ] {
            let (shown, _) = visitor.try_send("GET", page, "", Vec::new()).await;
            for words in ["Dana Whitlock", "parent@demo.example"] {
                if shown.status.is_success() {
                    shown.assert_never_sees(words)
                } else {
                    shown.assert_gone(words)
                };
            }
        }
    }
    let elena = site.visitor("facilitator").await;
    elena.get(MEMBERS).await.assert_page("Members").assert_sees("Dana Whitlock");
    elena.get("/cedar-river/members?q=dana").await.assert_sees("Dana Whitlock");
    let dana = site.visitor("parent").await;
    dana.get("/cedar-river/me").await.assert_page("Your own page").assert_sees("Dana Whitlock");
    dana.post("/cedar-river/me/readers", &[("reader", "@staff")]).await.assert_goes_to("/cedar-river/me");
    elena.get(MEMBERS).await.assert_page("Members").assert_never_sees("Dana Whitlock");
    site.visitor("staff").await.get(MEMBERS).await.assert_sees("Dana Whitlock");
    dana.post("/cedar-river/me/readers", &[("reader", "@analyst")]).await.assert_problem("reader", "Choose people of the list");
}

#[tokio::test]
async fn a_person_with_lived_experience_is_first_known_to_the_facilitators_whom_the_invitation_names() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let nobody = [("role", "community"), ("name", "Mirela Costin"), ("email", "mirela@example.org")];
    admin.post(MEMBERS, &nobody).await.assert_problem("reader", "Choose at least one facilitator");
    admin.post(MEMBERS, &[&nobody[..], &[("reader", "@admin")]].concat()).await.assert_problem("reader", "Choose facilitators of the list");
    let fields = [&nobody[..], &[("reader", "@facilitator")]].concat();
    let (link, page) = link_of(&admin, MEMBERS, &fields).await;
    let member = page.trim_end_matches("/invitation").to_owned();
    for who in ["admin", "staff", "director"] {
        let visitor = site.visitor(who).await;
        for page in [&member, MEMBERS, "/cedar-river/audit"] {
            let (shown, _) = visitor.try_send("GET", page, "", Vec::new()).await;
            assert!(!shown.text.contains("Mirela") && !shown.text.contains("mirela@example.org"), "{who} at {page}");
        }
    }
    admin.get(&page).await.assert_never_sees("Mirela").assert_never_sees("mirela@example.org");
    let elena = site.visitor("facilitator").await;
    elena.get(&member).await.assert_page("Mirela Costin");
    site.visitor("staff").await.post(&page, &[]).await.assert_not_allowed();
    for table in ["membership", "audit", "idempotency"] {
        assert_eq!(site.count(&format!("{table} where position('irela' in {table}::text) > 0")).await, 0, "{table}");
    }
    site.stranger().open_link(&link).await.assert_sees("community member");
    let (mirela, joined) = accept(&site, &link, "Mirela Costin").await;
    joined.assert_goes_to("/cedar-river");
    mirela.get("/cedar-river/me").await.assert_sees("Mirela Costin, community member");
    for table in ["membership", "audit", "idempotency"] {
        assert_eq!(site.count(&format!("{table} where position('irela' in {table}::text) > 0")).await, 0, "{table}");
    }
    mirela.post("/cedar-river/me/readers", &[]).await.assert_goes_to("/cedar-river/me");
    elena.get(&member).await.assert_page("Community member").assert_never_sees("Mirela");
}

#[tokio::test]
async fn staff_invite_people_with_lived_experience_and_nobody_else() {
    let site = Site::open().await;
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river/members/new").await.assert_sees("Person with lived experience").assert_never_sees("Opens no partner’s words");
    elena.post(MEMBERS, WREN).await.assert_not_allowed();
    let fields = [("role", "community"), ("name", "Mirela Costin"), ("email", "mirela@example.org"), ("reader", "@facilitator")];
    let (link, page) = link_of(&elena, MEMBERS, &fields).await;
    let (again, _) = link_of(&elena, &page, &[]).await;
    assert_ne!(link, again);
    site.visitor("director").await.get(MEMBERS).await.assert_never_sees("Mirela");
}

#[tokio::test]
async fn how_to_reach_somebody_is_read_by_those_they_chose() {
    let site = Site::open().await;
    let page = "/cedar-river/members/@parent";
    for who in ["staff", "facilitator"] {
        site.visitor(who).await.get(page).await.assert_sees("How to reach them safely").assert_sees("Weekdays after 6 pm, not on Sundays");
    }
    for who in ["director", "admin", "partner", "tribe"] {
        site.visitor(who).await.get(page).await.assert_never_sees("Weekdays after 6 pm").assert_never_sees("How to reach them");
    }
}

#[tokio::test]
async fn how_to_reach_somebody_is_kept_by_them_and_a_late_edit_shows_both_texts() {
    let site = Site::open().await;
    let dana = site.visitor("parent").await;
    let kept = dana.fill("/cedar-river/me", "/me/reach", &[("hours", "Only on Mondays"), ("message", "yes")]).await;
    kept.assert_goes_to("/cedar-river/me");
    dana.get("/cedar-river/me").await.assert_page("Your own page");
    let late = dana.post("/cedar-river/me/reach", &[("hours", "Only on Fridays"), ("version", "2")]).await;
    late.assert_status(http::StatusCode::UNPROCESSABLE_ENTITY).assert_sees("Only on Mondays");
    assert_eq!(late.field("hours"), "Only on Fridays");
    let bad = dana.fill("/cedar-river/me", "/me/reach", &[("channel", "pigeon"), ("hours", &"x".repeat(201))]).await;
    bad.assert_problem("channel", "Choose one of the list").assert_problem("hours", "Shorten this to 200 characters");
}

#[tokio::test]
async fn an_invitation_by_letter_names_the_agency_only_where_the_person_was_asked_and_said_so() {
    let mut smtp = Smtp::start(&[]).await;
    let site = Site::with_letters(smtp.post("smtp://", "")).await;
    let admin = site.visitor("admin").await;
    let inviter: String = site.peek("select name from membership where id = '@admin'").await;
    for (email, may, named) in [("wren@home.example", "", false), ("rowan@home.example", "yes", true)] {
        let fields = [("role", "community"), ("reader", "@facilitator"), ("name", "Wren Ashby"), ("email", email), ("channel", "email")];
        let made = admin.post(MEMBERS, &[&fields[..], &[("may_name_agency", may)]].concat()).await;
        let page = admin.follow(&made).await;
        page.assert_sees("A letter brings them a link").assert_never_sees(email).assert_never_sees("/invitations/");
        for again in [false, true] {
            if again {
                admin.post(&made.location, &[]).await.assert_goes_to("/cedar-river/members/*/invitation");
            }
            assert_eq!(worker::send_due(&site.app).await, 1);
            let letter = smtp.taken().await.remove(0);
            assert_eq!(letter.to, email);
            for word in ["Cedar River", inviter.as_str()] {
                assert_eq!(letter.text.contains(word), named, "{word}: {}", letter.text);
            }
            site.stranger().open_link(&letter.link("/invitations/")).await.assert_page("Join Cedar River County");
        }
        let kept = format!("select may_name_agency from member_identity where email = '{email}'");
        assert_eq!(site.peek::<bool>(&kept).await, named, "and later letters keep to it");
    }
    // Of somebody of the agency's own side nobody asks, and by any other way nothing is sent.
    admin.post(MEMBERS, &[WREN, &[("may_name_agency", "")]].concat()).await.assert_goes_to("/cedar-river/members/*/invitation");
    assert_eq!(worker::send_due(&site.app).await, 1);
    assert!(smtp.taken().await.remove(0).text.contains("Cedar River"));
    let by_hand = [("role", "community"), ("reader", "@facilitator"), ("name", "Ash Wrenley"), ("email", "ash@home.example")];
    let told = [&by_hand[..], &[("channel", "telephone"), ("may_name_agency", "yes")]].concat();
    admin.follow(&admin.post(MEMBERS, &told).await).await.assert_sees("Pass this link on to them");
    assert_eq!(worker::send_due(&site.app).await, 0);
}
