//! Who read or took partner-owned words: one row a person and record, which the partner can read. Nothing else is written
//! while a page is read.

use super::{db::AgencyTx, error::Error, ids::MembershipId};

/// Notes that a member saw these records, as far as they may see them; their own and the agency's own are not noted.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &mut AgencyTx, reader: Option<MembershipId>, subjects: &[uuid::Uuid], how: &str) -> Result<(), Error> {
    let Some(reader) = reader else { return Ok(()) };
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "insert into reading (agency_id, id, at, membership_id, subject_id, how)
         select $1, gen_random_uuid(), $2, $3, s.id, $5
         from subject s
         where s.agency_id = $1 and s.id = any($4) and s.kind in ('statement', 'loop')
           and s.author_id is distinct from $3",
        agency.0,
        now,
        reader.0,
        subjects,
        how,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
