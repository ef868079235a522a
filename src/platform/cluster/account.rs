//! Which account of the machine runs PostgreSQL: the person's own, or, for root, an unprivileged one.
//! It never lets a program of PostgreSQL run as root or see the program's own environment.

use std::{
    fs::Metadata,
    os::unix::fs::{MetadataExt, chown},
    path::Path,
    process::Stdio,
};

use tokio::process::Command;

use super::{ClusterError, at};

/// Accounts tried when the program runs as root: Debian's own, then the one `bin/setup` makes.
const UNPRIVILEGED: [&str; 2] = ["postgres", "common-table"];

#[derive(Debug)]
pub(super) struct Account {
    /// The account PostgreSQL runs as.
    pub name: String,
    /// The account this program runs as: the only one that may sign in to the cluster.
    pub own_name: String,
    /// The user id PostgreSQL runs as.
    user: u32,
    /// Set when the two accounts differ: the group id to change to.
    group: Option<u32>,
}

impl Account {
    pub async fn choose() -> Result<Self, ClusterError> {
        let own_name = id(&["-un"]).await.ok_or(ClusterError::NoAccount)?;
        let own = number(&["-u"]).await.ok_or(ClusterError::NoAccount)?;
        if own != 0 {
            return Ok(Self { name: own_name.clone(), own_name, user: own, group: None });
        }
        for name in UNPRIVILEGED {
            if let (Some(user), group @ Some(_)) = (number(&["-u", name]).await, number(&["-g", name]).await) {
                return Ok(Self { name: name.to_owned(), own_name, user, group });
            }
        }
        Err(ClusterError::NoAccount)
    }

    pub fn differs(&self) -> bool {
        self.group.is_some()
    }

    pub fn owns(&self, found: &Metadata) -> bool {
        found.uid() == self.user
    }

    /// A command that runs as this account, in a process group of its own so that Ctrl-C in the
    /// terminal reaches the program alone, and with none of the program's settings and secrets.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        command.current_dir("/").stdin(Stdio::null()).process_group(0);
        if let Some(group) = self.group {
            // The standard library also drops root's supplementary groups here.
            command.uid(self.user).gid(group);
        }
        command
    }

    /// Asks by trying, so that access lists and mount options count too.
    pub async fn may_enter(&self, folder: &Path) -> bool {
        let mut shell = self.command(Path::new("/bin/sh"));
        shell.args(["-c", "cd -- \"$1\"", "sh"]).arg(folder).stdout(Stdio::null()).stderr(Stdio::null());
        shell.status().await.is_ok_and(|status| status.success())
    }

    /// Hands a file or folder to this account.
    pub fn give(&self, path: &Path) -> Result<(), ClusterError> {
        match self.group {
            Some(group) => chown(path, Some(self.user), Some(group)).map_err(at(path)),
            None => Ok(()),
        }
    }

    /// Runs a program to its end as this account and answers what it printed.
    pub async fn run(&self, program: &Path, arguments: &[&str]) -> Result<String, ClusterError> {
        let output = self.command(program).args(arguments).output().await.map_err(at(program))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        Err(ClusterError::Program {
            what: program.display().to_string(),
            said: format!("{} {}", text(&output.stderr), text(&output.stdout)).trim().to_owned(),
        })
    }
}

/// `id` knows accounts from every source the machine uses, not only from /etc/passwd.
async fn id(arguments: &[&str]) -> Option<String> {
    let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().await.ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

async fn number(arguments: &[&str]) -> Option<u32> {
    id(arguments).await?.parse().ok()
}
