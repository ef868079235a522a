//! Who reads what carries protocols, asked through row security and computed by a plain model: random audiences, protocols and readers.

use crate::support::Site;
use sqlx::{AssertSqlSafe, PgConnection};
use std::collections::BTreeSet;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Somebody who reads.
#[derive(Debug, Clone, sqlx::FromRow)]
struct Person {
    id: String,
    role: String,
    body: Option<String>,
    steward: bool,
}

#[derive(Debug, Clone)]
struct Protocol {
    id: String,
    body: String,
    all_own_people: bool,
    /// A membership, a role, or `body ` and another body, and whether its last day is over.
    readers: Vec<(String, bool)>,
}

#[derive(Debug)]
struct Item {
    id: String,
    audience: &'static str,
    author: Person,
    carried: Vec<Protocol>,
    all_of: bool,
}

const AUDIENCES: &[&str] = &["author", "body", "leadership", "agency", "partnership", "public"];

/// `access.md`, from narrow to wide.
fn in_audience(item: &Item, reader: &Person) -> bool {
    let level = AUDIENCES.iter().position(|one| *one == item.audience).unwrap();
    reader.id == item.author.id
        || (level >= 1 && item.author.body.is_some() && reader.body == item.author.body)
        || (level >= 2 && reader.role == "director")
        || (level >= 3 && ["staff", "analyst"].contains(&reader.role.as_str()))
        || level >= 4
}

fn is_in(protocol: &Protocol, reader: &Person) -> bool {
    let own = reader.body.as_deref() == Some(protocol.body.as_str());
    let of_body = |who: &str| reader.body.is_some() && who.strip_prefix("body ") == reader.body.as_deref();
    let named = |(who, over): &(String, bool)| !over && (*who == reader.id || *who == reader.role || of_body(who));
    (own && (reader.steward || protocol.all_own_people)) || (reader.role != "administrator" && protocol.readers.iter().any(named))
}

/// Every restriction holds at once; whose words they are reads them; being administrator opens nobody's words.
fn reads(item: &Item, reader: &Person) -> bool {
    let mut each = item.carried.iter().map(|protocol| is_in(protocol, reader));
    let protocols = item.carried.is_empty() || if item.all_of { each.all(|one| one) } else { each.any(|one| one) };
    reader.role != "administrator" && in_audience(item, reader) && (protocols || reader.id == item.author.id)
}

async fn run(connection: &mut PgConnection, text: String) {
    sqlx::raw_sql(AssertSqlSafe(text.clone())).execute(connection).await.unwrap_or_else(|error| panic!("{text}: {error}"));
}

fn id(kind: u32, number: usize) -> String {
    format!("018f5e2a-{kind:04x}-7000-8000-{number:012x}")
}

fn protocols(dice: &mut Dice, people: &[Person], bodies: &[String]) -> Vec<Protocol> {
    let roles = ["director", "staff", "analyst"];
    let reader = |dice: &mut Dice| match dice.below(4) {
        0 => ((*dice.one(&roles)).to_owned(), dice.below(4) == 0),
        1 => (format!("body {}", dice.one(bodies)), dice.below(4) == 0),
        _ => (dice.one(people).id.clone(), dice.below(4) == 0),
    };
    let one = |dice: &mut Dice, number: usize| {
        let mut readers: Vec<(String, bool)> = Vec::new();
        for _ in 0..dice.below(4) {
            let next = reader(dice);
            let own = next.0.strip_prefix("body ") == Some(bodies[number % bodies.len()].as_str());
            if !own && readers.iter().all(|(who, _)| *who != next.0) {
                readers.push(next);
            }
        }
        Protocol { id: id(1, number), body: bodies[number % bodies.len()].clone(), all_own_people: dice.below(2) == 0, readers }
    };
    (0..bodies.len() * 6).map(|number| one(dice, number)).collect()
}

async fn write(connection: &mut PgConnection, agency: &str, protocols: &[Protocol], items: &[Item]) {
    let mut text = format!("begin; set local app.agency = '{agency}';");
    let by = &items[0].author.id;
    let mut number = 0;
    for one in protocols {
        let own = if one.all_own_people { "all" } else { "named" };
        text += &format!(
            "insert into protocol (id, body_id, name, own_people, made_by, created_at) values ('{0}', '{1}', '{0}', '{own}', '{by}', now());",
            one.id, one.body
        );
        for (who, over) in &one.readers {
            number += 1;
            let (column, who) = match who.strip_prefix("body ") {
                Some(body) => ("guest_body_id", body),
                None if who.len() == 36 => ("membership_id", who.as_str()),
                None => ("role", who.as_str()),
            };
            let ends = if *over { "'2020-01-01'" } else { "null" };
            text += &format!(
                "insert into protocol_reader (id, protocol_id, body_id, {column}, until, ends_at, added_by, created_at) \
                 values ('{}', '{}', '{}', '{who}', {ends}, {ends}, '{by}', now());",
                id(2, number),
                one.id,
                one.body
            );
        }
    }
    for one in items {
        let body = one.author.body.as_ref().map_or("null".to_owned(), |body| format!("'{body}'"));
        text += &format!(
            "insert into subject (id, kind, title, path, audience, body_id, author_id, created_at) \
             values ('{0}', 'loop', 'x', '/x', '{1}', {body}, '{2}', now());",
            one.id, one.audience, one.author.id
        );
        if !one.carried.is_empty() {
            text += &format!(
                "insert into protected_item (item_id, subject_id, body_id, all_of) values ('{0}', '{0}', {body}, {1});",
                one.id, one.all_of
            );
        }
        for protocol in &one.carried {
            text += &format!(
                "insert into item_protocol (item_id, protocol_id, put_by, created_at) values ('{}', '{}', '{by}', now());",
                one.id, protocol.id
            );
        }
    }
    text += "update subject set protocols = protocols_wanted(id) where title = 'x';";
    run(connection, text).await;
}

#[tokio::test]
async fn row_security_lets_in_exactly_those_whom_the_model_lets_in() {
    let site = Site::open().await;
    let mut connection = site.own_connection().await;
    let agency: String = site.peek("select id::text from agency where slug = 'cedar-river'").await;
    let question = format!(
        "select id::text, role, partner_id::text as body, steward from membership where agency_id = '{agency}' and state = 'active' order by id"
    );
    let people: Vec<Person> = sqlx::query_as(AssertSqlSafe(question)).fetch_all(&mut connection).await.unwrap();
    let bodies: Vec<String> = people.iter().filter_map(|one| one.body.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut dice = Dice(64);
    let protocols = protocols(&mut dice, &people, &bodies);
    let authors: Vec<Person> = people.iter().filter(|one| one.role == "partner").cloned().collect();
    let items: Vec<Item> = (0..600)
        .map(|number| {
            let author = dice.one(&authors).clone();
            let own: Vec<&Protocol> = protocols.iter().filter(|one| Some(&one.body) == author.body.as_ref()).collect();
            let carried = own.into_iter().filter(|_| dice.below(3) == 0).cloned().collect();
            Item { id: id(3, number), audience: AUDIENCES[dice.below(AUDIENCES.len())], author, carried, all_of: dice.below(2) == 0 }
        })
        .collect();
    write(&mut connection, &agency, &protocols, &items).await;
    let (mut seen, mut kept) = (0, 0);
    for reader in &people {
        let settings = format!(
            "set local role app_login; set local app.membership = '{}'; set local app.hat = '{}'; set local app.body = '{}'",
            reader.id,
            reader.role,
            reader.body.as_deref().unwrap_or_default()
        );
        run(&mut connection, settings).await;
        let found: Vec<String> =
            sqlx::query_scalar("select id::text from subject where title = 'x' order by id").fetch_all(&mut connection).await.unwrap();
        let wanted: Vec<String> = items.iter().filter(|item| reads(item, reader)).map(|item| item.id.clone()).collect();
        assert_eq!(found, wanted, "{reader:?}");
        seen += found.len();
        kept += items.iter().filter(|item| in_audience(item, reader) && !reads(item, reader)).count();
        run(&mut connection, "reset role".to_owned()).await;
    }
    run(&mut connection, "rollback".to_owned()).await;
    assert!(seen > 1000 && kept > 1000, "{seen} read and {kept} kept from somebody: too few to prove anything");
}

/// What the planner takes for a list of the newest: its kinds of step, and what it reckons all of it to cost.
async fn planned(connection: &mut PgConnection) -> (Vec<String>, f64) {
    let question = "explain select id from subject where agency_id = (select current_agency()) and kind = 'statement' \
        order by created_at desc, id desc limit 50";
    let lines: Vec<String> = sqlx::query_scalar(question).persistent(false).fetch_all(connection).await.unwrap();
    let cost = lines[0].split("..").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|number| number.parse().ok());
    let steps = lines
        .iter()
        .filter(|line| line.contains("(cost=") && !line.contains("Result"))
        .map(|line| line.split("  (cost=").next().unwrap().trim().to_owned());
    (steps.filter(|step| step.contains("Scan") || step.contains("Sort")).collect(), cost.unwrap())
}

#[tokio::test]
async fn a_list_without_protocols_keeps_its_plan_and_its_cost() {
    let site = Site::open().await;
    let mut connection = site.own_connection().await;
    let staff =
        site.path("set local role app_login; set local app.membership = '@staff'; set local app.hat = 'staff'; set local app.agency = '");
    let agency: String = site.peek("select id::text from agency where slug = 'cedar-river'").await;
    run(&mut connection, "begin; analyze subject".to_owned()).await;
    run(&mut connection, format!("{staff}{agency}'")).await;
    let with = planned(&mut connection).await;
    run(&mut connection, format!("reset role; drop policy protocol_select on subject; {staff}{agency}'")).await;
    let without = planned(&mut connection).await;
    run(&mut connection, "rollback".to_owned()).await;
    assert_eq!(with.0, without.0);
    assert!(with.1 <= without.1 * 1.02, "{} against {}", with.1, without.1);
}
