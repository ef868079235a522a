//! Counters of the whole program, for Prometheus: what is asked, how long it takes, what waits. Nothing in them is about one agency
//! or one person, and labels come from closed lists (the route's pattern, never an address).

use super::app::App;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    fmt,
    sync::{LazyLock, atomic::AtomicU64},
    time::{Duration, Instant},
};

/// The counters of this process.
pub static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// Upper bounds of the histogram, in seconds: a good page, a slow one, one that is about to be given up.
const BOUNDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// One kind of answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    method: &'static str,
    route: String,
    class: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

/// See the module.
#[derive(Debug)]
pub struct Metrics {
    began: Instant,
    registry: Registry,
    answers: Family<Kind, Histogram, fn() -> Histogram>,
    sign_ins: Family<Outcome, Counter>,
    limited: Counter,
}

/// A number that is looked up when it is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Looked {
    /// Its name, without `common_table_`.
    pub name: &'static str,
    /// What it is.
    pub help: &'static str,
    /// One label, where the name has several numbers.
    pub state: Option<&'static str>,
    /// The number.
    pub value: f64,
}

impl Metrics {
    fn new() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BOUNDS);
        let (answers, sign_ins, limited) = (Family::new_with_constructor(histogram), Family::default(), Counter::default());
        let mut registry = Registry::with_prefix("common_table");
        registry.register("http_request_duration_seconds", "Time to the head of the answer, by route, method and class", answers.clone());
        registry.register("password_tries", "Passwords tried: right, wrong, or too soon after others", Family::clone(&sign_ins));
        registry.register("limited", "Requests refused because there were too many", limited.clone());
        Self { began: Instant::now(), registry, answers, sign_ins, limited }
    }

    /// A request was answered.
    pub fn answered(&self, method: &http::Method, route: &str, status: http::StatusCode, took: Duration) {
        let method = match *method {
            http::Method::GET => "GET",
            http::Method::POST => "POST",
            http::Method::HEAD => "HEAD",
            _ => "other",
        };
        let class = match status.as_u16() / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            5 => "5xx",
            _ => "1xx",
        };
        self.answers.get_or_create(&Kind { method, route: route.to_owned(), class }).observe(took.as_secs_f64());
    }

    pub(super) fn sign_in(&self, outcome: &'static str) {
        self.sign_ins.get_or_create(&Outcome { outcome }).inc();
    }

    pub(super) fn limited(&self) {
        self.limited.inc();
    }

    /// All of it, in the form of OpenMetrics, with what the caller looked up.
    ///
    /// # Errors
    /// When it cannot be written, which does not happen to text.
    pub fn text(&self, app: &App, looked: &[Looked]) -> Result<String, fmt::Error> {
        let (at_work, waiting) = app.passwords.counts();
        let pool = app.db.pool();
        let own = |name, help, state, value| Looked { name, help, state, value };
        let number = |value: usize| f64::from(u32::try_from(value).unwrap_or(u32::MAX));
        let mut all = vec![
            own("database_connections", "Connections to the database", Some("open"), f64::from(pool.size())),
            own("database_connections", "Connections to the database", Some("idle"), number(pool.num_idle())),
            own("database_connections", "Connections to the database", Some("most"), f64::from(pool.options().get_max_connections())),
            own("passwords", "Passwords that are worked on, or wait for their turn", Some("at_work"), number(at_work)),
            own("passwords", "Passwords that are worked on, or wait for their turn", Some("waiting"), number(waiting)),
            own("listeners", "Open pages that listen", None, number(app.db.ring().listeners())),
            own("uptime_seconds", "Since the program started", None, self.began.elapsed().as_secs_f64()),
        ];
        all.extend_from_slice(looked);
        let mut process = Registry::default();
        for (name, help, value) in process_numbers() {
            let gauge = Gauge::<f64, AtomicU64>::default();
            gauge.set(value);
            process.register(name, help, gauge);
        }
        let mut written = String::new();
        text::encode_registry(&mut written, &self.registry)?;
        text::encode_registry(&mut written, &gauges(&all))?;
        text::encode_registry(&mut written, &process)?;
        text::encode_eof(&mut written)?;
        Ok(written)
    }
}

fn gauges(all: &[Looked]) -> Registry {
    let mut registry = Registry::with_prefix("common_table");
    let build = Family::<[(&str, &str); 1], Gauge>::default();
    build.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
    registry.register("build_info", "Which program this is", build);
    let mut names: Vec<&str> = Vec::new();
    for first in all {
        if names.contains(&first.name) {
            continue;
        }
        names.push(first.name);
        if first.state.is_none() {
            let gauge = Gauge::<f64, AtomicU64>::default();
            gauge.set(first.value);
            registry.register(first.name, first.help, gauge);
            continue;
        }
        let family = Family::<Vec<(&str, &str)>, Gauge<f64, AtomicU64>>::default();
        for one in all.iter().filter(|one| one.name == first.name) {
            family.get_or_create(&one.state.map(|state| ("state", state)).into_iter().collect()).set(one.value);
        }
        registry.register(first.name, first.help, family);
    }
    registry
}

/// What the system knows of this process, under the names that every program has for it.
fn process_numbers() -> Vec<(&'static str, &'static str, f64)> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u32>().ok().map(|kib| f64::from(kib) * 1024.0)
    };
    let files = std::fs::read_dir("/proc/self/fd").ok().and_then(|files| u32::try_from(files.count()).ok());
    [
        ("process_resident_memory_bytes", "Memory in use", kib("VmRSS:")),
        ("process_virtual_memory_bytes", "Memory asked for", kib("VmSize:")),
        ("process_open_fds", "Open files and connections", files.map(f64::from)),
    ]
    .into_iter()
    .filter_map(|(name, help, value)| Some((name, help, value?)))
    .collect()
}
