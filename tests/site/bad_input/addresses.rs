//! Ids in addresses, one at a time, and filters.

use super::{NOWHERE, faults, is_id, is_tried, site, wrong};
use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, PEOPLE, Way},
    sending,
};
use common_table::platform::access::Need;
use http::StatusCode;
use sqlx::{AssertSqlSafe, Connection as _};
use std::collections::{BTreeMap, BTreeSet};

/// What stands where an id belongs, and leads nowhere: nonsense, another kind's record, another county's.
fn instead(site: &Site) -> Vec<String> {
    let mut all: Vec<String> =
        ["x", "%00", "%FF%FE", "..%2F..%2Fetc", "%252e%252e", "%F0%9F%AA%B6", "-1", "null", "'%20or%201=1"].map(str::to_owned).into();
    all.extend([site.id("entry"), site.id("harbor_partner"), "x".repeat(3_000)]);
    all
}

/// The records that somebody may see, as row security has it: "kind id".
async fn seen_by(site: &Site, who: &str, hat: &str) -> BTreeSet<String> {
    let mut connection = site.own_connection().await;
    let body: Option<String> = site.peek(&format!("select partner_id::text from membership where id = '@{who}'")).await;
    let standing = format!(
        "begin; set local role app_login; set local app.membership = '{}'; set local app.hat = '{hat}'; set local app.body = '{}'; set local app.agency = '{}'",
        site.id(who),
        body.unwrap_or_default(),
        site.peek::<String>("select id::text from agency where slug = 'cedar-river'").await,
    );
    sqlx::raw_sql(AssertSqlSafe(standing)).execute(&mut connection).await.unwrap();
    let all: Vec<String> = sqlx::query_scalar("select kind || ' ' || id from subject order by 1").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    all.into_iter().collect()
}

/// For each person, a record of each kind that is there and hidden from them.
async fn hidden(site: &Site) -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let all: String = site
        .peek("select string_agg(kind || ' ' || s.id, ',' order by s.id) from subject s join agency g on g.id = s.agency_id where g.slug = 'cedar-river'")
        .await;
    let mut found = BTreeMap::new();
    for (who, hat) in PEOPLE {
        let seen = seen_by(site, who, hat.for_database()).await;
        let unseen = all.split(',').filter(|one| !seen.contains(*one)).filter_map(|one| one.split_once(' '));
        found.insert(*who, unseen.map(|(kind, id)| (kind.to_owned(), id.to_owned())).collect());
    }
    found
}

/// Sends the route's own example to an address (an empty request for a page).
async fn ask(site: &Site, visitor: &Visitor, way: &Way, path: &str) -> (Answer, Vec<String>) {
    if way.is_get() {
        return visitor.try_send("GET", path, "", Vec::new()).await;
    }
    let (fields, file) = atlas::form(site, way).await;
    sending::send(visitor, path, &fields, &file).await
}

/// Who asks: whoever sends the route's example, or somebody with the permission.
fn asker(way: &Way) -> Option<&'static str> {
    let sends = way.line.example.map(|example| example.who).filter(|who| !way.is_get() && !who.is_empty() && !who.starts_with('@'));
    sends.or_else(|| way.allowed().first().copied())
}

#[tokio::test]
async fn whatever_stands_where_an_id_belongs_leads_nowhere() {
    let site = site().await;
    let (ways, _) = atlas::ways(&site).await;
    let (instead, mut told) = (instead(&site), Vec::new());
    for way in ways.iter().filter(|way| matches!(way.line.need, Need::May(_))) {
        let Some(who) = asker(way) else { continue };
        let visitor = site.visitor(who).await;
        for (name, value) in way.ids.iter().filter(|(name, value)| name != "agency" && is_id(value)) {
            let (none, seen) = ask(&site, &visitor, way, &way.with(name, NOWHERE)).await;
            let about = format!("{}, {name}", way.name());
            told.extend(wrong(&about, &none, seen));
            if none.status != StatusCode::NOT_FOUND {
                told.push(format!("{about} that never was: {} as {who}", none.status));
                continue;
            }
            for id in instead.iter().filter(|id| *id != value) {
                let (answer, seen) = ask(&site, &visitor, way, &way.with(name, id)).await;
                let about = format!("{about}: {}", id.chars().take(40).collect::<String>());
                told.extend(wrong(&about, &answer, seen));
                if answer.status != StatusCode::NOT_FOUND || answer.without_keys() != none.without_keys() {
                    told.push(format!("{about}: {}, not the page of what never was", answer.status));
                }
            }
        }
    }
    assert!(told.is_empty(), "ids: {} to mend\n  {}\n", told.len(), told.join("\n  "));
}

#[tokio::test]
async fn a_hidden_record_of_the_right_kind_answers_like_one_that_never_was() {
    let site = site().await;
    let (ways, _) = atlas::ways(&site).await;
    // Everybody may read the demonstration's goals and plans: one of each, which no address names, becomes the director's.
    let named: Vec<String> = ways.iter().flat_map(|way| &way.ids).filter(|(_, id)| is_id(id)).map(|(_, id)| format!("'{id}'")).collect();
    site.force(&format!(
        "update subject set audience = 'leadership' where id in (select distinct on (s.kind) s.id from subject s join agency g on g.id = s.agency_id \
         where g.slug = 'cedar-river' and s.kind in ('goal', 'plan') and s.id not in ({}) order by s.kind, s.id)",
        named.join(",")
    ))
    .await;
    let kinds: BTreeMap<String, String> =
        serde_json::from_str(&site.peek::<String>("select jsonb_object_agg(id, kind)::text from subject").await).unwrap();
    let (hidden, mut told, mut tried) = (hidden(&site).await, Vec::new(), BTreeSet::new());
    for way in ways.iter().filter(|way| matches!(way.line.need, Need::May(_))) {
        for (name, value) in &way.ids {
            let Some(kind) = kinds.get(value) else { continue };
            let from = way.allowed().into_iter().find_map(|who| Some((who, hidden[who].get(kind)?)));
            let Some((who, id)) = from else { continue };
            let visitor = site.visitor(who).await;
            let (answer, seen) = ask(&site, &visitor, way, &way.with(name, id)).await;
            let (none, _) = ask(&site, &visitor, way, &way.with(name, NOWHERE)).await;
            tried.insert(kind.clone());
            told.extend(wrong(&way.name(), &answer, seen));
            if answer.status != StatusCode::NOT_FOUND || answer.without_keys() != none.without_keys() {
                told.push(format!(
                    "{} as {who}, {name}: a hidden {kind} answers {}, one that never was {}",
                    way.name(),
                    answer.status,
                    none.status
                ));
            }
        }
    }
    assert!(told.is_empty(), "hidden records: {} to mend\n  {}\n", told.len(), told.join("\n  "));
    for kind in ["barrier", "commitment", "goal", "loop", "outreach", "plan", "session", "statement"] {
        assert!(tried.contains(kind), "no hidden {kind} was tried, only {tried:?}");
    }
}

#[tokio::test]
async fn no_filter_breaks_a_list() {
    let site = site().await;
    let (ways, _) = atlas::ways(&site).await;
    let (mut told, mut tried) = (Vec::new(), 0);
    let faults: Vec<_> = faults(&site).into_iter().filter(|(_, typed)| typed.len() < 20_000).collect();
    for (place, way) in ways.iter().filter(|way| way.is_get() && matches!(way.line.need, Need::May(_))).enumerate() {
        let Some(who) = way.allowed().first().copied() else { continue };
        let visitor = site.visitor(who).await;
        let (plain, _) = visitor.try_send("GET", &way.path, "", Vec::new()).await;
        if plain.status != StatusCode::OK {
            continue;
        }
        let mut names: BTreeSet<String> = plain.attributes("form[method=get] [name]", "name").into_iter().collect();
        names.extend(["page", "sort"].map(str::to_owned));
        for (more, name) in names.iter().enumerate() {
            for (_, (fault, typed)) in faults.iter().enumerate().filter(|(which, _)| is_tried(place + more, *which)) {
                tried += 1;
                let query = serde_html_form::to_string([(name.as_str(), typed.as_str())]).unwrap();
                let (answer, seen) = visitor.quoting().try_send("GET", &format!("{}?{query}", way.path), "", Vec::new()).await;
                let about = format!("{}?{name}: {fault}", way.name());
                told.extend(wrong(&about, &answer, seen));
                if answer.status != StatusCode::OK {
                    told.push(format!("{about}: {}", answer.status));
                }
            }
        }
    }
    assert!(tried > 100, "only {tried} filters were tried");
    assert!(told.is_empty(), "filters: {} to mend\n  {}\n", told.len(), told.join("\n  "));
}
