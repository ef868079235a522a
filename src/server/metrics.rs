//! `/metrics` for Prometheus, on a listener of its own: the site's own address never answers it.

use crate::{
    jobs, mail,
    platform::{
        app::App,
        metrics::{Looked, METRICS},
    },
};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::{StatusCode, header};
use std::sync::LazyLock;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the listener answers: this one page, and nothing else.
#[expect(clippy::disallowed_methods, reason = "numbers of the whole program, for whoever reaches the operator's own listener")]
pub fn metrics(app: App) -> Router {
    // They begin to count now, and not with the first that is counted.
    LazyLock::force(&METRICS);
    Router::new().route("/metrics", get(page)).with_state(app)
}

async fn page(State(app): State<App>) -> Response {
    let looked = looked(&app).await;
    match METRICS.text(&app, &looked) {
        Ok(text) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What waits in the database. While it is away, that alone is told.
async fn looked(app: &App) -> Vec<Looked> {
    let (jobs, letters) = (jobs::queue(&app.db).await, mail::queue(&app.db).await);
    let up = f64::from(u8::from(jobs.is_ok() && letters.is_ok()));
    let number = |name, help, state, value| Looked { name, help, state, value };
    let mut all = vec![number("database_up", "1 while the database answers", None, up)];
    for (found, [name, oldest], help) in [
        (jobs, ["jobs", "jobs_oldest_seconds"], "Jobs that wait, and that were given up in the last 24 hours"),
        (letters, ["letters", "letters_oldest_seconds"], "Letters that wait, and that were given up in the last 24 hours"),
    ] {
        let Ok(queue) = found else { continue };
        let short = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
        all.push(number(name, help, Some("waiting"), short(queue.waiting)));
        all.push(number(name, help, Some("failed"), short(queue.failed)));
        all.push(number(oldest, "For how long the oldest one that is due has waited", None, short(queue.oldest)));
    }
    all
}
