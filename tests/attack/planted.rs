//! Faults made on purpose, a kind for each tool. They are reached as everything else is: signed in, through the gate.

use axum::{
    Router,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
    routing::get,
};
use common_table::platform::{access::SignedIn, app::App};
use http::{StatusCode, header};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use sqlx::{AssertSqlSafe, Row as _};
use std::net::SocketAddr;

/// Where they are, and a page that leads to each; beside them the page of everything that the site has.
pub fn faults(app: App, seeds: String) -> Router {
    Router::new()
        .route("/seeds", get(move || async move { page(&seeds) }))
        .route("/planted", get(async || page("<a href='/planted/rows?text=heron'>r</a> <a href='/planted/echo?text=heron'>e</a> <a href='/planted/crash?text=heron'>c</a>\
             <form method='post' action='/planted/rows'><input name='text' value='heron'><button>Send</button></form>")))
        .route("/planted/rows", get(rows_by_address).post(rows_by_form))
        .route("/planted/echo", get(echo))
        .route("/planted/crash", get(crash))
        .with_state(app)
}

fn page(html: &str) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], format!("<!doctype html><title>Planted</title><body>{html}</body>"))
        .into_response()
}

fn text(sent: &str) -> String {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(sent).unwrap_or_default();
    pairs.into_iter().find(|(name, _)| name == "text").map(|(_, value)| value).unwrap_or_default()
}

async fn rows_by_address(_: SignedIn, State(app): State<App>, RawQuery(sent): RawQuery) -> Response {
    rows(&app, &text(&sent.unwrap_or_default())).await
}

async fn rows_by_form(_: SignedIn, State(app): State<App>, sent: String) -> Response {
    rows(&app, &text(&sent)).await
}

/// What was sent becomes a part of the statement.
async fn rows(app: &App, text: &str) -> Response {
    let glued = format!("select name from (values ('heron'), ('ladder'), ('copper')) as bird(name) where name = '{text}'");
    let Ok(mut tx) = app.db.begin_system().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    match sqlx::raw_sql(AssertSqlSafe(glued)).fetch_all(tx.conn()).await {
        Ok(rows) => page(&rows.iter().map(|row| format!("<p>{}</p>", row.try_get::<String, _>(0).unwrap_or_default())).collect::<String>()),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// What was sent becomes a part of the page.
async fn echo(_: SignedIn, RawQuery(sent): RawQuery) -> Response {
    page(&format!("<p>You looked for {}</p>", text(&sent.unwrap_or_default())))
}

/// What was not thought of.
async fn crash(_: SignedIn, RawQuery(sent): RawQuery) -> Response {
    let text = text(&sent.unwrap_or_default());
    if text.chars().all(|sign| sign.is_ascii_alphanumeric()) {
        page("<p>Found</p>")
    } else {
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// The same site for whoever takes their time: no limit on how long a head, a body or the taking of an answer may be.
pub async fn without_patience(address: SocketAddr, site: Router) {
    let listener = tokio::net::TcpListener::bind(address).await.expect("a free port");
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(None);
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(site.clone())));
    }
}
