//! What seals the words that wait in a note-taker's browser while the line is away.

use crate::platform::{
    db::AgencyTx,
    error::Error,
    ids::{MembershipId, SessionId},
};
use sha2::{Digest as _, Sha256};

/// The key of what waits in one sign-in under one hat: with the sign-in it is gone, and under another hat it is another.
pub(in crate::listening::statements) async fn key(tx: &mut AgencyTx, sign_in: SessionId, worn: MembershipId) -> Result<[u8; 32], Error> {
    let seed = sqlx::query_scalar!("select notes_seed from session where id = $1 and ended_at is null", sign_in.0)
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Sha256::digest([&seed[..], &worn.0.as_bytes()[..]].concat()).into())
}
