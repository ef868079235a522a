//! Two listeners in one process: the site, and the bare handler. Or the site alone, with a visitor who is looked up once.

use super::{Fault, SLUG};
#[expect(clippy::disallowed_types, reason = "the bare handler is what the site is measured against")]
use axum::response::Html;
use axum::{Router, extract::State, routing::get};
use common_table::{
    partners::bare,
    platform::{app::App, clock::Clock, db::Db, ids::AgencyId, pool, proxies::Proxies, session::fixed, settings::Settings},
    server,
};
use sqlx::{PgPool, postgres::PgPoolOptions};
use std::net::SocketAddr;

/// As behind a proxy, so that a flood can come from many networks.
fn app(login_url: &str) -> Result<App, Fault> {
    let settings = Settings { trusted_proxy: Proxies::Near, ..Settings::plain("http://localhost") };
    Ok(App::new(Db::open(login_url, Clock::default(), pool::enough())?, settings))
}

/// The site whose visitor is looked up once and is the same from then on: what the look-up costs is what it is faster by.
pub(super) async fn fixed(login_url: &str, port: u16) -> Result<(), Fault> {
    fixed::begin();
    let site = server::listen(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    site.serve(server::site(app(login_url)?), async {
        let _ = tokio::signal::ctrl_c().await;
    })
    .await;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the bare handler is what the site is measured against")]
pub(super) async fn serve(login_url: &str, admin_url: &str, site_port: u16, bare_port: u16) -> Result<(), Fault> {
    // Each side has as many as the program gives itself.
    let connections = pool::enough();
    let app = app(login_url)?;
    let pool = PgPoolOptions::new().max_connections(connections).connect(admin_url).await?;
    let agency: AgencyId = sqlx::query_scalar("select id from agency where slug = $1").bind(SLUG).fetch_one(&pool).await?;
    let bare = Router::new().route("/", get(table)).with_state((pool, agency));
    let site = server::listen(SocketAddr::from(([127, 0, 0, 1], site_port))).await?;
    let other = server::listen(SocketAddr::from(([127, 0, 0, 1], bare_port))).await?;
    let end = async || {
        let _ = tokio::signal::ctrl_c().await;
    };
    tokio::join!(site.serve(server::site(app), end()), other.serve(bare, end()));
    Ok(())
}

#[expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the bare handler is what the site is measured against")]
async fn table(State((pool, agency)): State<(PgPool, AgencyId)>) -> Result<Html<String>, http::StatusCode> {
    let mut connection = pool.acquire().await.map_err(|_| http::StatusCode::SERVICE_UNAVAILABLE)?;
    bare::table(&mut connection, agency, SLUG).await.map(Html).map_err(|_| http::StatusCode::INTERNAL_SERVER_ERROR)
}
