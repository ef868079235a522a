//! An answer: by a link, by a member, or as it was told to those who facilitate.

use super::{
    super::model::{Answer, Asked, InviteeId, Plan, Reply},
    find,
};
use crate::{
    audit::{self, Change},
    consent,
    listening::sessions::State,
    platform::{
        access::Can,
        bearer::Bearer,
        db::AgencyTx,
        error::Error,
        ids::{self, MembershipId, SubjectId},
        policy::KeepInvitees,
        subject::Kind,
    },
};

/// The invitation that a link is about.
pub(in super::super) async fn by_link(tx: &mut AgencyTx) -> Result<Option<Asked>, Error> {
    let link = tx.standing().link;
    select(tx, link, None, None).await
}

/// A member's own invitation to a session that they see.
pub(in super::super) async fn for_member(tx: &mut AgencyTx, session: SubjectId) -> Result<Option<Asked>, Error> {
    let me = tx.standing().membership;
    select(tx, None, Some(session), me).await
}

async fn select(
    tx: &mut AgencyTx,
    link: Option<uuid::Uuid>,
    session: Option<SubjectId>,
    member: Option<MembershipId>,
) -> Result<Option<Asked>, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select i.id as "id: InviteeId", l.id as "session: SubjectId", l.state as "state: State", l.starts_at, l.minutes, l.zone, l.place, l.sequence,
                  coalesce(l.told_at, l.created_at) as "told_at!", l.invitation, l.languages, l.interpreter, l.food, l.child_care, l.travel, l.pay,
                  i.answer as "answer: Answer", i.needs, i.answered_about, least(i.kept_days, invitees_days()) as "kept_days!"
           from session_invitee i join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
           where i.agency_id = $1 and (i.id = $2 or i.session_id = $3 and i.membership_id = $4)"#,
        agency.0,
        link,
        session.map(|id| id.0),
        member.map(|id| id.0),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| Asked {
        id: row.id,
        plan: Plan {
            session: row.session,
            state: row.state,
            starts_at: row.starts_at,
            minutes: row.minutes,
            zone: row.zone,
            place: row.place,
            sequence: row.sequence,
            told_at: row.told_at,
        },
        invitation: row.invitation,
        supports: vec![
            ("Languages", row.languages.join(", ")),
            ("Interpreter", row.interpreter),
            ("Food", row.food),
            ("Child care", row.child_care),
            ("Travel", row.travel),
            ("Pay", row.pay),
        ],
        answer: row.answer,
        needs: row.needs,
        answered_about: row.answered_about,
        kept_days: row.kept_days,
    }))
}

/// When and where a session is, for its calendar file.
pub(in super::super) async fn plan(tx: &mut AgencyTx, session: SubjectId) -> Result<Option<Plan>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Plan,
        r#"select l.id as "session: SubjectId", l.state as "state: State", l.starts_at, l.minutes, l.zone, l.place, l.sequence,
                  coalesce(l.told_at, l.created_at) as "told_at!"
           from listening_session l where l.agency_id = $1 and l.id = $2 and l.state <> 'planned'"#,
        agency.0,
        session.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A member's own answer. That they were invited is nobody's to read in the log but their own.
pub(in super::super) async fn answer(tx: &mut AgencyTx, asked: &Asked, reply: &Reply) -> Result<(), Error> {
    keep(tx, asked.id, reply, None).await?;
    audit::record(tx, Change::of("answered an invitation to", Kind::Session, asked.plan.session).for_oneself()).await
}

/// An answer by a link, which it spends; the browser gets the next one, so that a mind can be changed.
pub(in super::super) async fn reply_by_link(tx: &mut AgencyTx, bearer: &Bearer, asked: &Asked, reply: &Reply) -> Result<(), Error> {
    keep(tx, asked.id, reply, None).await?;
    follow(tx, bearer).await?;
    audit::record(tx, Change::of("answered an invitation to", Kind::Session, asked.plan.session).for_oneself()).await
}

/// The link is spent, and the browser holds another one in its place, which lapses with it.
pub(super) async fn follow(tx: &mut AgencyTx, bearer: &Bearer) -> Result<(), Error> {
    let (agency, now, next) = (tx.agency(), tx.now(), bearer.next.hash());
    tx.as_keeper("an invitation’s next link", async |tx| {
        let spent = sqlx::query!(
            "update return_link set spent_at = $3 where agency_id = $1 and id = $2 and purpose = 'reply' and spent_at is null",
            agency.0,
            bearer.link,
            now,
        )
        .execute(tx.conn())
        .await?;
        if spent.rows_affected() == 0 {
            return Err(Error::LinkOver);
        }
        sqlx::query!(
            "insert into return_link (agency_id, id, token_hash, subject_id, invitee_id, purpose, made_by, created_at, expires_at)
             select l.agency_id, $3, $4, l.subject_id, l.invitee_id, 'reply', l.made_by, $5, l.expires_at
             from return_link l where l.agency_id = $1 and l.id = $2",
            agency.0,
            bearer.link,
            ids::fresh(),
            &next,
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// What one of them said otherwise, written down by somebody who facilitates.
pub(in super::super) async fn told(
    tx: &mut AgencyTx,
    can: &Can<KeepInvitees>,
    (session, id): (SubjectId, InviteeId),
    reply: &Reply,
) -> Result<(), Error> {
    find(tx, session, id).await?;
    keep(tx, id, reply, Some(can.me())).await?;
    audit::record(tx, Change::of("an answer written down for somebody invited to", Kind::Session, session)).await
}

/// An answer is about the time and place that was shown: where these changed meanwhile, they are shown first.
async fn keep(tx: &mut AgencyTx, id: InviteeId, reply: &Reply, by: Option<MembershipId>) -> Result<(), Error> {
    consent::no_copied_words(tx, "needs", &reply.needs).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let kept = sqlx::query!(
        "update session_invitee i set answer = $3, needs = $4, answered_at = $5, answered_about = $6, answered_by = $7, version = i.version + 1
         from listening_session l
         where i.agency_id = $1 and i.id = $2 and l.agency_id = $1 and l.id = i.session_id and l.state = 'announced' and l.sequence = $6
           and l.starts_at + l.minutes * interval '1 minute' > $5",
        agency.0,
        id.0,
        reply.answer as Answer,
        reply.needs,
        now,
        reply.about,
        by.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::refused("answer", "Look at the time and place again, then answer: they changed, or it is over"));
    }
    Ok(())
}
