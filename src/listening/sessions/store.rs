//! Sessions in and out of the database.

use super::model::{Brief, Recording, State};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    ids::{MembershipId, PartnerId, SubjectId},
};

/// One session in brief, or nothing when the reader may not see it.
///
/// # Errors
/// When the database refuses.
pub async fn brief(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Brief>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Brief,
        r#"select id as "id: SubjectId", title, community, cohost_id as "cohost: PartnerId", starts_at, zone, state as "state: State",
                  recording as "recording: Recording", notice_read_at is not null as "notice_read!", stopped_at is not null as "stopped!"
           from listening_session where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Whether the person asking facilitates this session or takes its notes.
///
/// # Errors
/// When the database refuses.
pub async fn is_mine(tx: &mut AgencyTx, id: SubjectId) -> Result<bool, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from session_duty where agency_id = $1 and session_id = $2 and membership_id = $3) as "mine!""#,
        agency.0,
        id.0,
        me,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Its facilitators and note-takers, each once: the readers of every draft.
///
/// # Errors
/// When the database refuses.
pub async fn duty_holders(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<MembershipId>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select distinct membership_id as "id: MembershipId" from session_duty where agency_id = $1 and session_id = $2 order by 1"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}
