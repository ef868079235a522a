//! Where the cluster's files and its socket lie: in DATA_DIR, or, when the account that runs
//! PostgreSQL may not go in there, under /var/lib. Once chosen, the place is kept: a later change of
//! rights must never show an empty database in place of the full one.

use std::{
    fs::{self, DirBuilder},
    io::ErrorKind,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{ClusterError, account::Account, at};

const ELSEWHERE: &str = "/var/lib/common-table";
/// The shortest limit among systems for a socket's whole path, in bytes, without the final zero.
const SOCKET_PATH_LIMIT: usize = 103;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

#[derive(Debug)]
pub(super) struct Place {
    /// PostgreSQL's data directory.
    pub folder: PathBuf,
    /// The folder of the socket, closed to every account but PostgreSQL's.
    pub socket: PathBuf,
    data_dir: PathBuf,
}

/// Makes DATA_DIR if need be and answers its full path.
pub(super) fn make_data_dir(data_dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    if !data_dir.exists() {
        // PostgreSQL's account must pass through to its own folder; what else lies here is 0600.
        let mode = if account.differs() { 0o711 } else { 0o700 };
        DirBuilder::new().recursive(true).mode(mode).create(data_dir).map_err(at(data_dir))?;
    }
    fs::canonicalize(data_dir).map_err(at(data_dir))
}

impl Place {
    pub async fn choose(data_dir: &Path, account: &Account) -> Result<Self, ClusterError> {
        let folder = choose_folder(data_dir, account).await?;
        let socket = socket_folder(&folder, account)?;
        for path in [&folder, &socket] {
            // pg_ctl puts the path into a command line for the shell without quoting these.
            let plain = path.to_str().is_some_and(|text| !text.contains(['"', '$', '`', '\\', '\n']));
            if !plain {
                return Err(ClusterError::OddPath(path.clone()));
            }
        }
        Ok(Self { folder, socket, data_dir: data_dir.to_owned() })
    }

    /// What to tell the person when the data are not where she would look for them.
    pub fn note(&self, account: &Account) -> Option<String> {
        (!self.folder.starts_with(&self.data_dir)).then(|| {
            format!(
                "PostgreSQL runs as the account {}, which may not enter {}. The database is kept in {}.",
                account.name,
                self.data_dir.display(),
                self.folder.display()
            )
        })
    }

    /// The version of PostgreSQL that made the cluster; none while there is no cluster yet.
    pub fn made_by(&self) -> Result<Option<u32>, ClusterError> {
        let path = self.folder.join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().parse().ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&path)(error)),
        }
    }

    /// An address that sqlx and psql both read.
    pub fn url(&self, database: &str, role: &str) -> String {
        let host = percent_encoded(&self.socket.to_string_lossy());
        format!("postgres:///{database}?host={host}&user={role}&sslmode=disable")
    }
}

async fn choose_folder(data_dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let pointer = data_dir.join("postgres.elsewhere");
    if let Ok(text) = fs::read_to_string(&pointer) {
        let folder = PathBuf::from(text.trim());
        // The folder above holds lock files and stays; a missing cluster means lost data.
        return if folder.join("PG_VERSION").exists() { Ok(folder) } else { Err(ClusterError::Gone { folder, pointer }) };
    }
    let inside = data_dir.join("postgres");
    if account.may_enter(data_dir).await {
        return Ok(inside);
    }
    if inside.join("PG_VERSION").exists() || !account.differs() {
        return Err(ClusterError::Unreachable { folder: data_dir.to_owned(), account: account.name.clone() });
    }
    let parent = Path::new(ELSEWHERE);
    DirBuilder::new().recursive(true).mode(0o755).create(parent).map_err(at(parent))?;
    Ok(parent.join(short_hash(data_dir)))
}

impl Place {
    /// Remembers a place outside DATA_DIR, once a cluster is there.
    pub fn remember(&self) -> Result<(), ClusterError> {
        if self.folder.starts_with(&self.data_dir) {
            return Ok(());
        }
        let pointer = self.data_dir.join("postgres.elsewhere");
        fs::write(&pointer, format!("{}\n", self.folder.display())).map_err(at(&pointer))
    }
}

/// The socket lies in the data directory, which only PostgreSQL's account can enter; where that path
/// is too long, in a short folder that is closed in the same way.
fn socket_folder(folder: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    if folder.as_os_str().len() + SOCKET_NAME.len() <= SOCKET_PATH_LIMIT {
        return Ok(folder.to_owned());
    }
    let run = Path::new("/run");
    let parent = if account.differs() && run.is_dir() { run.to_owned() } else { std::env::temp_dir() };
    let socket = parent.join(format!("common-table-{}", short_hash(folder)));
    match DirBuilder::new().mode(0o700).create(&socket) {
        Ok(()) => account.give(&socket)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(at(&socket)(error)),
    }
    // Someone else on this machine may have made it first, to listen in.
    let found = fs::symlink_metadata(&socket).map_err(at(&socket))?;
    let ours = account.owns(&found) && found.is_dir() && found.permissions().mode() & 0o077 == 0;
    if ours { Ok(socket) } else { Err(ClusterError::Squatted(socket)) }
}

fn short_hash(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_accents_survives_the_address() {
        assert_eq!(percent_encoded("/srv/mesa común/a&b"), "/srv/mesa%20com%C3%BAn/a%26b");
    }

    #[test]
    fn each_folder_has_its_own_short_name() {
        assert_eq!(short_hash(Path::new("/a")).len(), 12);
        assert_ne!(short_hash(Path::new("/a")), short_hash(Path::new("/b")));
    }
}
