//! Asks a freshly migrated database whether every table is kept within its agency and every role within its rights.
//! Needs the test cluster; without it these tests fail, they are never skipped.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection};

use crate::schema_rules::{ROLE_RULES, Rule, SECURITY_DEFINER, SHARED, TABLE_RULES, setup};
use crate::spoil;

/// The role that runs migrations.
const OWNER: &str = "common_table_owner";

#[expect(clippy::disallowed_methods, reason = "the program's settings are not those of the test cluster")]
fn admin() -> PgConnectOptions {
    let url = std::env::var("TEST_ADMIN_URL").unwrap_or_default();
    assert!(!url.is_empty(), "TEST_ADMIN_URL is not set: run these tests through bin/test, or `bin/pg start` and `eval \"$(bin/pg env)\"`");
    url.parse().unwrap()
}

async fn run(connection: &mut PgConnection, statements: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(connection).await.map(|_| ())
}

async fn migrate(database: PgConnectOptions) -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"));
    let mut owner = PgConnection::connect_with(&database.username(OWNER)).await?;
    Migrator::new(folder).await?.run(&mut owner).await?;
    Ok(owner.close().await?)
}

/// Makes a database, migrates it as its owner, and hands it to `ask` as superuser; removed before anything can fail.
async fn in_scratch<T>(name: &str, ask: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
    let database = format!("house_{name}_{}", std::process::id());
    let mut cluster = PgConnection::connect_with(&admin()).await.expect("the test cluster does not answer: bin/pg start");
    let create = format!("create database {database} owner {OWNER}");
    let mut patience = 20;
    // The template may be in use for a moment, when another test's database is made from it.
    while let Err(error) = run(&mut cluster, &create).await {
        patience -= 1;
        assert!(patience > 0, "{error}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let migrated = migrate(admin().database(&database)).await;
    let answer = match &migrated {
        Ok(()) => {
            let mut connection = PgConnection::connect_with(&admin().database(&database)).await.unwrap();
            if let Some(statements) = spoil::statements().unwrap() {
                run(&mut connection, &statements).await.unwrap_or_else(|error| panic!("{}: {error}", spoil::UNBROKEN));
            }
            run(&mut connection, &setup()).await.unwrap();
            let answer = ask(&mut connection).await;
            connection.close().await.unwrap();
            Some(answer)
        }
        _ => None,
    };
    run(&mut cluster, &format!("drop database {database} with (force)")).await.unwrap();
    match answer {
        Some(answer) => answer,
        None => panic!("the migrations did not run: {migrated:?}"),
    }
}

async fn offenders(connection: &mut PgConnection, rule: &Rule) -> Vec<String> {
    let found = sqlx::query_scalar(rule.offenders).fetch_all(connection).await;
    found.unwrap_or_else(|error| panic!("{}: {error}", rule.rule))
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    TABLE_RULES.iter().chain(ROLE_RULES)
}

#[tokio::test]
async fn every_table_is_kept_within_its_agency() {
    let mut broken = Vec::new();
    let (tables, gone) = in_scratch("kept", async |connection| {
        for rule in rules() {
            broken.extend(offenders(connection, rule).await.into_iter().map(|name| format!("{name}: {}", rule.rule)));
        }
        let tables: i64 = sqlx::query_scalar("select count(*) from kept").fetch_one(&mut *connection).await.unwrap();
        (tables, listed_but_gone(connection).await)
    })
    .await;
    assert!(tables > 0, "no table has agency_id: were the migrations run?");
    assert!(broken.is_empty(), "migrations/: {} to mend\n  {}\n", broken.len(), broken.join("\n  "));
    assert!(gone.is_empty(), "tests/house/schema_rules.rs: take off the lists what is no longer there: {gone:?}");
}

async fn listed_but_gone(connection: &mut PgConnection) -> Vec<String> {
    let tables = SHARED
        .iter()
        .filter(|name| **name != "_sqlx_migrations")
        .map(|name| format!("select '{name}' where to_regclass('public.{name}') is null"));
    let functions = SECURITY_DEFINER
        .iter()
        .map(|name| format!("select '{name}' where not exists (select from pg_proc where proname = '{name}' and prosecdef)"));
    let question = tables.chain(functions).collect::<Vec<_>>().join(" union all ");
    sqlx::query_scalar(AssertSqlSafe(question)).fetch_all(connection).await.unwrap()
}

#[tokio::test]
async fn every_rule_sees_its_planted_fault() {
    let blind = in_scratch("planted", async |connection| {
        let mut blind = Vec::new();
        for rule in rules() {
            let before = offenders(connection, rule).await;
            // Undone at the end, roles included: nobody else sees the fault.
            run(connection, "begin").await.unwrap();
            run(connection, rule.plant).await.unwrap_or_else(|error| panic!("planting for “{}”: {error}", rule.rule));
            let after = offenders(connection, rule).await;
            run(connection, "rollback").await.unwrap();
            if !after.iter().any(|name| !before.contains(name)) {
                blind.push(rule.rule);
            }
        }
        blind
    })
    .await;
    assert!(blind.is_empty(), "these rules did not see the fault planted for them: {blind:#?}");
}

/// Every policy of the migrated schema as the catalogue has it, a line each: table, name, whom it binds, for what, and its rule.
const POLICIES: &str = "select concat_ws(' | ', c.relname, p.polname,
        case when p.polpermissive then 'permissive' else 'restrictive' end,
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        'to ' || coalesce((select string_agg(r.rolname, ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)), 'everybody'),
        'using ' || regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\\s+', ' ', 'g'),
        'check ' || regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '\\s+', ' ', 'g'))
    from pg_policy p join pg_class c on c.oid = p.polrelid
    order by c.relname collate \"C\", p.polname collate \"C\"";

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a developer's wish, no setting of the program")]
async fn every_policy_is_the_one_that_was_reviewed() {
    let lines: Vec<String> =
        in_scratch("policies", async |connection| sqlx::query_scalar(POLICIES).fetch_all(connection).await.unwrap()).await;
    let told = "Every row-security policy of the migrated schema, printed by tests/house/schema.rs. A changed line is read like code.";
    let text = format!("# {told}\n{}\n", lines.join("\n"));
    let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/policies.txt"));
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(file, &text).unwrap();
    }
    let printed = std::fs::read_to_string(file).unwrap_or_default();
    let differs: Vec<String> = printed
        .lines()
        .filter(|line| !text.lines().any(|other| other == *line))
        .map(|line| format!("- {line}"))
        .chain(text.lines().filter(|line| !printed.lines().any(|other| other == *line)).map(|line| format!("+ {line}")))
        .collect();
    assert!(
        printed == text,
        "tests/snapshots/policies.txt differs; look at it, then write it anew with UPDATE_SNAPSHOTS=yes\n{}\n",
        differs.join("\n")
    );
}
