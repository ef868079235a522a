//! A body admits its own people. Here an administrator tries every way to become the Tribe, through pages and past them.

use crate::{
    first_stewards::{FIRST, act, link_of},
    support::{Site, Visitor, refused},
};
use chrono::Duration;

async fn come_in(site: &Site, link: &str, name: &str) -> Visitor {
    let newcomer = site.stranger();
    newcomer.answer_link(link, &[("name", name), ("password", "four words in a row")]).await.assert_goes_to("/cedar-river");
    newcomer
}

#[tokio::test]
async fn no_page_lets_an_administrator_become_the_tribe() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    let before: String = site.peek(STANDING).await;
    for (path, fields) in [
        ("/cedar-river/members/admissions", vec![("name", "Agnes"), ("email", "agnes@example.org")]),
        ("/cedar-river/members/@proposed/admission", vec![("name", "Agnes"), ("email", "agnes@example.org"), ("version", "1")]),
        ("/cedar-river/members/@proposed/invitation", vec![]),
        ("/cedar-river/members/@tribe_member/invitation", vec![]),
        ("/cedar-river/members/@tribe_member/mandate", vec![("steward", "yes"), ("version", "3")]),
        ("/cedar-river/members/@tribe_member/role", vec![("role", "director"), ("version", "3")]),
        ("/cedar-river/members/@tribe_member/ending", vec![("version", "3")]),
        ("/cedar-river/members/@tribe/ending", vec![("version", "1")]),
        ("/cedar-river/members/@tribe/mandate", vec![("version", "1")]),
    ] {
        admin.post(path, &fields).await.assert_not_allowed();
    }
    admin.post(FIRST, &act("@tallpine", "agnes@example.org")).await.assert_problem("body", "Choose a body that has no steward");
    let fields = [("role", "partner"), ("name", "Agnes"), ("email", "agnes@example.org"), ("partner", "@tallpine"), ("steward", "yes")];
    admin.post("/cedar-river/members", &fields).await.assert_problem("role", "Choose what they are invited as");
    assert_eq!(site.peek::<String>(STANDING).await, before);
}

/// Everything that says who stands for which body.
const STANDING: &str = "select coalesce(string_agg(concat_ws(' ', id, account_id, partner_id, steward, speaks, binds, state), ', ' order by id), '') \
    from membership where partner_id is not null";

#[tokio::test]
async fn suspending_a_steward_does_not_open_the_way_to_another_one() {
    let site = Site::open().await;
    let (admin, thomas) = (site.visitor("admin").await, site.visitor("tribe").await);
    admin
        .fill("/cedar-river/members/@tribe", "/suspension", &[("why", "On leave until spring")])
        .await
        .assert_goes_to("/cedar-river/members/@tribe");
    thomas.get("/cedar-river/members").await.assert_suspended();
    admin.post(FIRST, &act("@tallpine", "agnes@example.org")).await.assert_problem("body", "Choose a body that has no steward");
    admin.get("/cedar-river/members/first-stewards/new").await.assert_never_sees(&site.id("tallpine"));
    let proposed = [("body", "@tallpine"), ("name", "Agnes Again")];
    admin.post("/cedar-river/members/proposals", &proposed).await.assert_flash("Proposed. The body’s steward decides");
    admin.fill("/cedar-river/members/@tribe", "/suspension/delete", &[]).await.assert_goes_to("/cedar-river/members/@tribe");
    let seen = thomas.get("/cedar-river/members/changes").await;
    seen.assert_sees("Agnes Lindqvist suspended Thomas Greywater").assert_sees("Agnes Lindqvist took up again Thomas Greywater");
    seen.assert_sees("Agnes Lindqvist proposed Agnes Again");
    // Past every page: an act for the one who was proposed, while the steward is suspended, and when the body has none any more.
    let again: String = site.peek("select id::text from membership where name = 'Agnes Again'").await;
    let named = format!(
        "insert into steward_act (id, partner_id, membership_id, document, dated, reference, received_by, recorded_by, email, created_at) \
         values ('{NEW}', '@tallpine', '{again}', 'letter', '2026-01-01', 'x', '@director', '@admin', 'agnes@example.org', now())"
    );
    for (state, by) in [("suspended", "'agency'"), ("suspended", "'body'"), ("accepted", "null"), ("active", "null")] {
        site.force(&format!("update membership set state = '{state}', suspended_by = {by} where id = '@tribe'")).await;
        refused(state, site.attempt("admin", "administrator", &named).await);
    }
    site.force("update membership set state = 'ended', ended_at = now() where id = '@tribe'").await;
    assert_eq!(site.attempt("admin", "administrator", &named).await.unwrap(), 1, "what whoever writes an act down may do");
}

const NEW: &str = "018f5e2a-0000-7000-8000-00000000bbbb";

#[tokio::test]
async fn no_transaction_of_an_administrator_makes_or_raises_a_bodys_people() {
    let site = Site::open().await;
    let member = |columns: &str, values: &str| {
        format!(
            "insert into membership (id, name, role, partner_id, invited_by, created_at{columns}) \
             values ('{NEW}', 'Agnes', 'partner', '@tallpine', '@admin', now(){values})"
        )
    };
    let link = |member: &str| {
        format!(
            "insert into invitation (id, membership_id, token_hash, email, made_by, created_at, expires_at) \
             values ('{NEW}', '{member}', 'x', 'agnes@example.org', '@admin', now(), now() + interval '1 day')"
        )
    };
    let attempts = [
        member(", state", ", 'active'"),
        member(", state", ", 'invited'"),
        member(", state, steward", ", 'proposed', true"),
        member(", state, speaks", ", 'proposed', true"),
        member(", state, account_id", ", 'proposed', (select account_id from membership where id = '@admin')"),
        "update membership set steward = true where id = '@tribe_member'".to_owned(),
        "update membership set steward = false where id = '@tribe'".to_owned(),
        "update membership set speaks = true, binds = true where id = '@proposed'".to_owned(),
        "update membership set binds = true where id = '@tribe_member'".to_owned(),
        "update membership set mandate_until = null where id = '@tribe_member'".to_owned(),
        "update membership set state = 'ended' where id = '@tribe'".to_owned(),
        "update membership set state = 'invited' where id = '@proposed'".to_owned(),
        "update membership set state = 'active' where id = '@proposed'".to_owned(),
        "update membership set state = 'invited', account_id = null where id = '@tribe'".to_owned(),
        "update membership set account_id = (select account_id from membership where id = '@admin') where id = '@tribe'".to_owned(),
        "update membership set partner_id = '@tallpine', role = 'partner' where id = '@admin'".to_owned(),
        "update membership set partner_id = '@kinship' where id = '@tribe'".to_owned(),
        "update membership set name = 'Agnes' where id = '@tribe'".to_owned(),
        link("@proposed"),
        link("@tribe"),
        format!(
            "insert into steward_act (id, partner_id, membership_id, document, dated, reference, received_by, created_at) \
             values ('{NEW}', '@tallpine', '@proposed', 'letter', '2026-01-01', 'x', '@admin', now())"
        ),
        "delete from membership where id = '@tribe'".to_owned(),
        "delete from steward_act".to_owned(),
        "insert into identity_reader (membership_id, reader_id) values ('@parent', '@admin')".to_owned(),
        "insert into member_identity (membership_id, name, email) values ('@tribe', 'x', 'x')".to_owned(),
    ];
    for attempt in attempts {
        for (who, hat) in [("admin", "administrator"), ("staff", "staff"), ("director", "director")] {
            let attempt = attempt.replace("'@admin', now()", &format!("'@{who}', now()"));
            refused(&format!("{who}: {attempt}"), site.attempt(who, hat, &attempt).await);
        }
    }
    let lent = format!(
        "insert into delegation (id, duty, lent_by, lent_to, until, created_at) values ('{NEW}', 'answers', '@director', '@admin', '2030-01-01', now())"
    );
    for (who, hat) in [("admin", "administrator"), ("staff", "staff")] {
        refused(&format!("{who} lends the director’s duty"), site.attempt(who, hat, &lent).await);
    }
    for nobodys in ["update agency set hotline = 'x'", "update membership set role = 'director' where id = '@staff'"] {
        for (who, hat) in [("staff", "staff"), ("director", "director"), ("tribe", "partner")] {
            refused(&format!("{who}: {nobodys}"), site.attempt(who, hat, nobodys).await);
        }
    }
    let suspended = "update membership set state = 'suspended', suspended_by = 'agency' where id = '@tribe'";
    assert_eq!(site.attempt("admin", "administrator", suspended).await.unwrap(), 1, "what an administrator may do");
    let given = "update membership set speaks = true, binds = true where id = '@tribe_member'";
    assert_eq!(site.attempt("tribe", "partner", given).await.unwrap(), 1, "what a steward may do");
    refused("another body’s steward", site.attempt("partner", "partner", given).await);
}

#[tokio::test]
async fn a_steward_admits_whom_the_agency_proposed_and_gives_the_mandate() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    thomas.get("/cedar-river/members/@proposed/admission").await.assert_page("Admit this person?").assert_sees("Leona Birchfield");
    let fields = [("name", "Leona Birchfield"), ("email", "leona@example.org"), ("version", "1")];
    let link = link_of(&thomas, "/cedar-river/members/@proposed/admission", &fields).await;
    site.visitor("admin").await.get("/cedar-river/members/@proposed").await.assert_never_sees("leona@example.org");
    let leona = come_in(&site, &link, "Leona Birchfield").await;
    leona.get("/cedar-river/our-entry").await.assert_not_found();
    thomas.fill("/cedar-river/members/@proposed/mandate", "/mandate", &[("speaks", "yes"), ("mandate", "By the council")]).await;
    assert!(site.peek::<bool>("select speaks from membership where id = '@proposed'").await);
    thomas.get("/cedar-river/members/changes").await.assert_sees("Thomas Greywater admitted Leona Birchfield");
    site.visitor("partner").await.get("/cedar-river/members/@proposed/mandate").await.assert_not_found();
}

#[tokio::test]
async fn a_mandate_ends_by_itself_on_its_last_day() {
    let site = Site::open().await;
    let ruth = site.visitor("ruth").await;
    let speaks = "select speaks from look_up_session((select token_hash from session s join membership m on m.account_id = s.account_id \
        where m.id = '@tribe_member' order by s.created_at desc limit 1), 'cedar-river', now_)";
    ruth.get("/cedar-river/partners").await.assert_page("Partners");
    for (moment, held) in [("2026-06-01", true), ("2028-06-01", false), ("2024-06-01", false)] {
        site.force("update session set expires_at = '2030-01-01'").await;
        assert_eq!(site.peek::<bool>(&speaks.replace("now_", &format!("'{moment}'::timestamptz"))).await, held, "{moment}");
    }
}

#[tokio::test]
async fn each_side_lifts_only_its_own_suspension() {
    let site = Site::open().await;
    let (admin, thomas, ruth) = (site.visitor("admin").await, site.visitor("tribe").await, site.visitor("ruth").await);
    let (member, lift) = ("/cedar-river/members/@tribe_member", "/cedar-river/members/@tribe_member/suspension/delete");
    admin.fill(member, "/suspension", &[("why", "On leave until spring")]).await.assert_goes_to(member);
    ruth.get("/cedar-river/partners").await.assert_suspended();
    thomas.post(lift, &[("version", "4")]).await.assert_not_allowed();
    admin.fill(member, "/suspension/delete", &[]).await.assert_goes_to(member);
    thomas.fill(member, "/suspension", &[("why", "On leave until spring")]).await.assert_goes_to(member);
    admin.post(lift, &[("version", "6")]).await.assert_not_allowed();
    thomas.fill(member, "/suspension/delete", &[]).await.assert_goes_to(member);
    ruth.get("/cedar-river/partners").await.assert_page("Partners");
}

#[tokio::test]
async fn a_body_keeps_a_steward_until_the_last_one_leaves_of_their_own_will() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    let own = thomas.fill("/cedar-river/members/@tribe/mandate", "/mandate", &[("steward", "")]).await;
    own.assert_problem("steward", "Name another steward first");
    thomas.fill("/cedar-river/members/@tribe_member/mandate", "/mandate", &[("steward", "yes")]).await;
    let ruth = site.visitor("ruth").await;
    ruth.get("/cedar-river/members/changes").await.assert_sees("Thomas Greywater named as steward Ruth Greywater");
    ruth.fill("/cedar-river/members/@tribe/mandate", "/mandate", &[("steward", "")]).await.assert_goes_to("/cedar-river/members/@tribe");
    thomas.get("/cedar-river/members/changes").await.assert_not_allowed();
    ruth.get("/cedar-river/me/leaving").await.assert_sees("You are the only steward of Tall Pine Tribe");
    ruth.post("/cedar-river/me/leaving", &[]).await.assert_goes_to("/hats");
    ruth.get("/cedar-river/members").await.assert_ended();
    let days = site.clock.now() + Duration::days(1);
    site.clock.put(days);
    let again = site.visitor("staff").await;
    again.get("/cedar-river/members/first-stewards/new").await.assert_sees("Tall Pine Tribe");
}

#[tokio::test]
async fn a_steward_is_told_of_a_proposal_and_of_two_entries_that_may_be_one() {
    let site = Site::open().await;
    let joanna = site.visitor("partner").await;
    let wanted = joanna.get("/cedar-river/wanted").await;
    wanted.assert_sees("The agency proposes somebody as one of your people").assert_sees("Theo Marchetti");
    wanted.assert_sees("Are these two entries the same body?");
    let links = wanted.attributes("main a", "href");
    for end in ["/admission", "/partners/merges/"] {
        let link = links.iter().find(|link| link.contains(end)).unwrap_or_else(|| panic!("a way to {end}"));
        joanna.get(link).await.assert_status(http::StatusCode::OK);
    }
    site.visitor("ruth").await.get("/cedar-river/wanted").await.assert_never_sees("Leona Birchfield");
    site.visitor("tribe").await.get("/cedar-river/me").await.assert_sees("Changes in our membership").assert_sees("Leona Birchfield");
}

#[tokio::test]
async fn declining_a_proposal_ends_nobodys_membership() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    let page = thomas.get("/cedar-river/members/@proposed/ending").await;
    page.assert_sees("whom the agency proposes?").assert_sees("They were never one of your people").assert_never_sees("End the membership");
    thomas.fill("/cedar-river/members/@proposed/ending", "/ending", &[]).await.assert_flash("Proposal declined. They were never let in");
    thomas.get("/cedar-river/members/changes").await.assert_sees("Thomas Greywater declined the proposal of");
    let admin = site.visitor("admin").await;
    let made = admin.post("/cedar-river/members/proposals", &[("body", "@tallpine"), ("name", "Ada Fern")]).await;
    let back = format!("{}/ending", made.location);
    admin.get(&back).await.assert_page("Take back the proposal of Ada Fern?");
    admin.fill(&back, "/ending", &[]).await.assert_flash("Proposal taken back");
}

#[tokio::test]
async fn whoever_lets_more_people_read_what_was_raised_is_asked_once_more() {
    let site = Site::open().await;
    let (ruth, thomas, parent) = (site.visitor("ruth").await, site.visitor("tribe").await, site.visitor("parent").await);
    let idea = [("kind", "idea"), ("audience", "leadership"), ("words", "A ferry on Sundays")];
    let raised = ruth.post("/cedar-river/loops", &idea).await.made();
    let (question, readers) = (format!("/cedar-river/loops/{raised}"), format!("/cedar-river/loops/{raised}/readers"));
    let asked = thomas.fill(&readers, "/readers", &[("audience", "partnership")]).await;
    asked.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    parent.get(&question).await.assert_not_found();
    thomas.send_form(&asked.filled("/readers", &[("sure", "partnership")])).await.assert_flash("Who may read it was changed");
    parent.get(&question).await.assert_sees("A ferry on Sundays");
    // It is a question beside the choice, and nothing is wrong.
    asked.assert_never_sees("There is a problem").assert_sees("More people will read it than now");
    assert!(asked.select("title")[0].starts_with("One question: "));
    // Fewer readers are nobody's loss; whoever raised it is asked as well before more people read it.
    thomas.fill(&readers, "/readers", &[("audience", "agency")]).await.assert_flash("Who may read it was changed");
    let own = ruth.fill(&readers, "/readers", &[("audience", "partnership")]).await;
    own.assert_problem("sure", "Tick that from now on it is read by every member of the partnership");
    parent.get(&question).await.assert_not_found();
    ruth.send_form(&own.filled("/readers", &[("sure", "partnership")])).await.assert_flash("Who may read it was changed");
    parent.get(&question).await.assert_sees("A ferry on Sundays");
}

#[tokio::test]
async fn the_only_steward_reads_what_their_body_loses_before_they_close_their_account() {
    let site = Site::open().await;
    let thomas = site.visitor("tribe").await;
    let alone = "You are the only steward of Tall Pine Tribe";
    thomas.get("/account/closing").await.assert_sees(alone).assert_never_sees("except stewards of your own body");
    site.visitor("parent")
        .await
        .get("/account/closing")
        .await
        .assert_never_sees("except stewards")
        .assert_never_sees("You are the only steward");
    site.force("update membership set steward = true where id = '@tribe_member'").await;
    thomas.get("/account/closing").await.assert_never_sees(alone).assert_sees("except stewards of your own body");
}

#[tokio::test]
async fn a_question_narrowed_to_its_author_stays_with_the_directors_and_that_is_said() {
    let site = Site::open().await;
    site.force("update subject set audience = 'partnership' where id = '@loop_answered'").await;
    let fields = [("record", "@loop_answered"), ("audience", "author")];
    let said = "Done. The questions are still read by your people and the agency’s directors, for somebody has to answer";
    site.visitor("partner").await.post("/cedar-river/desk/narrowing", &fields).await.assert_flash(said);
    assert_eq!(site.peek::<String>("select audience from subject where id = '@loop_answered'").await, "leadership");
}

#[tokio::test]
async fn whoever_may_know_reads_who_took_words_back_and_nobody_else_does() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    site.force("update subject set author_id = '@tribe_member', audience = 'partnership' where id = '@tribe_statement'").await;
    tribe.post("/cedar-river/desk/withdrawal", &[("record", "@tribe_statement"), ("sure", "yes")]).await.made();
    let at = "/cedar-river/statements/@tribe_statement";
    tribe.get(at).await.assert_sees("As a steward of their body you took these words back on");
    site.visitor("ruth").await.get(at).await.assert_sees("Thomas Greywater, a steward of your body, took these words back on");
    site.visitor("director").await.get(at).await.assert_sees("Taken back on").assert_never_sees("Thomas Greywater");
}
