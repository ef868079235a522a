//! Themes that several people code, that are merged and split: nobody's reading is lost, old names lead on, and nothing comes to be
//! known to more people.

use crate::support::Site;
use chrono::Duration;

const RIDE: &str = "/cedar-river/themes/@theme_ride";
const READING: &str = "/cedar-river/themes/readings/@read_source";
const KIN: &str = "/cedar-river/themes/@theme_kin";
const MERGED: &str = "Merged. The old name leads here, and for 30 days it can be undone";

/// The ids of all that a theme rests on, with who joined each.
async fn rests_on(site: &Site, theme: &str) -> String {
    site.peek(&format!(
        "select coalesce(string_agg(to_id::text || by_id::text, ' ' order by to_id, by_id), '') from edge where from_id = '{theme}' and kind = 'source'"
    ))
    .await
}

#[tokio::test]
async fn it_is_said_in_words_where_two_people_read_the_same_differently() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(RIDE).await.assert_sees("put this statement under different themes");
    staff.get("/cedar-river/themes/readings").await.assert_sees("put this statement under different themes");
    let page = staff.get(READING).await;
    page.assert_sees("It is always the drive")
        .assert_sees("The paper comes before the child")
        .assert_sees("you settle it as a third person");
    site.visitor("director").await.get(READING).await.assert_sees("settle it once you have talked with the others");
    // Two who put the same under the same themes do not differ.
    staff.get(KIN).await.assert_sees("joined by Marcus Tellwell, Rosalind Achterberg").assert_never_sees("under different themes");
}

#[tokio::test]
async fn a_third_person_settles_it_with_a_reason_and_each_reading_stays() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(READING, &[("themes", "@theme_ride")]).await.assert_problem("reason", "Enter why");
    staff.post(READING, &[("themes", "@theme_kin"), ("reason", "Elsewhere")]).await.assert_problem("themes", "Choose at least one theme");
    let fields = [("themes", "@theme_ride"), ("reason", "It tells of the road and of no form.")];
    staff.post(READING, &fields).await.assert_flash("Settled. How each of you read it stays here");
    let page = staff.get(READING).await;
    page.assert_sees("by a third person").assert_sees("It tells of the road and of no form.").assert_sees("it does not rest there now");
    page.assert_never_sees("Settle where it belongs");
    assert_eq!(site.count("coding where source_id = '@read_source' and left_at is null").await, 2, "both readings stay");
    staff.get("/cedar-river/themes/@theme_paper").await.assert_sees("To be read again");
    staff.get(RIDE).await.assert_sees("How it was settled where it belongs").assert_never_sees("under different themes");
    staff.post(READING, &fields).await.assert_not_found();
    // Whoever reads it differently after that is heard again.
    let director = site.visitor("director").await;
    site.clock.advance(Duration::minutes(1));
    director.post("/cedar-river/themes/@theme_kin/sources", &[("sources", "@read_source")]).await.assert_flash("Joined to the theme");
    staff.get(READING).await.assert_sees("under different themes");
}

#[tokio::test]
async fn whoever_put_it_somewhere_settles_it_only_by_talking() {
    let site = Site::open().await;
    let fields = [("themes", "@theme_paper"), ("reason", "We read it together once more.")];
    site.visitor("director").await.post(READING, &fields).await.assert_flash("Settled. How each of you read it stays here");
    site.visitor("staff").await.get(READING).await.assert_sees("by talking about it");
    for (who, how, may) in [("director", "third", false), ("staff", "third", true), ("staff", "talking", false)] {
        let made = format!(
            "insert into coding_settlement (agency_id, id, source_id, by_id, how, reason, themes, settled_at) \
             values (current_agency(), gen_random_uuid(), '@read_source', current_membership(), '{how}', 'Because', '{{}}', now())"
        );
        assert_eq!(site.attempt(who, who, &made).await.is_ok(), may, "{who} {how}");
    }
    for who in ["analyst", "partner", "parent"] {
        site.visitor(who).await.post(READING, &fields).await.assert_not_allowed();
    }
    let for_another = "insert into coding (agency_id, theme_id, source_id, coder_id, coded_at) values (current_agency(), '@theme_kin', '@read_source', '@director', now())";
    assert!(site.attempt("staff", "staff", for_another).await.is_err(), "nobody codes for another");
}

#[tokio::test]
async fn how_it_was_read_is_known_to_nobody_who_may_not_read_it_and_goes_with_the_words() {
    let site = Site::open().await;
    site.force("update subject set audience = 'author' where id = '@read_source'").await;
    for who in ["staff", "director", "partner"] {
        let visitor = site.visitor(who).await;
        visitor.get(READING).await.assert_not_found();
        visitor.get("/cedar-river/themes/readings").await.assert_never_sees("put this statement under different themes");
    }
    site.visitor("harbor").await.get(READING).await.assert_not_found();
    assert!(site.count("coding where source_id = '@chosen_statement'").await > 0);
    site.visitor("partner").await.post("/cedar-river/statements/@chosen_statement/withdrawal", &[]).await;
    assert_eq!(site.count("coding where source_id = '@chosen_statement'").await, 0);
}

#[tokio::test]
async fn an_old_name_leads_to_what_became_of_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(&format!("{KIN}/merge"), &[("into", "@theme_kin"), ("reason", "Same")]).await.assert_problem("into", "Choose another theme");
    staff.post(&format!("{KIN}/merge"), &[("into", "@theme_paper")]).await.assert_problem("reason", "Enter why");
    staff.get("/cedar-river/barriers/@barrier_1").await.assert_sees("Relatives are asked too late");
    let fields = [("into", "@theme_paper"), ("reason", "Being asked late is the same first week.")];
    staff.post(&format!("{KIN}/merge"), &fields).await.assert_flash(MERGED);
    let old = staff.get(KIN).await;
    old.assert_sees("This name leads on")
        .assert_sees("The paper comes before the child")
        .assert_sees("Being asked late is the same first week.");
    old.assert_never_sees("four streets away").assert_never_sees("Join sources");
    staff.get("/cedar-river/themes/@theme_paper").await.assert_sees("four streets away").assert_sees("Relatives are asked too late");
    staff.get("/cedar-river/themes").await.assert_never_sees("Relatives are asked too late");
    staff.get("/cedar-river/barriers/@barrier_1").await.assert_sees("The paper comes before the child");
    for page in ["edit", "sources", "merge", "split"] {
        staff.get(&format!("{KIN}/{page}")).await.assert_not_found();
    }
    staff
        .post("/cedar-river/statements/@quoted_statement/themes", &[("theme", "@theme_kin")])
        .await
        .assert_status(http::StatusCode::UNPROCESSABLE_ENTITY);
    for who in ["analyst", "partner"] {
        site.visitor(who).await.post("/cedar-river/themes/@theme_paper/merge", &fields).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn a_merge_moves_what_is_hidden_without_showing_it_and_goes_back_for_thirty_days() {
    let site = Site::open().await;
    let (kin, paper) = (site.id("theme_kin"), site.id("theme_paper"));
    let before = (rests_on(&site, &kin).await, rests_on(&site, &paper).await);
    site.force("update subject set audience = 'author' where id = '@kin_source'").await;
    let staff = site.visitor("staff").await;
    staff.post(&format!("{KIN}/merge"), &[("into", &paper), ("reason", "One road.")]).await.assert_flash(MERGED);
    assert_eq!(rests_on(&site, &kin).await, "");
    for who in ["staff", "partner", "analyst"] {
        site.visitor(who).await.get("/cedar-river/themes/@theme_paper").await.assert_never_sees("four streets away");
    }
    let change: String = site.peek("select id::text from theme_change where from_id = '@theme_kin' and undone_at is null").await;
    let undo = format!("{KIN}/changes/{change}/delete");
    site.visitor("partner").await.post(&undo, &[]).await.assert_not_allowed();
    site.clock.advance(Duration::days(31));
    site.visitor("staff").await.post(&undo, &[]).await.assert_not_found();
    site.clock.advance(Duration::days(-2));
    site.visitor("staff").await.post(&undo, &[]).await.assert_flash("Undone: the sources are back where they were");
    assert_eq!((rests_on(&site, &kin).await, rests_on(&site, &paper).await), before);
    assert_eq!(site.count("theme_moved where change_id not in (select id from theme_change where undone_at is null)").await, 0);
    site.visitor("staff").await.get(KIN).await.assert_never_sees("This name leads on").assert_sees("Undone on");
}

#[tokio::test]
async fn words_taken_back_meanwhile_do_not_come_back_with_an_undone_merge() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.post(&format!("{KIN}/merge"), &[("into", "@theme_paper"), ("reason", "One road.")]).await.assert_flash(MERGED);
    site.visitor("partner").await.post("/cedar-river/statements/@chosen_statement/withdrawal", &[]).await;
    assert_eq!(site.count("theme_moved where other_id = '@chosen_statement'").await, 0);
    let change: String = site.peek("select id::text from theme_change where from_id = '@theme_kin' and undone_at is null").await;
    staff.post(&format!("{KIN}/changes/{change}/delete"), &[]).await.assert_flash("Undone: the sources are back where they were");
    assert_eq!(site.count("edge where to_id = '@chosen_statement' and kind in ('source', 'evidence')").await, 0);
}

#[tokio::test]
async fn a_part_becomes_a_theme_of_its_own_and_comes_back() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let kin = site.id("theme_kin");
    let before = rests_on(&site, &kin).await;
    let split = format!("{KIN}/split");
    let fields = [("name", "Kin hear of it by chance"), ("sources", "@quoted_statement"), ("reason", "Another matter.")];
    staff.post(&split, &fields).await.assert_problem("sources", "Choose at least one source of this theme");
    let made = staff.post(&split, &[fields[0], ("sources", "@kin_source"), fields[2]]).await;
    made.assert_flash("A theme of its own now. For 30 days it can be undone");
    staff.get(&made.location).await.assert_sees("four streets away").assert_sees("joined by Marcus Tellwell, Rosalind Achterberg");
    staff.get(KIN).await.assert_never_sees("four streets away").assert_sees("Kin hear of it by chance");
    let change: String = site.peek("select id::text from theme_change where from_id = '@theme_kin' and kind = 'split'").await;
    staff.post(&format!("{}/changes/{change}/delete", made.location), &[]).await.assert_goes_to(KIN);
    assert_eq!(rests_on(&site, &kin).await, before);
    staff.get(&made.location).await.assert_sees("This name leads on");
}

#[tokio::test]
async fn themes_with_other_readers_are_not_merged() {
    let site = Site::open().await;
    site.force("update subject set audience = 'agency' where id = '@theme_kin'").await;
    let staff = site.visitor("staff").await;
    let fields = [("into", "@theme_paper"), ("reason", "One road.")];
    staff
        .post(&format!("{KIN}/merge"), &fields)
        .await
        .assert_problem("into", "Leave it: not everybody who reads the one may read the other");
    let made =
        staff.post(&format!("{KIN}/split"), &[("name", "Kin by chance"), ("sources", "@kin_source"), ("reason", "Another matter.")]).await;
    made.assert_flash("A theme of its own now. For 30 days it can be undone");
    site.visitor("partner").await.get(&made.location).await.assert_not_found();
}

#[tokio::test]
async fn how_many_came_from_which_side_is_not_told_where_a_number_is_small() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff.get(KIN).await.assert_sees("From one side or another come fewer than 5 people").assert_never_sees("people: ");
    // Five people of one side, each with words of their own; another side's one person hides all of it again.
    let five = "select string_agg(id::text, ',') from (select distinct on (speaker_id) id from statement \
                where session_id = '@session_4' and state = 'confirmed' and words is not null and body_id is null and attribution = 'role' \
                and id in (select id from subject where audience in ('agency', 'partnership')) order by speaker_id, id limit 6) s";
    let ids: Vec<String> = site.peek::<String>(five).await.split(',').map(str::to_owned).collect();
    assert!(ids.len() >= 5, "{ids:?}");
    let mut fields = vec![("name", "Six people")];
    fields.extend(ids.iter().map(|id| ("sources", id.as_str())));
    let made = staff.post("/cedar-river/themes", &fields).await;
    made.assert_flash("Theme added");
    staff.get(&made.location).await.assert_sees(&format!("{} people: people with lived experience", ids.len()));
    let tribes: String = site
        .peek("select id::text from statement where session_id = '@session_1' and state = 'confirmed' and body_id = '@tallpine' and id in (select id from subject where audience = 'partnership') order by id limit 1")
        .await;
    staff.post(&format!("{}/sources", made.location), &[("sources", &tribes)]).await.assert_flash("Joined to the theme");
    staff.get(&made.location).await.assert_never_sees("people with lived experience").assert_sees("no number is shown");
}

#[tokio::test]
async fn a_theme_shows_where_it_led_as_far_as_its_reader_sees() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let plan: String = site
        .peek(
            "select s.title from edge e join edge p on p.to_id = e.from_id and p.kind = 'addresses' join subject s on s.id = p.from_id \
               where e.to_id = '@theme_kin' and e.kind = 'evidence' order by s.title limit 1",
        )
        .await;
    staff.get(KIN).await.assert_sees(&plan);
    site.force("update subject set audience = 'author' where id in (select e.from_id from edge e where e.to_id = '@theme_kin' and e.kind = 'evidence')").await;
    staff.get(KIN).await.assert_never_sees(&plan);
}
