//! Who is invited, for those who see it.

use super::super::model::{Answer, Counts, Invitee, InviteeId};
use crate::platform::{db::AgencyTx, error::Error, form::Choice, ids::SubjectId, paging::Paging};

/// Whether whoever asks sees who is invited to this session; for everybody else there is no such page.
pub(in super::super) async fn kept(tx: &mut AgencyTx, session: SubjectId) -> Result<(), Error> {
    let kept = sqlx::query_scalar!(r#"select keeps_invitees($1) as "kept!""#, session.0).fetch_one(tx.conn()).await?;
    if kept { Ok(()) } else { Err(Error::NotFound) }
}

/// A page of them: first those whose letter came back, then those who have to answer.
pub(in super::super) async fn list(tx: &mut AgencyTx, session: SubjectId, paging: Paging) -> Result<Vec<Invitee>, Error> {
    select(tx, session, None, paging.limit(), paging.offset()).await
}

/// One of them.
pub(in super::super) async fn find(tx: &mut AgencyTx, session: SubjectId, id: InviteeId) -> Result<Invitee, Error> {
    select(tx, session, Some(id), 1, 0).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, session: SubjectId, one: Option<InviteeId>, limit: i64, offset: i64) -> Result<Vec<Invitee>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Invitee,
        r#"select i.id as "id: InviteeId", coalesce(n.name, m.name, i.name) as "name!", i.email, i.membership_id is not null as "is_member!", i.language,
                  i.may_name_agency, i.asked_at, i.answer as "answer: Answer", i.needs, i.answered_at, i.answered_about, w.name as "told_to?",
                  l.sequence, i.version, t.id is not null as "by_letter!", t.sent_at as "sent_at?", t.failed_at as "failed_at?", t.error as "error?"
           from session_invitee i
           join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
           left join membership m on m.agency_id = i.agency_id and m.id = i.membership_id
           left join member_identity n on n.agency_id = i.agency_id and n.membership_id = i.membership_id
           left join membership w on w.agency_id = i.agency_id and w.id = i.answered_by
           left join lateral (select id, sent_at, failed_at, error from letter
                              where for_agency = i.agency_id and about = i.id and kind = 'session_invitee' and dropped_at is null
                              order by made_at desc, id limit 1) t on true
           where i.agency_id = $1 and i.session_id = $2 and keeps_invitees($2) and ($3::uuid is null or i.id = $3)
           order by t.failed_at is null, i.answer is not null and i.answered_about = l.sequence, coalesce(n.name, m.name, i.name), i.id
           limit $4 offset $5"#,
        agency.0,
        session.0,
        one.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// How many answered what.
pub(in super::super) async fn counts(tx: &mut AgencyTx, session: SubjectId) -> Result<Counts, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Counts,
        r#"select count(*) filter (where i.answer = 'coming') as "coming!", count(*) filter (where i.answer = 'not_coming') as "not_coming!",
                  count(*) filter (where i.answer is null and i.asked_at is not null) as "silent!",
                  count(*) filter (where i.answer is null and i.asked_at is null) as "unasked!",
                  count(*) filter (where i.answer is not null and i.answered_about <> l.sequence) as "again!",
                  count(*) filter (where t.failed_at is not null) as "failed!", invitees_days() as "days!"
           from session_invitee i
           join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
           left join lateral (select failed_at from letter
                              where for_agency = i.agency_id and about = i.id and kind = 'session_invitee' and dropped_at is null
                              order by made_at desc, id limit 1) t on true
           where i.agency_id = $1 and i.session_id = $2 and keeps_invitees($2)"#,
        agency.0,
        session.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Members who can be invited: people of the bodies that are invited or host it, and those of whom whoever asks knows who they are.
pub(in super::super) async fn choices(tx: &mut AgencyTx, session: SubjectId) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, coalesce(n.name, m.name) as "name!", p.name as "body?" from membership m
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           left join member_identity n on n.agency_id = m.agency_id and n.membership_id = m.id
           where m.agency_id = $1 and m.role = 'partner' and m.state = 'active' and m.account_id is not null
             and (n.membership_id is not null
                  or m.partner_id in (select v.partner_id from session_invited v where v.agency_id = $1 and v.session_id = $2)
                  or m.partner_id = (select l.cohost_id from listening_session l where l.agency_id = $1 and l.id = $2))
             and not exists (select 1 from session_invitee i where i.agency_id = $1 and i.session_id = $2 and i.membership_id = m.id)
           order by p.name nulls last, coalesce(n.name, m.name), m.id limit 300"#,
        agency.0,
        session.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let told = |name: String, body: Option<String>| body.map_or_else(|| name.clone(), |body| format!("{name}, {body}"));
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), told(row.name, row.body))).collect())
}
