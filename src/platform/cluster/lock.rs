//! One program at a time on one folder. The system drops the lock when the program ends, however it
//! ends, so a crash never leaves one behind.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process,
};

use super::{ClusterError, at};

/// Held as long as the value lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock file at `path`, which guards `folder`, or says which process holds it.
    pub fn take(path: &Path, folder: &Path) -> Result<Self, ClusterError> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path).map_err(at(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                let by = file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok());
                return Err(ClusterError::InUse { folder: folder.to_owned(), by });
            }
            Err(TryLockError::Error(source)) => return Err(at(path)(source)),
        }
        file.set_len(0).and_then(|()| writeln!(file, "{}", process::id())).map_err(at(path))?;
        Ok(Self { _file: file })
    }
}
