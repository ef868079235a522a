//! Lent duties and named readers: what a director lends holds at the next request, and ends by itself.

use crate::support::Site;
use chrono::{DateTime, Duration, Utc};
use common_table::worker;

const LANDSCAPE: &str = "/cedar-river/partners/landscape";
const LENT: &str = "/cedar-river/delegations";

/// Whether somebody sees how all relationships are rated, as the site knows it.
async fn sees_all(site: &Site, who: &str) -> bool {
    let visitor = site.visitor(who).await;
    visitor.get(LANDSCAPE).await;
    let moment = site.clock.now().to_rfc3339();
    site.peek(&format!(
        "select landscape from look_up_session((select s.token_hash from session s join account a on a.id = s.account_id \
         where a.email = '{who}@demo.example' order by s.created_at desc, s.id desc limit 1), 'cedar-river', '{moment}')"
    ))
    .await
}

#[tokio::test]
async fn a_director_names_who_of_the_staff_sees_the_landscape() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    assert!(sees_all(&site, "facilitator").await);
    director
        .fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "no")])
        .await
        .assert_goes_to("/cedar-river/members/@facilitator");
    assert!(!sees_all(&site, "facilitator").await);
    director
        .fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "yes")])
        .await
        .assert_goes_to("/cedar-river/members/@facilitator");
    assert!(sees_all(&site, "facilitator").await);
    director.post("/cedar-river/members/@analyst/landscape", &[("open", "yes"), ("version", "1")]).await.assert_not_allowed();
    director.post("/cedar-river/members/@tribe/landscape", &[("open", "yes"), ("version", "1")]).await.assert_not_allowed();
}

#[tokio::test]
async fn a_lent_duty_ends_by_itself() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    director.fill("/cedar-river/members/@facilitator", "/landscape", &[("open", "no")]).await;
    let until = (site.clock.now() + Duration::days(10)).date_naive().to_string();
    let fields = [("duty", "landscape"), ("to", "@facilitator"), ("until", until.as_str()), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_goes_to(LENT).assert_flash("Duty lent. It ends by itself");
    assert!(sees_all(&site, "facilitator").await);
    site.force("update membership set sees_landscape = false where id = '@staff'").await;
    assert!(!sees_all(&site, "staff").await, "it was lent to one person");
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river/me").await.assert_sees("lent by Rosalind Achterberg");
    elena.get("/cedar-river/notices").await.assert_sees("Rosalind Achterberg lent you a duty until");
    site.clock.put(site.clock.now() + Duration::days(11));
    assert!(!sees_all(&site, "facilitator").await);
    site.visitor("facilitator").await.get("/cedar-river/me").await.assert_never_sees("lent by Rosalind Achterberg");
    site.visitor("admin").await.get(LENT).await.assert_sees("While I travel");
}

/// What both sides of a lent duty were told of its end.
async fn told_of_its_end(site: &Site, when: &str) -> (i64, i64) {
    let of =
        async |who: &str| site.count(&format!("notice where membership_id = '@{who}' and kind = 'duty' and said like '%{when}%'")).await;
    (of("facilitator").await, of("director").await)
}

#[tokio::test]
async fn both_sides_hear_that_a_lent_duty_ends_the_evening_before_and_on_its_day_once() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let (today, now) = (site.clock.now().date_naive(), site.clock.now());
    let (long, short) = ((today + Duration::days(10)).to_string(), (today + Duration::days(4)).to_string());
    for (duty, until) in [("outreach", &long), ("landscape", &short)] {
        let fields = [("duty", duty), ("to", "@facilitator"), ("until", until.as_str()), ("reason", "While I travel")];
        director.post(LENT, &fields).await.assert_flash("Duty lent. It ends by itself");
    }
    site.force("delete from notice").await;
    let zone: String = site.peek("select zone from agency where slug = 'cedar-river'").await;
    let begins = async |day: &str| site.peek::<DateTime<Utc>>(&format!("select '{day}'::date::timestamp at time zone '{zone}'")).await;
    let at = async |moment: DateTime<Utc>| {
        site.clock.put(moment);
        worker::sweep(&site.app).await.unwrap();
        worker::sweep(&site.app).await.unwrap();
    };
    at(now).await;
    let (short, long) = (begins(&short).await, begins(&long).await);
    // A short one says nothing the evening before.
    at(short - Duration::hours(1)).await;
    assert_eq!(told_of_its_end(&site, "ends").await, (0, 0));
    at(short).await;
    assert_eq!(told_of_its_end(&site, "ends today: See how both sides rate").await, (1, 1));
    at(long - Duration::hours(7) - Duration::minutes(1)).await;
    assert_eq!(told_of_its_end(&site, "ends tomorrow").await, (0, 0), "it is afternoon");
    at(long - Duration::hours(7)).await;
    assert_eq!(told_of_its_end(&site, "ends tomorrow: Keep relationships").await, (1, 1));
    at(long).await;
    at(long + Duration::days(2)).await;
    assert_eq!(told_of_its_end(&site, "ends today: Keep relationships").await, (1, 1));
    assert_eq!(told_of_its_end(&site, "ende").await, (0, 0), "and nothing more afterwards");
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river/notices").await.assert_sees("A duty that Rosalind Achterberg lent you ends today");
    // Nobody else hears of it.
    let others = "notice where kind = 'duty' and membership_id not in ('@facilitator', '@director')";
    assert_eq!(site.count(others).await, 0);
}

#[tokio::test]
async fn a_duty_that_was_taken_back_says_nothing_of_its_last_day() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    let until = (site.clock.now() + Duration::days(10)).date_naive().to_string();
    let fields = [("duty", "outreach"), ("to", "@facilitator"), ("until", until.as_str()), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_flash("Duty lent. It ends by itself");
    let id: String =
        site.peek("select id::text from delegation where duty = 'outreach' and ended_at is null and lent_to = '@facilitator'").await;
    director.post(&format!("{LENT}/{id}/ending"), &[]).await.assert_flash("The duty is yours again");
    site.force("delete from notice").await;
    for days in [9, 1, 1] {
        site.clock.put(site.clock.now() + Duration::days(days));
        worker::sweep(&site.app).await.unwrap();
    }
    assert_eq!(told_of_its_end(&site, "end").await, (0, 0));
}

#[tokio::test]
async fn a_director_takes_a_lent_duty_back() {
    let site = Site::open().await;
    let director = site.visitor("director").await;
    site.force("delete from notice").await;
    director.post("/cedar-river/delegations/@delegation/ending", &[]).await.assert_goes_to(LENT);
    assert_eq!(site.count("notice where kind = 'duty' and said like '%took a duty back%'").await, 1, "whoever had it is told");
    director.post("/cedar-river/delegations/@delegation/ending", &[]).await.assert_not_found();
    assert_eq!(site.count("delegation where ended_at is not null and duty <> 'absence'").await, 1, "it stays on the record");
}

/// The last minute of a lent day and the first after it, at the agency.
#[tokio::test]
async fn a_lent_duty_is_over_the_minute_after_its_last_day() {
    let site = Site::open().await;
    site.force("update agency set zone = 'America/Los_Angeles' where slug = 'cedar-river'").await;
    site.force("update delegation set ended_at = created_at where ended_at is null").await;
    let director = site.visitor("director").await;
    let fields = [("duty", "answers"), ("to", "@staff"), ("until", "2027-03-20"), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_flash("Duty lent. It ends by itself");
    let review = "/cedar-river/loops/@loop_in_review/review";
    site.force("update loop set answered_by = '@facilitator', state = 'review' where id = '@loop_in_review'").await;
    let offered = async |moment: &str| {
        site.clock.put(moment.parse().unwrap());
        let page = site.visitor("staff").await.get("/cedar-river/loops/@loop_in_review").await;
        page.attributes("form", "action").iter().any(|action| action.ends_with("/review"))
    };
    assert!(offered("2027-03-21T06:59:00Z").await, "a minute before midnight at the agency");
    assert!(!offered("2027-03-21T07:00:00Z").await, "the day is over");
    let late = site.visitor("staff").await.post(review, &[("decision", "release"), ("version", "@loop_in_review_version")]).await;
    late.assert_not_allowed();
    site.visitor("director").await.get(LENT).await.assert_sees("While I travel").assert_sees("ended");
}

/// What was lent ends with whoever lent it: by another role, a suspension, when they leave. It stays on the record.
#[tokio::test]
async fn a_duty_ends_with_the_director_who_lent_it() {
    let member = "/cedar-river/members/01890000-0000-7000-8000-00000000d1d1";
    // A director's role is taken by a director, a membership is stopped by an administrator, and nobody but they ends it.
    for (how, who, page, form, fields) in [
        ("role", "director", member, "/role", &[("role", "staff")] as &[(&str, &str)]),
        ("suspended", "admin", member, "/suspension", &[("why", "A long leave")]),
        ("left", "analyst", "/cedar-river/me/leaving", "/leaving", &[]),
    ] {
        let site = Site::open().await;
        site.force(
            "delete from notice; update delegation set ended_at = created_at where ended_at is null;
             insert into membership (agency_id, id, account_id, role, state, name, created_at)
             select agency_id, '01890000-0000-7000-8000-00000000d1d1', account_id, 'director', 'active', 'Second director', created_at
             from membership where id = '@analyst';
             update membership set state = 'ended', ended_at = now() where id = '@analyst';
             update membership set sees_landscape = false where id = '@facilitator';
             insert into delegation (agency_id, id, duty, lent_by, lent_to, reason, until, created_at)
             select agency_id, gen_random_uuid(), 'landscape', '01890000-0000-7000-8000-00000000d1d1', id, '', '2028-01-01', created_at
             from membership where id = '@facilitator'",
        )
        .await;
        assert!(sees_all(&site, "facilitator").await);
        site.visitor(who).await.fill(page, form, fields).await.assert_status(http::StatusCode::SEE_OTHER);
        assert!(!sees_all(&site, "facilitator").await, "{how}: it opens nothing any more");
        assert_eq!(site.count("delegation where ended_at is null").await, 0, "{how}");
        assert_eq!(site.count("audit where action = 'ended the duty lent to' and member_id = '@facilitator'").await, 1, "{how}");
        assert_eq!(site.count("notice where kind = 'duty' and membership_id = '@facilitator'").await, 1, "{how}: they are told");
        site.visitor("facilitator").await.get("/cedar-river/me").await.assert_never_sees("lent by Second director");
    }
}

#[tokio::test]
async fn a_duty_ends_with_the_role_of_whoever_has_it_and_they_are_told() {
    let site = Site::open().await;
    site.force("delete from notice; update delegation set ended_at = created_at where ended_at is null").await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    let fields = [("duty", "landscape"), ("to", "@facilitator"), ("until", "2027-12-31"), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_goes_to(LENT);
    let done = admin.fill("/cedar-river/members/@facilitator", "/role", &[("role", "analyst")]).await;
    done.assert_status(http::StatusCode::SEE_OTHER);
    assert_eq!(site.count("delegation where ended_at is null").await, 0);
    assert_eq!(site.count("audit where action = 'ended the duty lent to' and member_id = '@facilitator'").await, 1, "it is on the record");
    let elena = site.visitor("facilitator").await;
    elena.get("/cedar-river/notices").await.assert_sees("A duty that was lent to you ended with your role");
}

#[tokio::test]
async fn a_suspended_delegate_does_nothing_with_the_duty_and_has_it_again_until_its_day() {
    let site = Site::open().await;
    site.force("update membership set sees_landscape = false where id = '@facilitator'").await;
    let (director, admin) = (site.visitor("director").await, site.visitor("admin").await);
    let fields = [("duty", "landscape"), ("to", "@facilitator"), ("until", "2027-12-31"), ("reason", "While I travel")];
    director.post(LENT, &fields).await.assert_goes_to(LENT);
    let elena = site.visitor("facilitator").await;
    elena.get(LANDSCAPE).await.assert_sees("How the agency, Tribal governments and partners rate");
    let member = "/cedar-river/members/@facilitator";
    admin.fill(member, "/suspension", &[("why", "A question to be settled")]).await;
    let refused = elena.get(LANDSCAPE).await;
    assert!(!refused.status.is_success() && !refused.text.contains("Tribal governments and partners rate"), "{}", refused.status);
    admin.fill(member, "/suspension/delete", &[]).await;
    assert!(sees_all(&site, "facilitator").await);
    site.clock.put("2028-01-02T12:00:00Z".parse().unwrap());
    assert!(!sees_all(&site, "facilitator").await);
}

#[tokio::test]
async fn only_a_director_lends_and_only_to_the_agencys_side() {
    let site = Site::open().await;
    let until = (site.clock.now() + Duration::days(10)).date_naive().to_string();
    for who in ["staff", "admin", "analyst"] {
        let fields = [("duty", "answers"), ("to", "@staff"), ("until", until.as_str()), ("reason", "Because")];
        site.visitor(who).await.post(LENT, &fields).await.assert_not_allowed();
    }
    let director = site.visitor("director").await;
    for (to, until, field) in [
        ("@tribe", until.as_str(), "to"),
        ("@analyst", until.as_str(), "to"),
        ("@staff", "2020-01-01", "until"),
        ("@staff", "2090-01-01", "until"),
    ] {
        let refused = director.post(LENT, &[("duty", "answers"), ("to", to), ("until", until), ("reason", "Because")]).await;
        refused.assert_problem(field, if field == "to" { "Choose to whom" } else { "Enter a last day within the coming year" });
    }
    director.post(LENT, &[]).await.assert_problem("duty", "Choose the duty").assert_problem("reason", "Enter why you lend it");
}

#[tokio::test]
async fn nobody_on_the_partners_side_reads_why_a_duty_was_lent() {
    let site = Site::open().await;
    for who in ["partner", "tribe", "parent"] {
        site.visitor(who).await.get(LENT).await.assert_not_allowed();
    }
}

#[tokio::test]
async fn two_agencies_of_one_name_are_told_apart_by_where_they_are() {
    let site = Site::open().await;
    site.force(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at) \
         select g.id, gen_random_uuid(), m.account_id, m.name, 'staff', 'active', now() from agency g, membership m where g.slug = 'harbor' and m.id = '@staff'; \
         update agency set name = (select name from agency where slug = 'cedar-river') where slug = 'harbor'",
    )
    .await;
    let staff = site.visitor("staff").await;
    staff.get("/hats").await.assert_sees("Cedar River County (cedar-river)").assert_sees("Cedar River County (harbor)");
    let settings = "/cedar-river/settings";
    site.visitor("admin").await.fill(settings, "/settings", &[("place", "Cedar, Washington")]).await.assert_flash("Settings saved");
    let hats = staff.get("/hats").await;
    hats.assert_sees("Cedar River County (Cedar, Washington)")
        .assert_sees("Cedar River County (harbor)")
        .assert_never_sees("(cedar-river)");
    // Whoever has a role in one alone reads its name alone.
    site.visitor("director").await.get("/hats").await.assert_never_sees("Cedar, Washington");
}
