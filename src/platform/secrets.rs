//! Settings that are secrets: each is given in the environment, or in a file that its name with `_FILE` names, never in both. They
//! stand in no argument, no log and no message; a `Secret` shows nothing of itself.

use std::{fmt, fs};

/// A text that is shown to nobody: an address with a password, a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for whatever needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Reads a secret setting, `NAME` or the file that `NAME_FILE` names; the line end at a file's end is not part of it.
///
/// # Errors
/// Says which variable to mend, and nothing of what it holds.
pub(super) fn read(name: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Option<Secret>, String> {
    let named = format!("{name}_FILE");
    let file = match (variable(name), variable(&named)) {
        (Some(_), Some(_)) => return Err(format!("Set {name} or {named}, not both.")),
        (given, None) => return Ok(given.map(Secret)),
        (None, Some(file)) => file,
    };
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("Set {named} to a file that this program can read: “{file}” is not ({}).", error.kind()))?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(format!("Write what {name} would hold into the file that {named} names: “{file}” is empty.")),
        text => Ok(Some(Secret(text.to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(pairs: &[(&str, &str)]) -> Result<Option<Secret>, String> {
        read("DATABASE_URL", |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn a_secret_comes_from_the_environment_or_from_a_file_and_never_from_both() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        assert!(given(&[("DATABASE_URL_FILE", path)]).unwrap_err().contains("is empty"));
        fs::write(path, "postgres://app_login:hidden@db/table\n").unwrap();
        assert_eq!(given(&[]), Ok(None));
        assert_eq!(given(&[("DATABASE_URL_FILE", path)]).unwrap().unwrap().reveal(), "postgres://app_login:hidden@db/table");
        assert_eq!(given(&[("DATABASE_URL", "x")]).unwrap().unwrap().reveal(), "x");
        let both = given(&[("DATABASE_URL", "hidden"), ("DATABASE_URL_FILE", path)]).unwrap_err();
        assert_eq!(both, "Set DATABASE_URL or DATABASE_URL_FILE, not both.");
        assert!(given(&[("DATABASE_URL_FILE", "/nowhere/at/all")]).unwrap_err().starts_with("Set DATABASE_URL_FILE to a file"));
    }

    #[test]
    fn a_secret_shows_nothing_of_itself() {
        assert_eq!(format!("{:?}", Secret("hidden".to_owned())), "Secret(…)");
    }
}
