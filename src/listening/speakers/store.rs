//! Speakers in and out of the database. Row security shows them only to the session's facilitators and note-takers and to
//! the speaker.

use super::{
    forms::{NewCard, Reached},
    model::{Card, CardHow, Reach, Speaker, SpeakerId},
};
use crate::{
    audit::{self, Change},
    listening::sessions::{self, OnDuty, State},
    partners,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        policy::{AnswerStatements, PlanSessions},
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
                  card_how as "card_how: CardHow", partner_id as "body: PartnerId", membership_id as "membership: MembershipId", minor,
                  minor_consent, nullif(reach_how, '') as "reach: Reach", reach_at, reach_hours, reach_through, may_leave_message,
                  may_name_agency, version
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
                  card_how as "card_how: CardHow", partner_id as "body: PartnerId", membership_id as "membership: MembershipId", minor,
                  minor_consent, nullif(reach_how, '') as "reach: Reach", reach_at, reach_hours, reach_through, may_leave_message,
                  may_name_agency, version
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
    Ok(all.into_iter().filter(|one| one.card != Card::DoNotWrite).map(|one| Choice::new(one.id.to_string(), one.label)).collect())
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

/// Members of partners whom a card may be joined to. People with lived experience stand here under their own name only for
/// those they work with, and not at all for others.
pub(super) async fn members(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, coalesce(i.name, m.name) as "name!", p.name as "body?"
           from membership m
           left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.role = 'partner' and m.state = 'active' and (not m.lived_experience or i.name is not null)
           order by p.sort_name nulls last, m.name, m.id limit 500"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Choice::new(row.id.to_string(), row.body.map_or_else(|| row.name.clone(), |body| format!("{}, {body}", row.name))))
        .collect())
}

/// The agency's rule for people under 18; nothing while it is not set.
pub(super) async fn minors_rule(tx: &mut AgencyTx) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select nullif(minors_rule, '') from agency where id = $1", agency.0).fetch_one(tx.conn()).await?)
}

/// Takes in a card. The notice comes first: nobody speaks, and nobody consents, before it was read.
pub(super) async fn add(tx: &mut AgencyTx, _: &Can<PlanSessions>, duty: &OnDuty, new: &NewCard) -> Result<SpeakerId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SpeakerId::fresh());
    let session = sessions::brief(tx, duty.session()).await?.ok_or(Error::NotFound)?;
    if !session.notice_read {
        return Err(Error::refused("", "Read the reporting notice aloud first, and note it in the room: it comes before any card"));
    }
    if matches!(session.state, State::Closed | State::Cancelled) {
        return Err(Error::refused("", "The session is over: no card can be added"));
    }
    let partner = known(tx, new).await?;
    sqlx::query!(
        "insert into speaker (agency_id, id, session_id, name, label, community, card, card_how, partner_id, membership_id, minor, minor_consent,
             reach_how, reach_at, reach_hours, reach_through, may_leave_message, may_name_agency, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        agency.0, id.0, duty.session().0, new.name, new.label, new.community, new.card as Card, new.card_how as CardHow,
        partner.map(|id| id.0), new.membership.map(|id| id.0), new.minor, new.minor_consent, new.reach.how.map_or("", Reach::as_str),
        new.reach.at, new.reach.hours, new.reach.through, new.reach.may_leave_message, new.reach.may_name_agency, now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("card taken in", "speaker").field("label", &new.label)).await?;
    Ok(id)
}

/// Keeps a card.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<PlanSessions>, duty: &OnDuty, (id, new): (SpeakerId, &NewCard)) -> Result<(), Error> {
    let agency = tx.agency();
    find(tx, id).await?.filter(|one| one.session == duty.session()).ok_or(Error::NotFound)?;
    let partner = known(tx, new).await?;
    let kept = sqlx::query!(
        "update speaker set name = $4, label = $5, community = $6, card = $7, card_how = $8, partner_id = $9, membership_id = $10, minor = $11,
             minor_consent = $12, reach_how = $13, reach_at = $14, reach_hours = $15, reach_through = $16, may_leave_message = $17,
             may_name_agency = $18, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0, id.0, can.version(), new.name, new.label, new.community, new.card as Card, new.card_how as CardHow,
        partner.map(|id| id.0), new.membership.map(|id| id.0), new.minor, new.minor_consent, new.reach.how.map_or("", Reach::as_str),
        new.reach.at, new.reach.hours, new.reach.through, new.reach.may_leave_message, new.reach.may_name_agency,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("card changed", "speaker").field("label", &new.label)).await
}

/// Keeps how a speaker may be reached: the speaker's own word.
pub(super) async fn keep_reach(tx: &mut AgencyTx, can: &Can<AnswerStatements>, id: SpeakerId, reach: &Reached) -> Result<(), Error> {
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update speaker set reach_how = $4, reach_at = $5, reach_hours = $6, reach_through = $7, may_leave_message = $8, may_name_agency = $9,
             version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        reach.how.map_or("", Reach::as_str),
        reach.at,
        reach.hours,
        reach.through,
        reach.may_leave_message,
        reach.may_name_agency,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("reach changed", "speaker").for_oneself()).await
}

/// The body of a card; both the body and the member it names must be here. A member's card belongs to that member's body.
async fn known(tx: &mut AgencyTx, new: &NewCard) -> Result<Option<PartnerId>, Error> {
    let agency = tx.agency();
    if let Some(member) = new.membership {
        let found = sqlx::query!(
            r#"select partner_id as "body: PartnerId" from membership where agency_id = $1 and id = $2 and role = 'partner'"#,
            agency.0,
            member.0,
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::refused("membership", "Choose one of the list"))?;
        return Ok(found.body);
    }
    match new.partner {
        Some(id) if partners::find_name(tx, id).await?.is_none() => Err(Error::refused("partner", "Choose one of the list")),
        partner => Ok(partner),
    }
}
