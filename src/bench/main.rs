//! The site beside a bare handler in one process, over a database of many agencies, for `bin/bench` to measure.
//! Arguments: `fill AGENCIES`, `serve SITE_PORT BARE_PORT`, `fixed SITE_PORT`, `flood SITE_PORT SECONDS one|many`, `shadow`, `plan`, `statements NUMBER`,
//! `ask FORMAT`, `listeners SITE_PORT PROCESS`. The database is named by BENCH_ADMIN_URL (a superuser, because the tables force row security on their owner too), BENCH_LOGIN_URL (app_login)
//! and BENCH_OWNER_URL.

mod export;
mod fill;
mod flood;
mod listeners;
mod plan;
mod serve;
mod shadow;

type Fault = Box<dyn std::error::Error + Send + Sync>;

/// The agency that is measured.
const SLUG: &str = "agency-1";

#[expect(clippy::disallowed_methods, reason = "a tool of its own: its two settings are not the site’s")]
fn url(name: &str) -> Result<String, Fault> {
    std::env::var(name).map_err(|_| format!("Set {name}; run this through bin/bench.").into())
}

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["fill", agencies] => fill::fill(&url("BENCH_ADMIN_URL")?, agencies.parse()?).await,
        ["serve", site, bare] => serve::serve(&url("BENCH_LOGIN_URL")?, &url("BENCH_ADMIN_URL")?, site.parse()?, bare.parse()?).await,
        ["fixed", site] => serve::fixed(&url("BENCH_LOGIN_URL")?, site.parse()?).await,
        ["flood", site, seconds, networks] => flood::measure(site.parse()?, seconds.parse()?, *networks == "one").await,
        ["shadow"] => shadow::measure(&url("BENCH_OWNER_URL")?, &url("BENCH_LOGIN_URL")?, &url("BENCH_ADMIN_URL")?).await,
        ["statements", number] => export::fill(&url("BENCH_ADMIN_URL")?, number.parse()?).await,
        ["ask", format] => export::ask(&url("BENCH_ADMIN_URL")?, format).await,
        ["listeners", site, process] => listeners::measure(&url("BENCH_ADMIN_URL")?, site.parse()?, process.parse()?).await,
        ["plan"] => plan::print(&url("BENCH_LOGIN_URL")?, &url("BENCH_ADMIN_URL")?).await,
        _ => Err("Say one of: fill AGENCIES, serve SITE_PORT BARE_PORT, fixed SITE_PORT, flood SITE_PORT SECONDS one|many, shadow, plan, statements NUMBER, ask FORMAT, listeners SITE_PORT PROCESS.".into()),
    }
}
