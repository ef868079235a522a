//! Finding speakers. Row security shows them only to the session's facilitators and note-takers and to the speaker.

use crate::{
    consent::WordingId,
    listening::speakers::model::{Card, CardHow, Reach, Speaker, SpeakerId},
    platform::{
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
    },
};

/// One speaker, or nothing when the reader may not see them.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut AgencyTx, id: SpeakerId) -> Result<Option<Speaker>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Speaker,
        r#"select id as "id: SpeakerId", session_id as "session: SubjectId", name, label, community, card as "card: Card",
                  card_how as "card_how: CardHow", wording_id as "wording: WordingId", partner_id as "body: PartnerId", membership_id as "membership: MembershipId", minor,
                  minor_consent, nullif(reach_how, '') as "reach: Reach", reach_at, reach_hours, reach_through, may_leave_message,
                  may_name_agency, uses, word_given_at is not null as "word_given!", handed_at is not null and filled_at is null as "is_open!", asked_until, version
           from speaker where agency_id = $1 and id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// All speakers of a session that the reader may see, in the order in which their cards came in.
///
/// # Errors
/// When the database refuses.
pub async fn of_session(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Speaker>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Speaker,
        r#"select id as "id: SpeakerId", session_id as "session: SubjectId", name, label, community, card as "card: Card",
                  card_how as "card_how: CardHow", wording_id as "wording: WordingId", partner_id as "body: PartnerId", membership_id as "membership: MembershipId", minor,
                  minor_consent, nullif(reach_how, '') as "reach: Reach", reach_at, reach_hours, reach_through, may_leave_message,
                  may_name_agency, uses, word_given_at is not null as "word_given!", handed_at is not null and filled_at is null as "is_open!", asked_until, version
           from speaker where agency_id = $1 and session_id = $2 order by created_at, id"#,
        agency.0,
        session.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The speakers whose words may be written down, as choices of a form.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Choice>, Error> {
    let all = of_session(tx, session).await?;
    Ok(all.into_iter().filter(|one| one.card != Card::DoNotWrite).map(|one| Choice::new(one.id.to_string(), one.called())).collect())
}

/// The reader's own card in a session, if they spoke there.
///
/// # Errors
/// When the database refuses.
pub async fn mine(tx: &mut AgencyTx, session: SubjectId) -> Result<Option<SpeakerId>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_scalar!(
        r#"select id as "id: SpeakerId" from speaker where agency_id = $1 and session_id = $2 and membership_id = $3 order by id limit 1"#,
        agency.0,
        session.0,
        me,
    )
    .fetch_optional(tx.conn())
    .await?)
}
