//! Duties: who facilitates a session and who takes its notes, and with the duty the drafts of what was said.

use super::{brief, is_mine};
use crate::{
    audit::{self, Change},
    listening::sessions::{forms::Holders, model::Duty},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        labels::Label as _,
        policy::{Hat, PlanSessions},
        subject::Kind,
    },
};
use std::collections::BTreeSet;

/// Who has which duty now.
pub(in super::super) async fn duties(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<(MembershipId, Duty)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select membership_id as "id: MembershipId", duty as "duty: Duty" from session_duty
           where agency_id = $1 and session_id = $2 order by membership_id, duty"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.duty)).collect())
}

/// Gives the duties anew. A duty opens the speakers and their drafts: once people have been told who listens, only those who
/// listened hand it on; a director does so when none of them is a member any more.
pub(in super::super) async fn keep_duties(
    tx: &mut AgencyTx,
    can: &Can<PlanSessions>,
    id: SubjectId,
    holders: &Holders,
) -> Result<(), Error> {
    let agency = tx.agency();
    let session = brief(tx, id).await?.ok_or(Error::NotFound)?;
    if session.notice_read && !is_mine(tx, id).await? && !(can.hat() == Hat::Director && is_orphaned(tx, id).await?) {
        return Err(Error::NotAllowed);
    }
    let kept = sqlx::query!(
        "update listening_session set version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    sqlx::query!("delete from session_duty where agency_id = $1 and session_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    give(tx, id, holders).await?;
    hand_on(tx, id).await?;
    audit::record(tx, Change::of("duties given", Kind::Session, id)).await
}

/// The drafts go with the duty: those who no longer have one read none, those who have one now read all. Runs as keeper,
/// because the drafts are not for whoever hands the duty on to see.
async fn hand_on(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("a duty handed on", async |tx| {
        sqlx::query!(
            "delete from subject_reader r using statement st
             where r.agency_id = $1 and st.agency_id = $1 and st.id = r.subject_id and st.session_id = $2 and st.state in ('draft', 'with_speaker')",
            agency.0,
            id.0,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "insert into subject_reader (agency_id, subject_id, membership_id)
             select distinct st.agency_id, st.id, d.membership_id
             from statement st join session_duty d on d.agency_id = st.agency_id and d.session_id = st.session_id
             where st.agency_id = $1 and st.session_id = $2 and st.state in ('draft', 'with_speaker')
             on conflict do nothing",
            agency.0,
            id.0,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// Whether nobody who had a duty is an active member any more.
async fn is_orphaned(tx: &mut AgencyTx, id: SubjectId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select not exists (select 1 from session_duty d join membership m on m.agency_id = d.agency_id and m.id = d.membership_id
                              where d.agency_id = $1 and d.session_id = $2 and m.state = 'active') as "orphaned!""#,
        agency.0,
        id.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

pub(super) async fn give(tx: &mut AgencyTx, id: SubjectId, holders: &Holders) -> Result<(), Error> {
    for (duty, field, people) in
        [(Duty::Facilitator, "facilitators", &holders.facilitators), (Duty::NoteTaker, "note_takers", &holders.note_takers)]
    {
        give_one(tx, id, duty, people).await?.then_some(()).ok_or_else(|| Error::refused(field, "Choose from the list"))?;
    }
    Ok(())
}

/// The co-host has changed: whoever of the former one's people had a duty has none any more, and reads no draft.
pub(super) async fn follow_cohost(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("a co-host changed", async |tx| {
        sqlx::query!(
            "delete from session_duty d using membership m, listening_session l
             where d.agency_id = $1 and d.session_id = $2 and m.agency_id = $1 and m.id = d.membership_id and l.agency_id = $1 and l.id = $2
               and m.role = 'partner' and m.partner_id is distinct from l.cohost_id",
            agency.0,
            id.0,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    hand_on(tx, id).await
}

/// Whether all of them were found among the agency's active directors and staff, and the co-host's people.
async fn give_one(tx: &mut AgencyTx, id: SubjectId, duty: Duty, people: &BTreeSet<MembershipId>) -> Result<bool, Error> {
    let agency = tx.agency();
    let people: Vec<uuid::Uuid> = people.iter().map(|one| one.0).collect();
    let given = sqlx::query!(
        "insert into session_duty (agency_id, session_id, membership_id, duty)
         select $1, $2, m.id, $3 from membership m join listening_session l on l.agency_id = $1 and l.id = $2
         where m.agency_id = $1 and m.id = any($4) and m.state = 'active'
           and (m.role in ('director', 'staff') or (m.role = 'partner' and m.partner_id = l.cohost_id))",
        agency.0,
        id.0,
        duty.as_str(),
        &people,
    )
    .execute(tx.conn())
    .await?;
    Ok(given.rows_affected() == people.len() as u64)
}
