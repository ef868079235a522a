//! Entries in and out.

use super::super::model::{Change, Entry};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    ids::{AgencyId, SubjectId},
    paging::Paging,
};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

/// Records a change by whoever the transaction runs for.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &mut AgencyTx, change: Change<'_>) -> Result<(), Error> {
    let (agency, now, actor) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into audit (agency_id, id, at, actor_id, actor_name, action, subject_id, kind, fields, member_id)
         select $1, $2, $3, $4, coalesce((select m.name from membership m where m.agency_id = $1 and m.id = $4), 'by link'), $5, $6, $7, $8, $9",
        agency.0,
        crate::platform::ids::fresh(),
        now,
        actor.map(|id| id.0),
        change.action,
        change.subject.map(|id| id.0),
        change.kind,
        lengths(&change),
        change.member.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Records a change that the operator makes at a terminal, as the owner of the tables, before anybody is a member.
///
/// # Errors
/// When the database refuses.
pub async fn record_of_operator(
    owner: &mut PgConnection,
    agency: AgencyId,
    now: DateTime<Utc>,
    change: Change<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into audit (agency_id, id, at, actor_name, action, subject_id, kind, fields, member_id)
         values ($1, $2, $3, 'the operator', $4, $5, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        now,
        change.action,
        change.subject.map(|id| id.0),
        change.kind,
        lengths(&change),
        change.member.map(|id| id.0),
    )
    .execute(owner)
    .await?;
    Ok(())
}

fn lengths(change: &Change<'_>) -> serde_json::Value {
    change.fields.iter().map(|(name, length)| ((*name).to_owned(), (*length).into())).collect::<serde_json::Map<_, _>>().into()
}

/// The log, newest first, as far as the reader may see it.
pub(in crate::audit) async fn list(
    tx: &mut AgencyTx,
    who: &str,
    kind: &str,
    since: Option<NaiveDate>,
    paging: Paging,
) -> Result<Vec<Entry>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select a.at, a.actor_name, a.action, a.kind, a.fields, s.title as "title?", s.path as "path?",
                  (select m.name from membership m where m.agency_id = a.agency_id and m.id = a.member_id) as member
           from audit a
           left join subject s on s.agency_id = a.agency_id and s.id = a.subject_id
           where a.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(a.actor_name)) > 0)
             and ($3 = '' or a.kind = $3)
             and ($4::date is null or a.at >= $4::date)
           order by a.at desc, a.id desc
           limit $5 offset $6"#,
        agency.0,
        who,
        kind,
        since,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            at: row.at,
            actor: row.actor_name,
            action: row.action,
            kind: row.kind,
            title: row.title,
            path: row.path,
            member: row.member,
            fields: said(&row.fields),
        })
        .collect())
}

/// Every change in the memberships of one body, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_members(tx: &mut AgencyTx, body: SubjectId, paging: Paging) -> Result<Vec<Entry>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select a.at, a.actor_name, a.action, a.kind, a.fields,
                  (select m.name from membership m where m.agency_id = a.agency_id and m.id = a.member_id) as member
           from audit a
           where a.agency_id = $1 and a.subject_id = $2 and a.kind = 'member'
           order by a.at desc, a.id desc
           limit $3 offset $4"#,
        agency.0,
        body.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            at: row.at,
            actor: row.actor_name,
            action: row.action,
            kind: row.kind,
            title: None,
            path: None,
            member: row.member,
            fields: said(&row.fields),
        })
        .collect())
}

fn said(fields: &serde_json::Value) -> String {
    let Some(fields) = fields.as_object() else { return String::new() };
    fields.iter().map(|(name, length)| format!("{} ({length})", name.replace('_', " "))).collect::<Vec<_>>().join(", ")
}
