//! The plans of what the partner list asks, under row security, with the shared buffers they touch. The statements are those
//! of the site itself: their texts are read from `.sqlx`, where the checked queries are described.

use super::{Fault, SLUG};
use common_table::platform::pool;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{fmt::Write as _, fs, io::Write as _, path::Path};

/// What the page asks: a name, words by which its text is known, what it is asked with.
const ASKED: &[(&str, &str, &str)] = &[
    ("session", "from look_up_session($1, $2, $3)", "sha256(convert_to(rpad('bench', 43, 'A'), 'UTF8')), 'agency-1', now()"),
    ("list", "p.merged_into is null  order by p.is_tribe desc, p.sort_name, p.id limit $3", "'AGENCY', current_date, 51, 0"),
];
/// So often each is asked before it is measured: PostgreSQL may settle on a general plan after the fifth time.
const TIMES: usize = 8;

#[expect(clippy::disallowed_methods, reason = "a tool of its own")]
pub(super) async fn print(login_url: &str, admin_url: &str) -> Result<(), Fault> {
    let mut admin = PgConnection::connect(admin_url).await?;
    let (agency, member): (uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "select m.agency_id, m.id from membership m join agency g on g.id = m.agency_id where g.slug = $1 and m.account_id is not null",
    )
    .bind(SLUG)
    .fetch_one(&mut admin)
    .await?;
    let mut login = PgConnection::connect_with(&pool::options(login_url)?).await?;
    for (name, known_by, asked_with) in ASKED {
        let text = text_of(known_by)?;
        sqlx::raw_sql(AssertSqlSafe(format!("prepare {name} as {text}"))).execute(&mut login).await?;
        let explain = format!(
            "explain (analyze, buffers, timing off, format json) execute {name} ({})",
            asked_with.replace("AGENCY", &agency.to_string())
        );
        let standing = format!("set local app.agency = '{agency}'; set local app.membership = '{member}'; set local app.hat = 'staff'");
        let mut plan = Value::Null;
        for _ in 0..TIMES {
            let mut tx = login.begin().await?;
            sqlx::raw_sql(AssertSqlSafe(standing.clone())).execute(&mut *tx).await?;
            plan = sqlx::query_scalar(AssertSqlSafe(explain.clone())).persistent(false).fetch_one(&mut *tx).await?;
            tx.rollback().await?;
        }
        let root = &plan[0]["Plan"];
        let mut shape = String::new();
        draw(root, 0, &mut shape)?;
        write!(std::io::stdout(), "{shape}")?;
        let touched = ["Shared Hit Blocks", "Shared Read Blocks"].iter().filter_map(|one| root[one].as_i64()).sum::<i64>();
        writeln!(std::io::stdout(), "buffers {name} {touched}")?;
    }
    Ok(())
}

/// A statement's text, as it was checked.
fn text_of(known_by: &str) -> Result<String, Fault> {
    let mut found = Vec::new();
    for entry in fs::read_dir(Path::new(".sqlx"))? {
        let described: Value = serde_json::from_slice(&fs::read(entry?.path())?)?;
        found.extend(described["query"].as_str().filter(|text| text.contains(known_by)).map(str::to_owned));
    }
    match (found.pop(), found.is_empty()) {
        (Some(text), true) => Ok(text),
        _ => Err(format!("Not one statement in .sqlx says {known_by:?}; run this through bin/bench, in the repository.").into()),
    }
}

/// The shape of a plan, without numbers: what is done to which table by which index.
fn draw(node: &Value, depth: usize, shape: &mut String) -> Result<(), Fault> {
    let named = ["Node Type", "Join Type", "Relation Name", "Alias", "Index Name", "Function Name"];
    let words: Vec<&str> = named.iter().filter_map(|name| node[name].as_str()).collect();
    writeln!(shape, "plan {}{}", "  ".repeat(depth), words.join(" "))?;
    for below in node["Plans"].as_array().into_iter().flatten() {
        draw(below, depth + 1, shape)?;
    }
    Ok(())
}
