//! How many words wait for their speakers: a number, for those who bring them back, never the words.

use crate::platform::{db::AgencyTx, error::Error, ids::SubjectId};

/// How many statements of a session wait for their speaker, as far as the asker is named to bring them back.
///
/// # Errors
/// When the database refuses.
pub async fn waiting_in(tx: &mut AgencyTx, session: SubjectId) -> Result<i64, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "waiting!"
           from statement st
           where st.agency_id = $1 and st.session_id = $2 and st.state in ('draft', 'with_speaker')
             and exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = st.session_id and d.membership_id = $3)"#,
        agency.0,
        session.0,
        me,
    )
    .fetch_one(tx.conn())
    .await?)
}
