//! How long a record that somebody may not see takes to be refused, against one that never was: pairs over the routes that show one
//! record, asked one after the other in turns, in this process and without a socket, on the demonstration's year.

use super::Fault;
use axum::body::Body;
use chrono::DateTime;
use common_table::{
    accounts, demo,
    platform::{access::Need, app::App, clock::Clock, db::Db, ids, policy::Hat, session::SESSION_COOKIE, settings::Settings},
    routes, server,
};
use http::{Request, StatusCode, header};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    time::Instant,
};
use tower::ServiceExt as _;

/// So many pairs.
const PAIRS: usize = 500;
/// So often each is asked, after the first.
const ROUNDS: usize = 21;
/// The year's end.
const ENDS: i64 = 1_805_302_800;
/// Whose eyes are looked through.
const PEOPLE: &[(&str, Hat)] = &[("parent", Hat::Partner), ("partner", Hat::Steward), ("staff", Hat::Staff), ("analyst", Hat::Analyst)];

/// One pair, and the times of both in nanoseconds.
struct Pair {
    who: &'static str,
    path: &'static str,
    kind: String,
    hidden: String,
    never: String,
    times: [Vec<u128>; 2],
}

/// Prints the number of pairs and of routes, both medians in microseconds, and how much the first is of the second.
pub(super) async fn measure(owner_url: &str, login_url: &str, admin_url: &str) -> Result<(), Fault> {
    let ends = DateTime::from_timestamp(ENDS, 0).ok_or("no such moment")?;
    let mut owner = PgConnection::connect(owner_url).await?;
    common_table::platform::db::migrate(&mut owner).await?;
    owner.close().await?;
    demo::live(owner_url, login_url, ends).await?;
    let mut admin = PgConnection::connect(admin_url).await?;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut admin).await?;
    let app = App::new(Db::open(login_url, Clock::held(ends), 2)?, Settings::plain("http://localhost"));
    app.look().await?;
    let (mut tokens, mut pairs) = (BTreeMap::new(), Vec::new());
    for (who, hat) in PEOPLE {
        let token = accounts::begin_session_of(&app.db, &format!("{who}@demo.example"), chrono::Duration::hours(8)).await?;
        tokens.insert(*who, token);
        pairs.extend(pairs_of(&mut admin, who, *hat).await?);
    }
    // Some of everybody's and of every route's, spread evenly: not the first five hundred.
    let all = pairs.len();
    let mut pairs: Vec<Pair> = pairs
        .into_iter()
        .enumerate()
        .filter(|(at, _)| (at + 1) * PAIRS / all != at * PAIRS / all || all <= PAIRS)
        .map(|(_, pair)| pair)
        .collect();
    let site = server::site(app);
    for round in 0..=ROUNDS {
        for pair in &mut pairs {
            for turn in [round % 2, 1 - round % 2] {
                let id = if turn == 0 { &pair.hidden } else { &pair.never };
                let path = pair.path.replace("{agency}", "cedar-river").replace(&format!("{{{}}}", pair.kind), id);
                let cookie = format!("{SESSION_COOKIE}={}", tokens.get(pair.who).map_or("", String::as_str));
                let request = Request::get(&path).header(header::HOST, "localhost").header(header::COOKIE, cookie).body(Body::empty())?;
                let begun = Instant::now();
                let answer = site.clone().oneshot(request).await?;
                let status = answer.status();
                axum::body::to_bytes(answer.into_body(), usize::MAX).await?;
                if status != StatusCode::NOT_FOUND {
                    return Err(format!("{path} as {}: {status}", pair.who).into());
                }
                if round > 0 {
                    pair.times[turn].push(begun.elapsed().as_nanos());
                }
            }
        }
    }
    told(&pairs)
}

fn told(pairs: &[Pair]) -> Result<(), Fault> {
    let of = |turn: usize| pairs.iter().flat_map(|pair| pair.times[turn].iter().copied()).collect::<Vec<_>>();
    let (hidden, never) = (median(of(0)), median(of(1)));
    let routes: BTreeSet<&str> = pairs.iter().map(|pair| pair.path).collect();
    let ratio = hidden / never;
    writeln!(std::io::stdout(), "{} {} {:.0} {:.0} {ratio:.4}", pairs.len(), routes.len(), hidden / 1000.0, never / 1000.0)?;
    Ok(())
}

fn median(mut times: Vec<u128>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, |time| u32::try_from(*time).map_or(f64::MAX, f64::from))
}

/// Every page about one record × every record of that kind that this person may not see.
async fn pairs_of(admin: &mut PgConnection, who: &'static str, hat: Hat) -> Result<Vec<Pair>, Fault> {
    let (agency, membership, body): (String, String, String) = sqlx::query_as(
        "select g.id::text, m.id::text, coalesce(m.partner_id::text, '') from agency g join membership m on m.agency_id = g.id
         join account a on a.id = m.account_id where g.slug = 'cedar-river' and m.state = 'active' and a.email = $1",
    )
    .bind(format!("{who}@demo.example"))
    .fetch_one(&mut *admin)
    .await?;
    let all: Vec<(String, String)> = sqlx::query_as("select kind, id::text from subject where agency_id = $1::uuid order by id")
        .bind(&agency)
        .fetch_all(&mut *admin)
        .await?;
    let standing = format!(
        "begin; set local role app_login; set local app.membership = '{membership}'; set local app.hat = '{}'; set local app.body = '{body}'; \
         set local app.agency = '{agency}'",
        hat.for_database()
    );
    sqlx::raw_sql(AssertSqlSafe(standing)).execute(&mut *admin).await?;
    let seen: Vec<String> = sqlx::query_scalar("select id::text from subject").fetch_all(&mut *admin).await?;
    sqlx::raw_sql("rollback").execute(&mut *admin).await?;
    let seen: BTreeSet<String> = seen.into_iter().collect();
    let mut pairs = Vec::new();
    for line in routes::all().table().iter().filter(|line| line.method == "GET") {
        let Need::May(grant) = line.need else { continue };
        let names: Vec<&str> = line.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        let ["agency", name] = names.as_slice() else { continue };
        let kind = match *name {
            "question" => "loop",
            "entry" => "outreach",
            other => other,
        };
        for (_, id) in all.iter().filter(|(own, id)| own == kind && !seen.contains(id) && grant.hats.contains(&hat)) {
            let (kind, never) = ((*name).to_owned(), ids::fresh().to_string());
            pairs.push(Pair { who, path: line.path, kind, hidden: id.clone(), never, times: [Vec::new(), Vec::new()] });
        }
    }
    Ok(pairs)
}
