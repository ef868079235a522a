//! The trace, cut to its reader, and the page of what waits for one's word.

use crate::support::Site;

#[tokio::test]
async fn the_chain_is_cut_to_what_its_reader_may_see() {
    let site = Site::open().await;
    let at = "/cedar-river/trace/partner/@court";
    for who in ["tribe", "staff", "director"] {
        site.visitor(who).await.get(at).await.assert_page("What led here, and what came of it").assert_sees("We hear of a hearing");
    }
    for who in ["partner", "parent", "admin"] {
        site.visitor(who).await.get(at).await.assert_never_sees("We hear of a hearing");
    }
}

#[tokio::test]
async fn the_chain_goes_both_ways() {
    let site = Site::open().await;
    let tribe = site.visitor("tribe").await;
    tribe.get("/cedar-river/trace/loop/@loop_2").await.assert_sees("Cedar River Juvenile Court").assert_sees("the record you came from");
    tribe.get("/cedar-river/trace/partner/@court").await.assert_sees("We hear of a hearing on the day itself");
}

#[tokio::test]
async fn a_trace_of_nothing_is_not_found() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for at in ["loop/@court", "planet/@court", "partner/018f5e2a-0000-7000-8000-000000000000", "partner/x", "loop/@loop_12"] {
        staff.get(&format!("/cedar-river/trace/{at}")).await.assert_not_found();
    }
    site.visitor("harbor").await.get("/cedar-river/trace/partner/@court").await.assert_not_found();
}

#[tokio::test]
async fn what_waits_for_ones_word_is_on_one_page_until_it_is_given() {
    let site = Site::open().await;
    let partner = site.visitor("partner").await;
    partner.get("/cedar-river/wanted").await.assert_page("Your word is wanted").assert_sees("The consent card is in English");
    partner.post("/cedar-river/loops/@loop_answered/closure", &[]).await.assert_flash("Closed, by your word");
    partner.get("/cedar-river/wanted").await.assert_never_sees("The consent card is in English");
    site.visitor("parent").await.get("/cedar-river/wanted").await.assert_never_sees("What became of the list of relatives");
    for who in ["staff", "director", "admin", "analyst"] {
        site.visitor(who).await.get("/cedar-river/wanted").await.assert_not_allowed();
    }
}

#[tokio::test]
async fn the_chain_runs_from_a_statement_to_the_closed_question_and_back() {
    let site = Site::open().await;
    site.force(
        "update listening_session set cohost_id = '@kinship' where id = (select session_id from statement where id = '@quoted_statement');
         insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select agency_id, '018f5e2a-0000-7000-8000-0000000000a1', 'barrier', 'A barrier of the chain', '/cedar-river/barriers/a1', 'partnership', created_at
         from membership where id = '@staff';
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select m.agency_id, e.f::uuid, e.t::uuid, e.kind, m.id, m.created_at from membership m,
             (values ('018f5e2a-0000-7000-8000-0000000000a1', '@quoted_statement', 'evidence'),
                     ('@plan_open', '018f5e2a-0000-7000-8000-0000000000a1', 'addresses')) e (f, t, kind) where m.id = '@staff';
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select m.agency_id, '@plan_open', '@goal_open', 'serves', m.id, m.created_at from membership m where m.id = '@staff'
         on conflict do nothing;
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select m.agency_id, '@loop_2', '@plan_open', 'raised_from', m.id, m.created_at from membership m where m.id = '@staff';
         update subject set audience = 'partnership' where id in ('@loop_2', '@quoted_statement', '@plan_open', '@goal_open')",
    )
    .await;
    let words = "I finished school";
    let (plan, goal) = (
        site.peek::<String>("select title from subject where id = '@plan_open'").await,
        site.peek::<String>("select title from subject where id = '@goal_open'").await,
    );
    let staff = site.visitor("staff").await;
    for at in [
        "statement/@quoted_statement",
        "barrier/018f5e2a-0000-7000-8000-0000000000a1",
        "plan/@plan_open",
        "goal/@goal_open",
        "loop/@loop_2",
    ] {
        let page = staff.get(&format!("/cedar-river/trace/{at}")).await;
        page.assert_sees(words).assert_sees("A barrier of the chain").assert_sees(&plan).assert_sees(&goal);
        page.assert_sees("We hear of a hearing on the day itself").assert_sees("With whom").assert_sees("Cedar Valley Kinship Circle");
        page.assert_never_sees("statement: Statement");
    }
}

#[tokio::test]
async fn an_administrator_traces_nothing_that_is_not_open_to_them() {
    let site = Site::open().await;
    let admin = site.visitor("admin").await;
    for at in ["statement/@chosen_statement", "theme/@theme_kin", "loop/@loop_answered"] {
        site.visitor("staff").await.get(&format!("/cedar-river/trace/{at}")).await.assert_page("What led here, and what came of it");
        admin.get(&format!("/cedar-river/trace/{at}")).await.assert_not_found();
    }
    let theme: String = site.peek("select title from subject where id = '@theme_kin'").await;
    let barrier = "select from_id::text from edge where to_id = '@theme_kin' and kind = 'evidence' limit 1";
    let barrier: String = site.peek(barrier).await;
    let at = format!("/cedar-river/trace/barrier/{barrier}");
    site.visitor("staff").await.get(&at).await.assert_sees(&theme);
    admin.get(&at).await.assert_never_sees(&theme);
}
