//! One program at a time keeps a folder, and any number visit. The system drops a lock when its program ends, however it
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

    /// A visitor's place, beside those of other visitors; none while somebody stops what would be visited.
    pub fn visit(path: &Path) -> Result<Option<Self>, ClusterError> {
        let file = visited(path)?;
        held(path, file.try_lock_shared(), file)
    }

    /// The same file for whoever stops: none while there are visitors.
    pub fn without_visitors(path: &Path) -> Result<Option<Self>, ClusterError> {
        let file = visited(path)?;
        held(path, file.try_lock(), file)
    }
}

fn visited(path: &Path) -> Result<File, ClusterError> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path).map_err(at(path))
}

fn held(path: &Path, taken: Result<(), TryLockError>, file: File) -> Result<Option<Lock>, ClusterError> {
    match taken {
        Ok(()) => Ok(Some(Lock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(at(path)(source)),
    }
}
