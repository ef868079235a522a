//! What somebody said on the telephone and somebody of the agency wrote down: it stands in the record’s history, and they are told.

use super::{Notice, store};
use crate::{
    chain,
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, SubjectId},
    },
};

/// Marks a word as written down by `writer`, in the transaction that keeps it.
///
/// # Errors
/// When the database refuses.
pub async fn said_by_telephone(
    tx: &mut AgencyTx,
    member: MembershipId,
    (record, path): (SubjectId, String),
    writer: &str,
) -> Result<(), Error> {
    chain::happened(tx, record, "by telephone", &format!("{writer} wrote down what was said.")).await?;
    let said = format!("{writer} wrote down what you said on the telephone: look whether it is right");
    store::tell_also(tx, &[member], &Notice { kind: "by_telephone", said, path }).await
}
