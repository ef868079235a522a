//! Groups in and out of the database.

mod read;
mod seats;

pub(super) use read::{Narrowed, brought, charters, choices, find, former, list, met, own_people, seat, seats};
pub(super) use seats::{add_seat, fill, name_sitter, vacate};

use super::{
    model::{Entry, Group, GroupKind, Method, State},
    paths,
};
use crate::{
    audit::{self, Change},
    chain, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        labels::Label as _,
        policy::EditGroups,
        subject::{self, Audience, Kind, NewSubject},
    },
};

/// Nobody's own words may be copied into it.
async fn in_own_words(tx: &mut AgencyTx, entry: &Entry) -> Result<(), Error> {
    consent::in_own_words(tx, &[("purpose", &entry.purpose), ("method_note", &entry.method_note)]).await
}

/// Adds a group.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<EditGroups>, entry: &Entry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    in_own_words(tx, entry).await?;
    let (path, audience) = (paths::group(can.slug(), id), entry.audience);
    subject::add(tx, NewSubject { id, kind: Kind::Group, title: &entry.name, path, audience, body: None, author: None }).await?;
    sqlx::query!(
        "insert into joint_group (agency_id, id, kind, name, purpose, method, method_note, reports_to, open_law, agenda_days, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        agency.0,
        id.0,
        entry.kind as GroupKind,
        entry.name,
        entry.purpose,
        entry.method as Method,
        entry.method_note,
        entry.reports_to.map(|id| id.0),
        entry.open_law,
        entry.agenda_days,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, id, "begun", "").await?;
    audit::record(tx, Change::of("added", Kind::Group, id).field("name", &entry.name).field("purpose", &entry.purpose)).await?;
    Ok(id)
}

/// Keeps a group; a draft may be opened to the partnership, with its meetings, and is never closed again.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId, entry: &Entry) -> Result<(), Error> {
    let agency = tx.agency();
    in_own_words(tx, entry).await?;
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    if entry.reports_to == Some(id) {
        return Err(Error::refused("reports_to", "Choose another group: none reports to itself"));
    }
    let kept = sqlx::query!(
        "update joint_group set kind = $4, name = $5, purpose = $6, method = $7, method_note = $8, reports_to = $9, open_law = $10,
             agenda_days = $11, state = $12, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.kind as GroupKind,
        entry.name,
        entry.purpose,
        entry.method as Method,
        entry.method_note,
        entry.reports_to.map(|id| id.0),
        entry.open_law,
        entry.agenda_days,
        entry.state as State,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &entry.name).await?;
    chain::open_draft(tx, id, entry.audience).await?;
    open_meetings(tx, id, entry.audience).await?;
    if before.open_law != entry.open_law {
        let what = if entry.open_law { "came under the open-meeting law" } else { "is no more under the open-meeting law" };
        chain::happened(tx, id, what, "").await?;
    }
    audit::record(tx, Change::of("changed", Kind::Group, id).differing(differing(&before, entry))).await
}

/// Meetings are read by whoever reads their group.
async fn open_meetings(tx: &mut AgencyTx, group: SubjectId, to: Audience) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update subject set audience = $3 where agency_id = $1 and audience = 'agency' and $3 = 'partnership'
           and id in (select m.id from meeting m where m.agency_id = $1 and m.group_id = $2)",
        agency.0,
        group.0,
        to as Audience,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// The fields before and after, for the log.
fn differing(before: &Group, entry: &Entry) -> Vec<(&'static str, String, String)> {
    let id = |id: Option<SubjectId>| id.map(|id| id.to_string()).unwrap_or_default();
    vec![
        ("name", before.name.clone(), entry.name.clone()),
        ("kind", before.kind.as_str().to_owned(), entry.kind.as_str().to_owned()),
        ("purpose", before.purpose.clone(), entry.purpose.clone()),
        ("method", before.method.as_str().to_owned(), entry.method.as_str().to_owned()),
        ("how it decides", before.method_note.clone(), entry.method_note.clone()),
        ("reports to", id(before.reports_to_id), id(entry.reports_to)),
        ("open-meeting law", before.open_law.to_string(), entry.open_law.to_string()),
        ("days of the agenda", before.agenda_days.to_string(), entry.agenda_days.to_string()),
        ("state", before.state.as_str().to_owned(), entry.state.as_str().to_owned()),
    ]
}

/// Adds the next version of the charter; `version` is that of the one it follows.
pub(super) async fn add_charter(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    id: SubjectId,
    (text, agreed): &(String, String),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("text", text), ("agreed", agreed)]).await?;
    find(tx, id).await?.ok_or(Error::NotFound)?;
    let added = sqlx::query!(
        "insert into group_charter (agency_id, group_id, version, text, agreed, by_id, created_at)
         select $1, $2, $3::integer + 1, $4, $5, $6, $7
         where $3 = (select coalesce(max(c.version), 0) from group_charter c where c.agency_id = $1 and c.group_id = $2)
         on conflict do nothing",
        agency.0,
        id.0,
        can.version(),
        text,
        agreed,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if added.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    chain::happened(tx, id, &format!("charter, version {}", can.version() + 1), "").await?;
    audit::record(tx, Change::of("wrote a charter for", Kind::Group, id).field("text", text).field("agreed", agreed)).await
}
