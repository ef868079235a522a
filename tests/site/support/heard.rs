//! What the program writes to its log while a test goes on, at the loudest level. Only on the test's own thread: open the site with
//! `Site::alone()`.

use std::{
    io,
    sync::{Arc, Mutex},
};
use tracing::{Level, subscriber::DefaultGuard};
use tracing_subscriber::fmt::MakeWriter;

/// Listens until it is dropped.
pub struct Heard {
    lines: Lines,
    _listening: DefaultGuard,
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Heard {
    /// From now on.
    pub fn everything() -> Self {
        let lines = Lines::default();
        let listener = tracing_subscriber::fmt().with_max_level(Level::TRACE).with_ansi(false).with_writer(lines.clone()).finish();
        Self { lines, _listening: tracing::subscriber::set_default(listener) }
    }

    /// What was written so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.lines.0.lock().unwrap()).into_owned()
    }
}
