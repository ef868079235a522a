//! Stored files, in chunks of at most 256 KiB under the same row security as everything else. The only door to them, so that
//! an object store can replace the tables one day. Nothing here holds a whole file in memory, but for [`load`]. Where a scanner is
//! named, nothing that was sent leaves unscanned.

mod content;
pub mod room;
pub mod scanned;

pub use content::kind;

use super::{
    asker::Asker,
    db::AgencyTx,
    error::Error,
    extract::FILE_LIMIT,
    ids::{FileId, MembershipId},
    scanner::Verdict,
};
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream;
use http::{HeaderValue, header};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// What one row holds at most.
const CHUNK: usize = 256 * 1024;

/// A file about to be stored; it belongs to whoever the transaction runs for.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// How a download is called.
    pub name: &'a str,
    /// What it is.
    pub mime: &'a str,
    /// Whether every member may read it; otherwise only its owner.
    pub shared: bool,
    /// When it may be swept away.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who made it.
    pub origin: Origin,
}

/// Who made a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This site, of what it holds or of what somebody typed.
    Here,
    /// Somebody sent it.
    Sent {
        /// It was scanned, and nothing was found.
        scanned: bool,
    },
}

impl Origin {
    /// Of a file that was sent, by what is known of it.
    #[must_use]
    pub fn sent(verdict: &Verdict) -> Self {
        Self::Sent { scanned: *verdict == Verdict::Clean }
    }
}

/// A stored file, without what it holds.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its id.
    pub id: FileId,
    /// How a download is called.
    pub name: String,
    /// What it is.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// The hash of what it holds.
    pub sha256: Vec<u8>,
    /// Whose it is.
    pub owner: MembershipId,
    /// Whether every member may read it.
    pub shared: bool,
    /// When it may be swept away.
    pub expires_at: Option<DateTime<Utc>>,
    /// This site made it.
    pub made_here: bool,
    /// When it was scanned.
    pub scanned_at: Option<DateTime<Utc>>,
    /// Since when what it held is erased, because it was harmful.
    pub quarantined_at: Option<DateTime<Utc>>,
}

impl StoredFile {
    /// Why nobody may have it, if so.
    fn held_back(&self, asker: &Asker) -> Option<&'static str> {
        if self.quarantined_at.is_some() {
            return Some("This file was found harmful, and what it held is erased. Send another one in");
        }
        let unscanned = asker.scans() && !self.made_here && self.scanned_at.is_none();
        unscanned.then_some("This file waits to be checked for harmful content. Try again in an hour")
    }
}

/// Stores what `source` holds, up to `limit` bytes, without having it in memory at once.
///
/// # Errors
/// [`Error::TooLarge`] beyond the limit, [`Error::NotAllowed`] where no member acts, a problem where there is no room, or what reading
/// and the database say.
pub async fn store(tx: &mut AgencyTx, new: NewFile<'_>, mut source: impl AsyncRead + Unpin, limit: u64) -> Result<FileId, Error> {
    let owner = tx.standing().membership.ok_or(Error::NotAllowed)?;
    let (agency, now, id) = (tx.agency(), tx.now(), FileId::fresh());
    sqlx::query!(
        "insert into file (agency_id, id, name, mime, size, sha256, owner_id, shared, created_at, expires_at, made_here, scanned_at)
         values ($1, $2, $3, $4, 0, '', $5, $6, $7, $8, $9, case when $10 then $7::timestamptz end)",
        agency.0,
        id.0,
        new.name,
        new.mime,
        owner.0,
        new.shared,
        now,
        new.expires_at,
        new.origin == Origin::Here,
        new.origin == Origin::Sent { scanned: true },
    )
    .execute(tx.conn())
    .await?;
    let (mut hasher, mut size, mut number, mut chunk) = (Sha256::new(), 0_u64, 0_i32, vec![0_u8; CHUNK]);
    loop {
        let filled = fill(&mut source, &mut chunk).await?;
        size += filled as u64;
        if size > limit {
            return Err(Error::TooLarge);
        }
        if filled == 0 {
            break;
        }
        hasher.update(&chunk[..filled]);
        put_chunk(tx, id, number, &chunk[..filled]).await?;
        number += 1;
    }
    let (size, hash) = (size as i64, hasher.finalize().to_vec());
    sqlx::query!("update file set size = $3, sha256 = $4 where agency_id = $1 and id = $2", agency.0, id.0, size, &hash)
        .execute(tx.conn())
        .await?;
    room::keep_within(tx, owner).await?;
    Ok(id)
}

/// Stores bytes that are in memory already (an upload, a logo), up to [`FILE_LIMIT`].
///
/// # Errors
/// As [`store`].
pub async fn store_bytes(tx: &mut AgencyTx, new: NewFile<'_>, bytes: &[u8]) -> Result<FileId, Error> {
    store(tx, new, bytes, FILE_LIMIT as u64).await
}

/// As many bytes as fit or there are.
async fn fill(source: &mut (impl AsyncRead + Unpin), chunk: &mut [u8]) -> Result<usize, Error> {
    let mut filled = 0;
    while filled < chunk.len() {
        match source.read(&mut chunk[filled..]).await.map_err(|error| Error::Internal(Box::new(error)))? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

async fn put_chunk(tx: &mut AgencyTx, file: FileId, number: i32, bytes: &[u8]) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("insert into file_chunk (agency_id, file_id, n, bytes) values ($1, $2, $3, $4)", agency.0, file.0, number, bytes)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The file with this id, or nothing when there is none or the reader may not see it.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut AgencyTx, id: FileId) -> Result<Option<StoredFile>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        StoredFile,
        r#"select id as "id: FileId", name, mime, size, sha256, owner_id as "owner: MembershipId", shared, expires_at, made_here,
                  scanned_at, quarantined_at
           from file where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// All of a file's bytes; only for files that came in as an upload.
///
/// # Errors
/// [`Error::NotFound`] when there is none for this reader, a problem where it is held back, a fault of ours when it is not whole.
pub async fn load(tx: &mut AgencyTx, asker: &Asker, id: FileId) -> Result<Vec<u8>, Error> {
    let file = find(tx, id).await?.ok_or(Error::NotFound)?;
    if let Some(why) = file.held_back(asker) {
        return Err(Error::refused("", why));
    }
    if file.size > FILE_LIMIT as i64 {
        return Err(Error::TooLarge);
    }
    let agency = tx.agency();
    let chunks = sqlx::query_scalar!("select bytes from file_chunk where agency_id = $1 and file_id = $2 order by n", agency.0, id.0)
        .fetch_all(tx.conn())
        .await?;
    let bytes = chunks.concat();
    if Sha256::digest(&bytes).as_slice() == file.sha256 { Ok(bytes) } else { Err(Error::internal("a stored file is not whole")) }
}

/// Whether the stored chunks are all there and are what the row says, read one at a time.
///
/// # Errors
/// When the database refuses.
pub async fn is_whole(tx: &mut AgencyTx, file: &StoredFile) -> Result<bool, Error> {
    let agency = tx.agency();
    let (mut hasher, mut size) = (Sha256::new(), 0_i64);
    for number in 0.. {
        let chunk = sqlx::query_scalar!(
            "select bytes from file_chunk where agency_id = $1 and file_id = $2 and n = $3",
            agency.0,
            file.id.0,
            number,
        )
        .fetch_optional(tx.conn())
        .await?;
        let Some(bytes) = chunk else { break };
        hasher.update(&bytes);
        size += bytes.len() as i64;
    }
    Ok(size == file.size && hasher.finalize().as_slice() == file.sha256)
}

/// Takes a file away with all its chunks. What refers to it must have let go of it before.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut AgencyTx, id: FileId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from file where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    Ok(())
}

/// The file as a download, chunk by chunk. Each chunk is read under the asker's row security; one that is gone meanwhile
/// breaks the download off.
///
/// # Errors
/// [`Error::NotFound`] where it is held back: it was not scanned, or something was found.
pub fn attachment(asker: &Asker, file: &StoredFile) -> Result<Response, Error> {
    respond(asker, file, &format!("attachment; {}", file_names(&file.name)))
}

/// The file as part of a page, such as a logo.
///
/// # Errors
/// As [`attachment`].
pub fn inline(asker: &Asker, file: &StoredFile) -> Result<Response, Error> {
    respond(asker, file, "inline")
}

fn respond(asker: &Asker, file: &StoredFile, disposition: &str) -> Result<Response, Error> {
    if file.held_back(asker).is_some() {
        return Err(Error::NotFound);
    }
    let mut response = chunks(asker, file).into_response();
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, value(&file.mime));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers
        .insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(disposition).unwrap_or_else(|_| HeaderValue::from_static("attachment")));
    Ok(response)
}

fn chunks(asker: &Asker, file: &StoredFile) -> Body {
    let (db, standing) = asker.standpoint();
    let (id, size) = (file.id, file.size);
    Body::from_stream(stream::try_unfold((0_i32, 0_i64), move |(number, sent)| {
        let db = db.clone();
        async move {
            if sent >= size {
                return Ok(None);
            }
            let mut tx = db.begin_read(standing).await?;
            let bytes = sqlx::query_scalar!(
                "select bytes from file_chunk where agency_id = $1 and file_id = $2 and n = $3",
                standing.agency.0,
                id.0,
                number,
            )
            .fetch_optional(tx.conn())
            .await?
            .ok_or_else(|| Error::internal("a stored file ended early"))?;
            tx.commit().await?;
            let sent = sent + bytes.len() as i64;
            Ok::<_, Error>(Some((Bytes::from(bytes), (number + 1, sent))))
        }
    }))
}

/// `filename` for old browsers and `filename*` (RFC 5987) for every other; nothing in it can end the header.
fn file_names(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    let whole: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_cannot_end_its_header() {
        assert_eq!(file_names("a\r\nb\".csv"), "filename=\"a__b_.csv\"; filename*=UTF-8''a%0D%0Ab%22.csv");
        assert_eq!(file_names("Łódź 2.xlsx"), "filename=\"__d_ 2.xlsx\"; filename*=UTF-8''%C5%81%C3%B3d%C5%BA%202.xlsx");
    }

    #[tokio::test]
    async fn a_chunk_is_filled_before_the_next_begins() {
        let mut source = (&b"abc"[..]).chain(&b"defg"[..]);
        let mut chunk = [0_u8; 5];
        assert_eq!(fill(&mut source, &mut chunk).await.unwrap(), 5);
        assert_eq!(&chunk, b"abcde");
        assert_eq!(fill(&mut source, &mut chunk).await.unwrap(), 2);
        assert_eq!(fill(&mut source, &mut chunk).await.unwrap(), 0);
    }
}
