//! Counts what the program asks of the database, by listening to what sqlx says of each text that it sends and waits for, and
//! to what the program says where a transaction begins.
//! Tests run on one thread each, so the count belongs to the test.

use std::{cell::RefCell, fmt};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer as _,
    filter::filter_fn,
    fmt as output,
    layer::{Context, SubscriberExt as _},
};

thread_local! {
    static ASKED: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// What was asked between [`begin`] and [`end`].
#[derive(Debug, Default)]
pub struct Asked {
    /// Statements, without the texts that begin and end transactions.
    pub queries: usize,
    /// Beginnings of transactions, and the endings that are waited for: what only read is undone unasked.
    pub begun_or_ended: usize,
    /// The first words of each statement.
    pub words: Vec<String>,
}

impl Asked {
    /// How often a request waits for the database: each statement, the beginning of each transaction and, where it wrote, its
    /// end. An end that also notes who read what, in a transaction begun and ended in the same text, is waited for once.
    pub fn round_trips(&self) -> usize {
        self.queries + self.begun_or_ended
    }
}

/// Starts to count on this thread.
pub fn begin() {
    ASKED.set(Some(Vec::new()));
}

/// Stops, and answers what was asked.
pub fn end() -> Asked {
    let all = ASKED.take().unwrap_or_default();
    let marks = |words: &str| ["begin", "commit", "rollback"].iter().any(|mark| words.to_ascii_lowercase().starts_with(mark));
    let (marks, words): (Vec<String>, Vec<String>) = all.into_iter().partition(|words| marks(words));
    Asked { queries: words.len(), begun_or_ended: marks.len(), words }
}

/// Listens: statements are counted, also those that a busy machine makes slow, which sqlx says more loudly; faults are written
/// into the output of the test that failed. What crates say through `log` is not listened to: the reader of pages would spell
/// out every letter it reads.
pub fn listen() {
    let statements = |about: &Metadata<'_>| matches!(about.target(), "sqlx::query" | "common_table::platform::pool");
    let faults = |about: &Metadata<'_>| *about.level() == Level::ERROR;
    let listener = tracing_subscriber::registry()
        .with(Counter.with_filter(filter_fn(statements)))
        .with(output::layer().with_test_writer().without_time().with_ansi(false).with_filter(filter_fn(faults)));
    let _ = tracing::subscriber::set_global_default(listener);
}

struct Counter;

impl<S: Subscriber> tracing_subscriber::Layer<S> for Counter {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        ASKED.with_borrow_mut(|asked| {
            if let Some(asked) = asked {
                let mut summary = Summary(String::new());
                event.record(&mut summary);
                asked.push(summary.0);
            }
        });
    }
}

struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
