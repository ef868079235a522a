//! The cluster's own configuration, written anew at every start, so that a mended value or another
//! socket folder reaches clusters made earlier. Nothing a person wrote elsewhere is touched.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{ClusterError, account::Account, at, place::Place, roles};

/// Writes the three files into `folder` (the cluster, or the one being made).
pub(super) fn write(folder: &Path, place: &Place, account: &Account) -> Result<(), ClusterError> {
    let main = folder.join("postgresql.conf");
    let include = "include = 'common-table.conf'";
    let before = fs::read_to_string(&main).map_err(at(&main))?;
    if !before.lines().any(|line| line == include) {
        put(&main, &format!("{before}\n{include}\n"), account)?;
    }
    put(&folder.join("common-table.conf"), &server(&place.socket), account)?;
    put(&folder.join("pg_hba.conf"), &admission(), account)?;
    put(&folder.join("pg_ident.conf"), &accounts(&account.own_name), account)
}

/// Written beside and moved into place: a crash half-way never leaves half a file.
fn put(path: &Path, text: &str, account: &Account) -> Result<(), ClusterError> {
    let fresh = path.with_extension("new");
    fs::write(&fresh, text).map_err(at(&fresh))?;
    fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600)).map_err(at(&fresh))?;
    account.give(&fresh)?;
    fs::rename(&fresh, path).map_err(at(path))
}

/// Memory is modest. The log is a week long and holds no statement texts or row values: people's
/// words must not come to rest in it.
fn server(socket: &Path) -> String {
    let socket = socket.to_string_lossy().replace('\'', "''");
    format!(
        "# Written by common-table at every start; changes here are lost.\n\
         listen_addresses = ''\n\
         port = 5432\n\
         unix_socket_directories = '\"{socket}\"'\n\
         unix_socket_permissions = 0700\n\
         max_connections = 60\n\
         shared_buffers = 64MB\n\
         maintenance_work_mem = 32MB\n\
         max_wal_size = 512MB\n\
         jit = off\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n\
         logging_collector = on\n\
         log_directory = 'log'\n\
         log_filename = '%a.log'\n\
         log_truncate_on_rotation = on\n\
         log_rotation_age = 1d\n\
         log_min_error_statement = panic\n\
         log_error_verbosity = terse\n\
         log_statement = none\n"
    )
}

/// The system itself vouches for who is at the other end of the socket, so there is no password to
/// keep, leak or lose; whoever is not named here is turned away.
fn admission() -> String {
    format!(
        "# Written by common-table at every start; changes here are lost.\n\
         local all {},{},{} peer map=common_table\n",
        roles::SUPERUSER,
        roles::OWNER,
        roles::LOGIN
    )
}

fn accounts(own_name: &str) -> String {
    let quoted = own_name.replace('"', "\"\"");
    [roles::SUPERUSER, roles::OWNER, roles::LOGIN].iter().map(|role| format!("common_table \"{quoted}\" {role}\n")).collect()
}
