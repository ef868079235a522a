//! Action plans: what they are for, how far they are, and steps that are promises.

use crate::support::Site;
use http::StatusCode;

const PLAN: &str = "/cedar-river/plans/@plan_1";

#[tokio::test]
async fn a_plan_shows_what_it_is_for_and_its_steps() {
    let site = Site::open().await;
    let shown = site.visitor("partner").await.get(PLAN).await;
    shown.assert_page("Kin first: a call on the first day");
    shown.assert_sees("Relatives are not asked until a child is already with strangers");
    shown.assert_sees("Children who cannot stay at home live with their own kin");
    shown.assert_sees("Open an evening line with one number").assert_sees("Gains: relatives find the Circle");
}

#[tokio::test]
async fn a_step_is_a_promise_that_comes_back_to_its_plan() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let new = format!("/cedar-river/commitments/new?plan={}", site.id("plan_1"));
    let fields = [("promised_by", "@staff"), ("promised_to", "@kinship"), ("what", "Buy four car seats"), ("due_on", "2032-01-01")];
    let made = staff.fill(&new, "/commitments", &fields).await;
    made.assert_goes_to("/cedar-river/commitments/*");
    staff.get(PLAN).await.assert_sees("Buy four car seats");
    staff.follow(&made).await.assert_sees("Kin first: a call on the first day");
}

#[tokio::test]
async fn a_step_of_a_draft_is_no_wider_than_the_draft() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let draft = staff.post("/cedar-river/plans", &[("name", "A quiet idea"), ("audience", "agency")]).await.made();
    let fields = [
        ("promised_by", "@staff"),
        ("promised_to", "@kinship"),
        ("what", "Ask around"),
        ("due_on", "2032-01-01"),
        ("plan", draft.as_str()),
    ];
    let step = staff.post("/cedar-river/commitments", &fields).await;
    site.visitor("tribe").await.follow(&step).await.assert_not_found();
    site.visitor("partner").await.follow(&step).await.assert_page("Ask around").assert_never_sees("A quiet idea");
}

#[tokio::test]
async fn progress_is_noted_and_earlier_notes_stay() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let path = format!("{PLAN}/progress");
    staff.post(&path, &[("percent", "120"), ("note", "More than all")]).await.assert_problem("percent", "Enter a number from 0 to 100");
    staff.post(&path, &[("percent", "80"), ("note", "")]).await.assert_problem("note", "Enter what has happened");
    staff.post(&path, &[("percent", "80"), ("note", "The payment takes one week.")]).await.assert_goes_to(PLAN);
    let shown = staff.get(PLAN).await;
    shown.assert_sees("80 percent").assert_sees("The payment takes one week.").assert_sees("10 percent").assert_sees("in 6 notes");
}

#[tokio::test]
async fn a_plan_ends_with_what_came_of_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let open = "/cedar-river/plans/@plan_open";
    staff.fill(&format!("{open}/state"), "/state", &[("state", "done")]).await.assert_problem("outcome", "Enter what came of it");
    staff
        .fill(&format!("{open}/state"), "/state", &[("state", "done"), ("outcome", "Visits are on Saturdays.")])
        .await
        .assert_goes_to(open);
    site.visitor("parent").await.get(open).await.assert_sees("Visits are on Saturdays.");
}

#[tokio::test]
async fn a_plan_addresses_only_barriers_and_serves_only_goals() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    staff
        .post("/cedar-river/plans", &[("name", "Wrong way"), ("barriers", "@goal_1")])
        .await
        .assert_problem("barriers", "Choose from the list");
    staff.post("/cedar-river/plans", &[("name", "Wrong way"), ("goal", "@barrier_1")]).await.assert_problem("goal", "Choose from the list");
    assert_eq!(site.count("plan where name = 'Wrong way'").await, 0);
}

#[tokio::test]
async fn of_two_who_edit_a_plan_the_second_sees_both_texts() {
    let site = Site::open().await;
    let (staff, director) = (site.visitor("staff").await, site.visitor("director").await);
    let open = "/cedar-river/plans/@plan_open";
    let version = site.id("plan_open_version");
    staff.post(open, &[("name", "The first text"), ("version", &version)]).await.assert_goes_to(open);
    let again = director.post(open, &[("name", "The second text"), ("version", &version)]).await;
    again.assert_status(StatusCode::UNPROCESSABLE_ENTITY).assert_sees("The first text");
    assert_eq!(again.field("name"), "The second text");
}

#[tokio::test]
async fn partners_and_analysts_change_no_plan() {
    let site = Site::open().await;
    for who in ["partner", "analyst", "tribe"] {
        let visitor = site.visitor(who).await;
        visitor.get(PLAN).await.assert_never_sees("Edit the plan");
        visitor.post(&format!("{PLAN}/progress"), &[("percent", "1"), ("note", "x")]).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn another_agency_sees_no_plan() {
    let site = Site::open().await;
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/plans/@plan_1").await.assert_not_found();
    harbor.get("/harbor/plans").await.assert_never_sees("Kin first");
}

#[tokio::test]
async fn the_list_is_narrowed_to_a_partner_and_taking_means_away_is_asked_first() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let first: String = site.peek("select name from plan where id = '@plan_1'").await;
    staff.get("/cedar-river/plans?partner=@kinship&sort=name").await.assert_sees(&first);
    staff.get("/cedar-river/plans?partner=@stonebend").await.assert_never_sees(&first);
    let asked = "/cedar-river/plans/@plan_open/means/@plan_open_means/delete";
    staff.get(asked).await.assert_page("Take this away?");
    staff.fill(asked, "/delete", &[]).await.assert_flash("Taken away");
    staff.get(asked).await.assert_not_found();
}

#[tokio::test]
async fn a_barrier_that_is_too_old_for_the_list_is_found_by_its_words_and_nothing_typed_is_lost() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let barrier = async |name: &str| {
        let fields = [("name", name), ("level", "practice"), ("audience", "partnership")];
        staff.post("/cedar-river/barriers", &fields).await.made()
    };
    let old = barrier("Buses stop before the visits end").await;
    staff.get("/cedar-river/plans/new").await.assert_never_sees("A barrier or the goal is not in the list");
    site.clock.advance(chrono::Duration::minutes(10));
    for number in 0..60 {
        barrier(&format!("Forms ask question {number} twice")).await;
    }
    let new = staff.get("/cedar-river/plans/new").await;
    new.assert_never_sees("Buses stop before").assert_sees("A barrier or the goal is not in the list");
    let ticked = new.attributes("input[name='barriers']", "value")[0].clone();
    let typed =
        [("name", "Evening buses"), ("purpose", "Nobody walks home."), ("barriers", ticked.as_str()), ("seek", "buses"), ("find", "yes")];
    let found = staff.send_form(&new.filled("/plans", &typed)).await;
    found.assert_page("Add a plan").assert_sees("Buses stop before the visits end");
    assert_eq!((found.field("name"), found.field("purpose")), ("Evening buses".to_owned(), "Nobody walks home.".to_owned()));
    assert_eq!(found.attributes("input[name='barriers'][checked]", "value"), [ticked.as_str()], "what was ticked stays");
    assert_eq!(found.attributes("input[name='barriers']", "value"), [ticked.as_str(), old.as_str()]);
    assert_eq!(site.count("plan where name = 'Evening buses'").await, 0, "looking saves nothing");
    let nothing = staff.send_form(&found.filled("/plans", &[("seek", "zeppelins"), ("find", "yes")])).await;
    nothing.assert_sees("Nothing else has these words in its name");
    let (to, mut fields) = found.filled("/plans", &[]);
    fields.push(("barriers".to_owned(), old.clone()));
    let plan = staff.send_form(&(to, fields)).await.made();
    let edit = format!("/cedar-river/plans/{plan}/edit");
    assert_eq!(
        staff.get(&edit).await.attributes("input[name='barriers'][checked]", "value").len(),
        2,
        "old ones that are joined are offered"
    );
    let (to, mut fields) = staff.get(&edit).await.filled(&plan, &[]);
    fields.retain(|(_, value)| *value != old);
    staff.send_form(&(to, fields)).await.made();
    let joined = format!("edge where from_id = '{plan}' and to_id = '{old}'");
    assert_eq!(site.count(&joined).await, 0, "and can be let go");
}
