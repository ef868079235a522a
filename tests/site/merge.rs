//! Joining two entries of one body: who is asked, what is shown, that nobody comes to read more, and the way back.

use crate::support::{Site, Visitor};
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeMap;

const PARTNERS: &str = "/cedar-river/partners";
/// What a merge itself writes: its own record, copies of names, the trail, the answered form.
const OWN_TRACES: &[&str] = &["session_hat", "audit", "idempotency", "merge", "merge_word", "partner_name", "member_seen", "own_sign_in"];

async fn add(visitor: &Visitor, name: &str, kind: &str) -> String {
    visitor.post(PARTNERS, &[("name", name), ("kind", kind)]).await.made()
}

async fn propose(visitor: &Visitor, kept: &str, gone: &str) -> String {
    let answer = visitor.post(&format!("{PARTNERS}/{kept}/merge"), &[("other", gone), ("keep", kept)]).await;
    answer.assert_goes_to("/cedar-river/partners/merges/*");
    answer.location
}

/// For each member and each table the rows that row security shows, whole or by key only.
async fn seen(site: &Site, whole: bool) -> BTreeMap<(String, String), Vec<String>> {
    let mut connection = site.own_connection().await;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select c.relname::text, (select string_agg(format('t.%I::text', a.attname), $1 order by a.attnum) from pg_index i \
             join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary) \
         from pg_class c where c.relkind = 'r' and c.relforcerowsecurity and has_table_privilege('app_login', c.oid, 'select') order by 1",
    )
    .bind(" || ' ' || ")
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let members: Vec<(String, String, String, String, Option<String>, bool)> = sqlx::query_as(
        "select m.agency_id::text, m.id::text, m.account_id::text, m.role, m.partner_id::text, m.sees_landscape or m.role = 'director' \
         from membership m where m.state = 'active' and m.account_id is not null order by m.id",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(tables.len() > 30 && members.len() > 7);
    let mut all = BTreeMap::new();
    for (agency, id, account, role, body, landscape) in members {
        let settings = format!(
            "begin; set local role app_login; set local app.agency = '{agency}'; set local app.account = '{account}'; \
             set local app.membership = '{id}'; set local app.hat = '{role}'; set local app.body = '{}'; set local app.landscape = '{}'",
            body.unwrap_or_default(),
            if landscape { "on" } else { "off" },
        );
        run(&mut connection, &settings).await;
        for (table, key) in tables.iter().filter(|(table, _)| !OWN_TRACES.contains(&table.as_str())) {
            let row = if whole { "t::text" } else { key };
            let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!("select {row} from {table} t order by 1")))
                .fetch_all(&mut connection)
                .await
                .unwrap();
            all.insert((id.clone(), table.clone()), rows);
        }
        run(&mut connection, "rollback").await;
    }
    all
}

async fn run(connection: &mut PgConnection, text: &str) {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await.unwrap();
}

#[track_caller]
fn assert_same(before: &BTreeMap<(String, String), Vec<String>>, after: &BTreeMap<(String, String), Vec<String>>, when: &str) {
    for (place, rows) in before {
        assert!(after.get(place) == Some(rows), "{when}: {place:?} shows other rows than before");
    }
}

#[tokio::test]
async fn two_entries_become_one_and_the_other_leads_to_it() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (kept, gone) = (add(&staff, "Valley Meal Van", "community").await, add(&staff, "The Meal Van", "community").await);
    let page = staff.get(&format!("{PARTNERS}/{kept}/merge?with={gone}")).await;
    page.assert_page("Join these two entries?").assert_sees("Nobody comes to read more, or less, than before");
    let merge = propose(&staff, &kept, &gone).await;
    staff.get(&merge).await.assert_sees("joined");
    staff.get(&format!("{PARTNERS}/{gone}")).await.assert_goes_to(&format!("{PARTNERS}/{kept}"));
    staff.get(&format!("{PARTNERS}/{kept}")).await.assert_page("Valley Meal Van").assert_sees("The Meal Van");
    staff.get(&format!("{PARTNERS}?q=meal+van")).await.assert_never_sees(&gone);
    staff.get(&format!("{PARTNERS}/{gone}/edit")).await.assert_not_found();
    staff.get(&format!("{PARTNERS}/{kept}/merge?with={gone}")).await.assert_not_found();
}

#[tokio::test]
async fn a_merge_lets_nobody_read_more_or_less_and_an_undo_restores_every_row() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    // Two bodies with members, words and outreach of their own; what waits already does not stand in the way.
    site.force("update merge set state = 'undone' where state = 'proposed'").await;
    let (by_key, whole) = (seen(&site, false).await, seen(&site, true).await);
    let merge = propose(&staff, &site.id("kinship"), &site.id("parents")).await;
    assert_same(&whole, &seen(&site, true).await, "a proposal");
    site.visitor("partner").await.post(&format!("{merge}/word"), &[("word", "given")]).await.assert_goes_to(&merge);
    assert_eq!(site.count("partner where id = '@parents' and merged_into = '@kinship'").await, 1);
    assert_same(&by_key, &seen(&site, false).await, "a merge");
    staff.fill(&format!("{merge}/delete"), "/delete", &[]).await.assert_flash("Taken back. Both entries are as they were");
    assert_same(&whole, &seen(&site, true).await, "an undo");
    assert_eq!(site.count("partner_name where source = 'joined' and partner_id = '@kinship'").await, 0);
}

#[tokio::test]
async fn a_body_with_a_steward_is_joined_only_by_its_stewards_word() {
    let site = Site::open().await;
    let (staff, tribe) = (site.visitor("staff").await, site.visitor("tribe").await);
    let other = add(&staff, "Tall Pine Tribal Council", "tribe").await;
    let merge = propose(&staff, &site.id("tallpine"), &other).await;
    staff.get(&merge).await.assert_sees("waits for a steward’s word").assert_sees("No word yet");
    assert_eq!(site.count("partner where merged_into = '@tallpine'").await, 0);
    for who in ["staff", "director", "admin", "parent"] {
        site.visitor(who).await.post(&format!("{merge}/word"), &[("word", "given")]).await.assert_not_allowed();
    }
    site.visitor("partner").await.post(&format!("{merge}/word"), &[("word", "given")]).await.assert_not_found();
    let again = staff.post(&format!("{PARTNERS}/@tallpine/merge"), &[("other", &other), ("keep", "@tallpine")]).await;
    again.assert_problem("", "One of these entries already waits");
    tribe.get(&format!("{PARTNERS}/@tallpine")).await.assert_sees("waits for your word");
    tribe.fill(&merge, "/word", &[("word", "given")]).await.assert_flash("Your word is given. The two entries are one");
    assert_eq!(site.count("partner where merged_into = '@tallpine'").await, 1);
    tribe.fill(&merge, "/word", &[("word", "refused")]).await.assert_flash("The two entries are apart again");
    assert_eq!(site.count("partner where merged_into = '@tallpine'").await, 0);
}

#[tokio::test]
async fn a_steward_refuses_and_the_entries_stay_apart() {
    let site = Site::open().await;
    let (staff, tribe) = (site.visitor("staff").await, site.visitor("tribe").await);
    let other = add(&staff, "Tall Pine Tribal Council", "tribe").await;
    let merge = propose(&staff, &other, &site.id("tallpine")).await;
    tribe.fill(&merge, "/word", &[("word", "refused")]).await.assert_flash("Your word is kept. The two entries stay apart");
    tribe.post(&format!("{merge}/word"), &[("word", "given")]).await.assert_problem("", "This merge no longer waits");
    assert_eq!(site.count("partner where merged_into is not null and id = '@tallpine'").await, 0);
}

#[tokio::test]
async fn both_bodies_with_a_steward_are_asked_and_one_word_is_not_enough() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    site.force("update merge set state = 'undone' where state = 'proposed'").await;
    let merge = propose(&staff, &site.id("kinship"), &site.id("tallpine")).await;
    let first = site.visitor("partner").await.fill(&merge, "/word", &[("word", "given")]).await;
    first.assert_flash("Your word is given. Another body is still asked");
    assert_eq!(site.count("partner where merged_into = '@kinship'").await, 0);
    site.visitor("tribe")
        .await
        .fill(&merge, "/word", &[("word", "refused")])
        .await
        .assert_flash("Your word is kept. The two entries stay apart");
    assert_eq!(site.count("partner where merged_into = '@kinship'").await, 0);
}

#[tokio::test]
async fn two_tribes_are_never_proposed_by_likeness_of_name() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let one = add(&staff, "Two Hawks Nation", "tribe").await;
    let _near = add(&staff, "Two Hawk Nation", "tribe").await;
    staff.get(&format!("{PARTNERS}/{one}/merge")).await.assert_page("Same as another entry?").assert_never_sees("Two Hawk Nation");
    let club = add(&staff, "Alder Chess Club, Inc.", "community").await;
    add(&staff, "The Alder Chess Club", "community").await;
    staff.get(&format!("{PARTNERS}/{club}/merge")).await.assert_sees("Perhaps one of these").assert_sees("The Alder Chess Club");
}

#[tokio::test]
async fn thirty_days_later_a_merge_stays() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let (kept, gone) = (add(&staff, "Valley Meal Van", "community").await, add(&staff, "The Meal Van", "community").await);
    let merge = propose(&staff, &kept, &gone).await;
    site.force("update merge set undo_until = undo_until - interval '31 days'").await;
    staff.post(&format!("{merge}/delete"), &[]).await.assert_problem("", "This can no longer be undone");
    staff.get(&merge).await.assert_never_sees("Take them apart");
}

#[tokio::test]
async fn an_entry_joined_in_two_steps_is_taken_apart_in_order() {
    let site = Site::open().await;
    let staff = site.visitor("staff").await;
    let mut made = Vec::new();
    for name in ["Van One", "Van Number Two", "Van Third"] {
        made.push(add(&staff, name, "community").await);
    }
    let first = propose(&staff, &made[1], &made[0]).await;
    let second = propose(&staff, &made[2], &made[1]).await;
    staff.get(&format!("{PARTNERS}/{}", made[0])).await.assert_goes_to(&format!("{PARTNERS}/{}", made[2]));
    staff.post(&format!("{first}/delete"), &[]).await.assert_problem("", "The entry that stayed was itself joined");
    staff.post(&format!("{second}/delete"), &[]).await.assert_goes_to(&second);
    staff.get(&format!("{PARTNERS}/{}", made[0])).await.assert_goes_to(&format!("{PARTNERS}/{}", made[1]));
    staff.post(&format!("{first}/delete"), &[]).await.assert_goes_to(&first);
    assert_eq!(site.count("partner where name like 'Van %' and merged_into is not null").await, 0);
}

#[tokio::test]
async fn another_agency_and_other_roles_may_not_join() {
    let site = Site::open().await;
    for who in ["analyst", "admin", "partner", "tribe", "parent"] {
        let visitor = site.visitor(who).await;
        visitor.get(&format!("{PARTNERS}/@court/merge")).await.assert_not_allowed();
        visitor.post(&format!("{PARTNERS}/@court/merge"), &[("other", "@casa"), ("keep", "@court")]).await.assert_not_allowed();
    }
    for who in ["analyst", "admin", "tribe", "parent"] {
        site.visitor(who).await.get(&format!("{PARTNERS}/merges/@merge_proposed")).await.assert_not_found();
    }
    let harbor = site.visitor("harbor").await;
    harbor.get("/harbor/partners/merges/@merge_proposed").await.assert_not_found();
    harbor.get("/harbor/partners/@court/merge").await.assert_not_found();
    harbor.post("/harbor/partners/@court/merge", &[("other", "@casa"), ("keep", "@court")]).await.assert_not_found();
}

#[tokio::test]
async fn a_body_that_was_joined_keeps_its_stewards_word() {
    let site = Site::open().await;
    let (staff, thomas) = (site.visitor("staff").await, site.visitor("tribe").await);
    let kept = add(&staff, "Tall Pine Tribal Council", "tribe").await;
    let merge = propose(&staff, &kept, &site.id("tallpine")).await;
    thomas.fill(&merge, "/word", &[("word", "given")]).await.assert_flash("Your word is given. The two entries are one");
    // The entry that stayed is the same body: its steward serves.
    staff.get("/cedar-river/members/first-stewards/new").await.assert_never_sees("Tall Pine Tribal Council");
    let act = [
        ("body", kept.as_str()),
        ("document", "letter"),
        ("dated", "2026-01-15"),
        ("reference", "x"),
        ("received_by", "@director"),
        ("name", "Puppet"),
        ("email", "puppet@example.org"),
    ];
    staff.post("/cedar-river/members/first-stewards", &act).await.assert_problem("body", "Choose a body that has no steward");
    let other = add(&staff, "Quite Another Body", "business_funder").await;
    let second = propose(&staff, &other, &kept).await;
    staff.get(&second).await.assert_sees("waits for a steward’s word").assert_sees("Tall Pine Tribe");
    let lead = format!("update partner set merged_into = '{other}' where id = '{kept}' or merged_into = '{kept}'");
    let word = "update merge_word set word = 'given', steward_id = '@staff' where word is null";
    for attempt in [lead.as_str(), word] {
        crate::support::refused(attempt, site.attempt("staff", "staff", attempt).await);
    }
    assert_eq!(site.count(&format!("partner where merged_into = '{other}'")).await, 0);
    thomas.get("/cedar-river/our-entry").await.assert_never_sees("Quite Another Body");
    thomas.fill(&second, "/word", &[("word", "refused")]).await.assert_flash("Your word is kept. The two entries stay apart");
}
