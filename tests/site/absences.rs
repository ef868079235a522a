//! Somebody of the agency is away and somebody else stands in: once they said yes, on those days alone, and seeing nothing more by it.

use crate::support::{Site, refused};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use common_table::worker;

const ABSENCES: &str = "/cedar-river/absences";
const OPEN: &str = "/cedar-river/commitments/@commitment_open";

fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(18, 0, 0).unwrap().and_utc()
}

async fn today(site: &Site) -> NaiveDate {
    site.peek(&format!("select (timestamptz '{}' at time zone zone)::date from agency where slug = 'cedar-river'", site.clock.now())).await
}

/// `who` is away on these days, and Elena is asked to stand in.
async fn asked(site: &Site, who: &str, (from, until): (NaiveDate, NaiveDate)) -> String {
    let (from, until) = (from.to_string(), until.to_string());
    let fields = [("deputy", "@facilitator"), ("from", from.as_str()), ("until", until.as_str())];
    site.visitor(who).await.post(ABSENCES, &fields).await.assert_flash("Asked. It holds for these days once they say yes");
    site.peek(&format!("select id::text from delegation where duty = 'absence' and lent_by = '@{who}' and ended_at is null")).await
}

async fn takes(site: &Site, id: &str) {
    let page = format!("{ABSENCES}/{id}/answer");
    let elena = site.visitor("facilitator").await;
    elena.fill(&page, "/answer", &[("word", "yes")]).await.assert_flash("You stand in. It begins and ends by itself");
}

#[tokio::test]
async fn what_waits_for_somebody_stands_with_whoever_said_yes_on_those_days_alone() {
    let site = Site::open().await;
    let day = today(&site).await;
    site.force("update commitment set due_on = '2020-01-01' where id = '@commitment_open'").await;
    let id = asked(&site, "staff", (day + Duration::days(2), day + Duration::days(4))).await;
    let name: String = site.peek("select name from membership where id = '@staff'").await;
    let place = format!("in the place of {name}");
    let elena = site.visitor("facilitator").await;
    let home = elena.get("/cedar-river").await;
    home.assert_sees("Will you stand in?").assert_never_sees(&place).assert_never_sees("relative handbook");
    site.clock.put(noon(day + Duration::days(2)));
    site.visitor("facilitator").await.get("/cedar-river").await.assert_never_sees(&place);
    takes(&site, &id).await;
    let home = site.visitor("facilitator").await.get("/cedar-river").await;
    home.assert_sees(&place).assert_sees("relative handbook");
    site.visitor("director").await.get(OPEN).await.assert_sees("Stands in just now");
    site.visitor("partner").await.get(OPEN).await.assert_never_sees("Stands in just now");
    // It is their promise still: whoever stands in hands it to nobody and moves no day.
    site.visitor("facilitator").await.get(&format!("{OPEN}/edit")).await.assert_not_allowed();
    site.clock.put(noon(day + Duration::days(5)));
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river").await.assert_never_sees(&place).assert_never_sees("relative handbook");
    elena.get(&format!("{ABSENCES}/{id}/answer")).await.assert_flash("Nobody waits for your answer to this");
}

#[tokio::test]
async fn whoever_stands_in_sees_nothing_that_is_not_theirs_to_read() {
    let site = Site::open().await;
    let day = today(&site).await;
    let id = asked(&site, "director", (day, day + Duration::days(4))).await;
    takes(&site, &id).await;
    site.force(
        "update commitment set due_on = '2020-01-01', promised_by = '@director' where id = '@commitment_open';
         update subject set audience = 'leadership' where id = '@commitment_open'",
    )
    .await;
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river").await.assert_never_sees("relative handbook");
    elena.get(OPEN).await.assert_not_found();
    assert_eq!(site.attempt("facilitator", "staff", "select 1 from commitment where id = '@commitment_open'").await.unwrap(), 0);
    site.force("update subject set audience = 'agency' where id = '@commitment_open'").await;
    elena.get("/cedar-river").await.assert_sees("relative handbook");
}

/// Goes round on that day; answers how many notices of the promise each has by then.
async fn told(site: &Site, day: NaiveDate) -> [i64; 3] {
    site.clock.put(noon(day));
    for _ in 0..2 {
        worker::sweep(&site.app).await.unwrap();
    }
    let of = async |who: &str| {
        let rows =
            format!("notice where kind = 'promise' and path = '/cedar-river/commitments/@commitment_open' and membership_id = '@{who}'");
        site.count(&rows).await
    };
    [of("staff").await, of("facilitator").await, of("director").await]
}

#[tokio::test]
async fn reminders_go_to_whoever_stands_in_and_come_back_by_themselves() {
    let site = Site::open().await;
    let due: NaiveDate = site.peek("select due_on from commitment where id = '@commitment_open'").await;
    site.clock.put(noon(due - Duration::days(6)));
    let id = asked(&site, "staff", (due - Duration::days(1), due)).await;
    takes(&site, &id).await;
    assert_eq!(told(&site, due - Duration::days(2)).await, [1, 0, 0]);
    assert_eq!(told(&site, due).await, [1, 1, 0]);
    assert_eq!(told(&site, due + Duration::days(1)).await, [2, 1, 0], "the day after it is theirs again");
    let elena = site.visitor("facilitator").await.get("/cedar-river/notices").await;
    elena.assert_sees("A promise of somebody for whom you stand in is due today").assert_sees("handbook");
    site.force("update subject set audience = 'leadership' where id = '@commitment_open'").await;
    let elena = site.visitor("facilitator").await.get("/cedar-river/notices").await;
    elena.assert_sees("A promise of somebody for whom you stand in is due today").assert_never_sees("handbook");
    let both = async |said: &str| site.count(&format!("notice where kind = 'duty' and said like '%{said}%'")).await;
    assert_eq!((both("you stand in for").await, both("stands in for you until").await), (1, 1), "both hear that it begins, once");
    assert_eq!((both("was away until").await, both("is yours again").await), (1, 1), "and that it is over");
}

#[tokio::test]
async fn of_what_they_may_not_read_nobody_is_reminded_who_stands_in() {
    let site = Site::open().await;
    let due: NaiveDate = site.peek("select due_on from commitment where id = '@commitment_open'").await;
    site.clock.put(noon(due - Duration::days(6)));
    let id = asked(&site, "staff", (due - Duration::days(5), due)).await;
    takes(&site, &id).await;
    site.force("update subject set audience = 'leadership' where id = '@commitment_open'").await;
    assert_eq!(told(&site, due).await, [1, 0, 0]);
}

#[tokio::test]
async fn whoever_stands_in_for_a_director_reviews_her_answers_while_she_is_away() {
    let site = Site::open().await;
    let day = today(&site).await;
    site.force(
        "update delegation set ended_at = created_at where ended_at is null and duty = 'answers';
         update loop set answered_by = '@staff', state = 'review' where id = '@loop_in_review'",
    )
    .await;
    let page = "/cedar-river/loops/@loop_in_review";
    let offered = async || {
        let shown = site.visitor("facilitator").await.get(page).await;
        shown.attributes("form", "action").iter().any(|action| action.ends_with("/review"))
    };
    let id = asked(&site, "director", (day, day + Duration::days(3))).await;
    assert!(!offered().await, "she has not said yes");
    takes(&site, &id).await;
    assert!(offered().await);
    let director = site.visitor("director").await;
    director.post(&format!("{ABSENCES}/{id}/ending"), &[]).await.assert_flash("Ended. The other of you is told");
    assert!(!offered().await, "she is back");
    let late = [("decision", "release"), ("version", "@loop_in_review_version")];
    site.visitor("facilitator").await.post(&format!("{page}/review"), &late).await.assert_not_allowed();
    // To stand in for somebody of the staff opens no review.
    let id = asked(&site, "staff", (day, day + Duration::days(3))).await;
    takes(&site, &id).await;
    assert!(!offered().await);
}

#[tokio::test]
async fn nobody_is_said_to_be_away_or_made_to_stand_in_but_by_themselves() {
    let site = Site::open().await;
    let said = |by: &str, to: &str, more: &str| {
        format!(
            "insert into delegation (id, duty, lent_by, lent_to, from_on, until, created_at{}) values \
             (gen_random_uuid(), 'absence', '@{by}', '@{to}', '2030-01-01', '2030-01-05', now(){})",
            if more.is_empty() { "" } else { ", taken_at" },
            more,
        )
    };
    for (who, hat, statement) in [
        ("facilitator", "staff", said("staff", "facilitator", "")),
        ("director", "director", said("staff", "facilitator", "")),
        ("admin", "administrator", said("admin", "staff", "")),
        ("analyst", "analyst", said("analyst", "staff", "")),
        ("partner", "partner", said("partner", "staff", "")),
        ("staff", "staff", said("staff", "partner", "")),
        ("staff", "staff", said("staff", "analyst", "")),
        ("staff", "staff", said("staff", "facilitator", ", now()")),
    ] {
        refused(&statement, site.attempt(who, hat, &statement).await);
    }
    assert_eq!(site.attempt("staff", "staff", &said("staff", "facilitator", "")).await.unwrap(), 1);
    let yes = "update delegation set taken_at = now() where id = '@absence_asked'";
    for (who, hat) in [("facilitator", "staff"), ("director", "director"), ("admin", "administrator"), ("partner", "partner")] {
        refused(who, site.attempt(who, hat, yes).await);
    }
    assert_eq!(site.attempt("staff", "staff", yes).await.unwrap(), 1);
    let over = "update delegation set ended_at = now() where id = '@absence_asked'";
    for (who, hat) in [("director", "director"), ("admin", "administrator"), ("analyst", "analyst"), ("tribe", "partner")] {
        refused(who, site.attempt(who, hat, over).await);
    }
    assert_eq!(site.attempt("facilitator", "staff", over).await.unwrap(), 1);
}

#[tokio::test]
async fn absences_are_the_agencys_own_sides_to_see() {
    let site = Site::open().await;
    for who in ["partner", "tribe", "parent"] {
        site.visitor(who).await.get(ABSENCES).await.assert_not_allowed();
        let hidden = site.attempt(who, "partner", "select 1 from delegation where duty = 'absence'").await;
        assert_eq!(hidden.unwrap(), 0, "{who}");
    }
    for who in ["admin", "analyst"] {
        let visitor = site.visitor(who).await;
        visitor.get(ABSENCES).await.assert_sees("was asked to stand in").assert_never_sees("Say that you are away");
        visitor.get(&format!("{ABSENCES}/@absence_asked/answer")).await.assert_not_allowed();
        visitor.post(ABSENCES, &[("deputy", "@staff"), ("from", "2030-01-01"), ("until", "2030-01-02")]).await.assert_not_allowed();
    }
    site.visitor("harbor").await.get("/harbor/absences/@absence_asked/answer").await.assert_not_found();
    site.visitor("director").await.post(&format!("{ABSENCES}/@absence_asked/ending"), &[]).await.assert_not_allowed();
    site.visitor("director").await.get(&format!("{ABSENCES}/@absence_asked/answer")).await.assert_not_allowed();
}

#[tokio::test]
async fn one_person_at_a_time_stands_in_who_is_there_themselves() {
    let site = Site::open().await;
    let day = today(&site).await;
    let on = |days: i64| (day + Duration::days(days)).to_string();
    let staff = site.visitor("staff").await;
    let say = async |deputy: &'static str, from: String, until: String| {
        staff.post(ABSENCES, &[("deputy", deputy), ("from", from.as_str()), ("until", until.as_str())]).await
    };
    say("@partner", on(1), on(2)).await.assert_problem("deputy", "Choose who stands in for you");
    say("@staff", on(1), on(2)).await.assert_problem("deputy", "Choose who stands in for you");
    say("@director", on(-1), on(2)).await.assert_problem("from", "Enter a first day from today on");
    say("@director", on(3), on(2)).await.assert_problem("until", "Enter a last day that is not before");
    say("@director", on(1), on(9)).await.assert_goes_to(ABSENCES);
    say("@facilitator", on(9), on(12)).await.assert_problem("from", "You said already that you are away");
    let theirs: NaiveDate = site.peek("select until from delegation where id = '@absence_asked'").await;
    let elsewhere = say("@facilitator", theirs.to_string(), (theirs + Duration::days(3)).to_string()).await;
    elsewhere.assert_problem("deputy", "Choose somebody else");
}

#[tokio::test]
async fn it_ends_with_the_place_of_either_of_the_two() {
    let site = Site::open().await;
    let day = today(&site).await;
    let id = asked(&site, "staff", (day, day + Duration::days(9))).await;
    takes(&site, &id).await;
    let admin = site.visitor("admin").await;
    let done = admin.fill("/cedar-river/members/@facilitator", "/role", &[("role", "analyst")]).await;
    done.assert_status(http::StatusCode::SEE_OTHER);
    assert_eq!(site.count(&format!("delegation where id = '{id}' and ended_at is null")).await, 0);
    site.visitor("staff").await.get("/cedar-river/notices").await.assert_sees("cannot stand in for you any longer: ask somebody else");
}
