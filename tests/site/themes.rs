//! Themes: no theme without its source, and no source for anybody who may not read it.

use crate::support::Site;

#[tokio::test]
async fn every_agency_begins_with_what_the_field_knows() {
    let site = Site::open().await;
    let page = site.visitor("harbor").await.get("/harbor/themes").await;
    page.assert_sees("Weak engagement practices").assert_sees("from the field, no source here yet");
    assert_eq!(page.select("tbody tr").iter().filter(|row| row.contains("from the field, no source here yet")).count(), 4);
}

#[tokio::test]
async fn a_theme_needs_a_source() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let answer = staff.post("/cedar-river/themes", &[("name", "Doors that close early")]).await;
    answer.assert_problem("sources", "Choose at least one source");
}

#[tokio::test]
async fn a_theme_shows_and_counts_only_what_its_reader_may_read() {
    let site = Site::open().await;
    let words = "I do not need thanks";
    let theme = "/cedar-river/themes/@theme_paper";
    let (staff, tribe) = (site.visitor("staff").await.get(theme).await, site.visitor("tribe").await.get(theme).await);
    staff.assert_sees(words);
    tribe.assert_never_sees(words);
    assert!(tribe.select("section.card").len() < staff.select("section.card").len());
}

#[tokio::test]
async fn several_people_may_read_the_same_words_so_and_each_takes_only_their_own_joining_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let theme = "/cedar-river/themes/@theme_kin";
    staff.get(theme).await.assert_sees("joined by Marcus Tellwell, Rosalind Achterberg");
    staff.post("/cedar-river/themes/@theme_kin/sources/@kin_source/delete", &[]).await.assert_goes_to(theme);
    staff.get(theme).await.assert_sees("four streets away").assert_never_sees("To be read again");
}

#[tokio::test]
async fn a_theme_that_lost_a_source_says_so_until_it_was_read_again() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let theme = "/cedar-river/themes/@theme_reread";
    staff.get(theme).await.assert_sees("To be read again");
    staff.post("/cedar-river/themes/@theme_reread/rereading", &[]).await.assert_goes_to(theme);
    staff.get(theme).await.assert_never_sees("To be read again");
}

#[tokio::test]
async fn somebodys_words_cannot_be_copied_into_a_theme() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let copied = "They had my sister’s grandchildren for six weeks before anybody asked us";
    let answer = staff.post("/cedar-river/themes", &[("name", "Kin"), ("description", copied), ("sources", "@kin_source")]).await;
    answer.assert_problem("description", "Eight or more words in a row");
}

#[tokio::test]
async fn a_refusal_never_tells_that_words_stand_in_a_hidden_statement() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let copied = "They had my sister’s grandchildren for six weeks before anybody asked us";
    let fields = [("name", "Kin"), ("description", copied), ("sources", "@quoted_statement")];
    staff.post("/cedar-river/themes", &fields).await.assert_problem("description", "Eight or more words in a row here are somebody’s own");
    site.force("update subject set audience = 'author' where id = '@kin_source'").await;
    staff.post("/cedar-river/themes", &fields).await.assert_flash("Theme added");
}

#[tokio::test]
async fn ones_own_words_are_ones_own_everywhere() {
    let site = Site::open().await;
    let said = site.peek::<String>("select words from statement where id = '@chosen_statement'").await;
    let fields = [("comment", said.as_str()), ("comment_audience", "partnership")];
    let copied = site.visitor("staff").await.post("/cedar-river/comments/@court", &fields).await;
    copied.assert_problem("comment", "Eight or more words in a row here are somebody’s own");
    site.visitor("partner").await.post("/cedar-river/comments/@court", &fields).await.assert_flash("Comment added");
}

#[tokio::test]
async fn nothing_rests_on_words_that_their_speaker_has_not_confirmed() {
    let site = Site::open().await;
    let facilitator = site.visitor("facilitator").await;
    let evidence = "/cedar-river/barriers/@barrier_open/evidence";
    facilitator.get("/cedar-river/statements/@waiting_statement").await.assert_sees("I have a twin");
    facilitator.get(evidence).await.assert_never_sees("I have a twin");
    facilitator.post(evidence, &[("sources", "@waiting_statement")]).await.assert_not_found();
}

#[tokio::test]
async fn evidence_is_found_by_what_was_said() {
    let site = Site::open().await;
    let page = site.visitor("staff").await.get("/cedar-river/barriers/@barrier_reread/evidence?q=bus").await;
    page.assert_sees("I kept every bus ticket").assert_never_sees("They told my sister");
}

#[tokio::test]
async fn an_analyst_changes_no_theme() {
    let site = Site::open().await;
    let analyst = site.visitor("analyst").await;
    analyst.get("/cedar-river/themes/@theme_kin").await.assert_sees("Relatives are asked too late").assert_never_sees("Join sources");
    analyst.post("/cedar-river/themes/@theme_kin/sources", &[("sources", "@quoted_statement")]).await.assert_not_allowed();
}

#[tokio::test]
async fn a_source_is_looked_for_by_its_words_and_its_session_and_what_is_chosen_stays() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    for (page, send) in [("/cedar-river/themes/new", "/themes"), ("/cedar-river/themes/@theme_kin/sources", "/sources")] {
        let new = staff.get(page).await;
        let offered = new.attributes("input[name='sources']", "value");
        assert_eq!(offered.len(), 20, "the newest, and no endless list");
        let chosen = offered[3].as_str();
        let look = |words, among| [("sources", chosen), ("seek", words), ("seek_in", among), ("find", "yes")];
        let found = staff.send_form(&new.filled(send, &look("every bus ticket", ""))).await;
        found.assert_status(http::StatusCode::OK).assert_sees("I kept every bus ticket").assert_never_sees("They told my sister");
        let boxes = found.attributes("input[name='sources']", "value");
        assert_eq!((boxes[0].as_str(), boxes.len()), (chosen, 2), "the chosen one first, then what was found");
        assert_eq!(found.attributes("input[name='sources'][checked]", "value"), [chosen]);
        let session = site.id("session_4");
        let heard = staff.send_form(&found.filled(send, &look("", &session))).await;
        let boxes = heard.attributes("input[name='sources']", "value");
        let (ids, all) = (boxes.iter().skip(1).map(|id| format!("'{id}'")).collect::<Vec<_>>().join(","), boxes.len() as i64 - 1);
        assert!(all > 0);
        let in_session =
            format!("(select id from statement where session_id = '{session}' union select '{session}'::uuid) said where id in ({ids})");
        assert_eq!(site.count(&in_session).await, all);
        staff.send_form(&found.filled(send, &look("zeppelins", ""))).await.assert_sees("Nothing else that you may read has this");
    }
    assert_eq!(site.count("theme where name = ''").await, 0, "looking saves nothing");
    // What one may not read is not found either.
    let sister = [("seek", "my sister"), ("find", "yes")];
    let new = staff.get("/cedar-river/themes/new").await;
    staff.send_form(&new.filled("/themes", &sister)).await.assert_sees("They had my sister");
    site.force("update subject set audience = 'author' where id = '@kin_source'").await;
    let new = staff.get("/cedar-river/themes/new").await;
    let found = staff.send_form(&new.filled("/themes", &sister)).await;
    found.assert_never_sees("They had my sister");
}
