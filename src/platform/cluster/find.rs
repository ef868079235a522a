//! Finds PostgreSQL's own programs on this machine. Debian keeps the server's programs out of PATH.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::process::Command;

use super::{ClusterError, account::Account};

const OLDEST: u32 = 15;

/// A folder with `postgres`, `initdb` and `pg_ctl` of one version.
#[derive(Debug)]
pub(super) struct Programs {
    folder: PathBuf,
    pub major: u32,
}

impl Programs {
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// The newest version, or, for a cluster that exists, the version that made it: no other can read it.
pub(super) async fn programs(account: &Account, made_by: Option<u32>, cluster: &Path) -> Result<Programs, ClusterError> {
    let mut best: Option<Programs> = None;
    for folder in candidates().await {
        let whole = ["postgres", "initdb", "pg_ctl"].iter().all(|name| folder.join(name).is_file());
        if !whole {
            continue;
        }
        // Asked as the account that will run it: it may not be allowed to read root's folders.
        let Ok(answer) = account.run(&folder.join("postgres"), &["--version"]).await else {
            continue;
        };
        let Some(major) = major_version(&answer) else { continue };
        let fits = made_by.map_or(major >= OLDEST, |wanted| wanted == major);
        if fits && best.as_ref().is_none_or(|found| found.major < major) {
            best = Some(Programs { folder, major });
        }
    }
    best.ok_or_else(|| match made_by {
        Some(made_by) => ClusterError::OtherVersion { folder: cluster.to_owned(), made_by },
        None => ClusterError::NoPrograms,
    })
}

async fn candidates() -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let in_path = Command::new("sh").args(["-c", "command -v postgres"]).stdin(Stdio::null()).output().await;
    if let Ok(output) = in_path {
        let program = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        // A link in PATH leads to the folder where the sister programs are.
        if let Some(folder) = fs::canonicalize(program).ok().and_then(|path| path.parent().map(Path::to_owned)) {
            folders.insert(folder);
        }
    }
    // Debian and Ubuntu; then Red Hat, whose folders are /usr/pgsql-17 and so on.
    folders.extend(below(Path::new("/usr/lib/postgresql"), ""));
    folders.extend(below(Path::new("/usr"), "pgsql-"));
    folders
}

fn below(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .filter_map(|entry| fs::canonicalize(entry.path().join("bin")).ok())
        .collect()
}

/// Reads `postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)` and `… 18beta1`.
fn major_version(answer: &str) -> Option<u32> {
    let number = answer.split_whitespace().find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))?;
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_version_is_read_from_what_postgres_says() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("not found"), None);
    }
}
