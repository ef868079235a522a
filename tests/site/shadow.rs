//! A record that somebody may not see, and one that never was: five hundred pairs, over every route that shows one record. What comes
//! back is the same letter for letter, and it costs the same questions to the database. How long it takes `bin/bench shadow` measures.

use crate::support::{
    Site,
    atlas::{self, PEOPLE, Way},
    counting,
};
use common_table::platform::{ids, policy::Hat};
use http::StatusCode;
use sqlx::{AssertSqlSafe, Connection as _};
use std::collections::{BTreeMap, BTreeSet};

/// So many pairs are asked at least.
const PAIRS: usize = 500;

/// The records of the county that somebody may not see, by kind, as row security has it.
async fn hidden_from(site: &Site, who: &str, hat: Hat) -> BTreeMap<String, Vec<String>> {
    let mut connection = site.own_connection().await;
    let body: Option<String> = site.peek(&format!("select partner_id::text from membership where id = '@{who}'")).await;
    let agency: String = site.peek("select id::text from agency where slug = 'cedar-river'").await;
    let all: Vec<(String, String)> = sqlx::query_as("select kind, id::text from subject where agency_id = $1::uuid order by id")
        .bind(&agency)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let standing = format!(
        "begin; set local role app_login; set local app.membership = '{}'; set local app.hat = '{}'; set local app.body = '{}'; set local app.agency = '{agency}'",
        site.id(who),
        hat.for_database(),
        body.unwrap_or_default(),
    );
    sqlx::raw_sql(AssertSqlSafe(standing)).execute(&mut connection).await.unwrap();
    let seen: Vec<String> = sqlx::query_scalar("select id::text from subject").fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let seen: BTreeSet<String> = seen.into_iter().collect();
    let mut hidden = BTreeMap::<String, Vec<String>>::new();
    for (kind, id) in all.into_iter().filter(|(_, id)| !seen.contains(id)) {
        hidden.entry(kind).or_default().push(id);
    }
    hidden
}

/// The name in a route's address that stands for a record, and the kind of the record that the demonstration puts there.
fn records(way: &Way, kinds: &BTreeMap<String, String>) -> Vec<(String, String)> {
    way.ids.iter().filter_map(|(name, id)| Some((name.clone(), kinds.get(id)?.clone()))).collect()
}

#[tokio::test]
async fn five_hundred_hidden_records_cost_and_say_what_one_that_never_was_does() {
    let mut site = Site::open().await;
    atlas::complete(&mut site).await;
    let (ways, _) = atlas::ways(&site).await;
    // Everybody may read the demonstration's goals and plans; some become the director's.
    site.force(
        "update subject set audience = 'leadership' where kind in ('goal', 'plan', 'barrier') and agency_id = (select id from agency where slug = 'cedar-river') \
         and id in (select id from (select id, row_number() over (partition by kind order by id) n from subject) s where n % 2 = 0)",
    )
    .await;
    let kinds: BTreeMap<String, String> =
        serde_json::from_str(&site.peek::<String>("select jsonb_object_agg(id, kind)::text from subject").await).unwrap();
    let (mut wrong, mut asked, mut routes, mut turn) = (Vec::new(), 0, BTreeSet::new(), 0);
    let moment = regex::Regex::new(r"\d{4}-\d\d-\d\dT[0-9:.]+Z").unwrap();
    let mut visitors = Vec::new();
    for (who, hat) in PEOPLE {
        visitors.push((*who, site.visitor(who).await, hidden_from(&site, who, *hat).await));
    }
    while asked < PAIRS && turn < 40 {
        for (who, visitor, hidden) in &visitors {
            for way in ways.iter().filter(|way| way.is_get() && way.allowed().contains(who)) {
                for (name, kind) in records(way, &kinds) {
                    let Some(id) = hidden.get(&kind).and_then(|all| all.get(turn)) else { continue };
                    let never = ids::fresh().to_string();
                    let mut pair = Vec::new();
                    for id in [id, &never] {
                        let path = way.with(&name, id);
                        visitor.glance("GET", &path).await;
                        counting::begin();
                        let answer = visitor.glance("GET", &path).await;
                        let cost = counting::end();
                        // A request's number is made before anything is looked up.
                        let told = answer.headers.iter().filter(|(name, _)| *name != "x-request-id");
                        let mut told: Vec<String> = told.map(|(name, value)| format!("{name}: {value:?}")).collect();
                        told.sort();
                        pair.push((
                            answer.status,
                            answer.without_keys().replace(id.as_str(), "ID"),
                            told,
                            cost.queries,
                            moment.replace_all(&cost.words.join("; ").replace(id.as_str(), "ID"), "MOMENT").into_owned(),
                        ));
                    }
                    asked += 1;
                    routes.insert(way.line.path);
                    if pair[0] != pair[1] || pair[0].0 != StatusCode::NOT_FOUND {
                        let of = |one: usize| format!("{} with {} queries {:?}", pair[one].0, pair[one].3, pair[one].4);
                        wrong.push(format!(
                            "{} as {who}, {name}: a hidden {kind} answers {}, one that never was {}",
                            way.name(),
                            of(0),
                            of(1)
                        ));
                    }
                }
            }
        }
        turn += 1;
    }
    wrong.truncate(20);
    assert!(wrong.is_empty(), "shadows: {} to mend\n  {}\n", wrong.len(), wrong.join("\n  "));
    assert!(asked >= PAIRS && routes.len() >= 20, "{asked} pairs over {} routes: {routes:?}", routes.len());
}
