//! A rule of the database broken on purpose, for one run of the tests (bin/spoil): do the tests that are there for it notice? It is
//! applied to a database of that run's own, and never to one that another run is given.

use std::path::Path;

/// With what the files of this folder take a condition out of a rule.
const HAND: &str = include_str!("spoil.sql");

/// How it begins what it says when the rule was not broken: then nothing is proved, however red the tests are.
pub const UNBROKEN: &str = "the rule was not broken";

/// The statements that break the rule which this run is to do without; none in every other run.
///
/// # Errors
/// The file is not there.
#[expect(clippy::disallowed_methods, reason = "how bin/spoil asks for it, no setting of the program")]
pub fn statements() -> std::io::Result<Option<String>> {
    let Some(file) = std::env::var_os("SPOILT") else { return Ok(None) };
    let rule = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
    Ok(Some(format!("{HAND}\n{rule}\ndrop schema spoil cascade;")))
}
