//! Moving what is joined to one theme over to another, and back. Runs as keeper, because some of what moves is hidden from whoever
//! moves it; who reads each record stays as it is.

use crate::{
    listening::themes::model::ChangeId,
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// From which theme to which.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) from: SubjectId,
    pub(super) into: SubjectId,
}

/// Moves these sources of a theme, or every join of it where none is named, and notes each so that it can go back.
pub(super) async fn over(tx: &mut AgencyTx, way: Way, change: ChangeId, only: &[uuid::Uuid]) -> Result<u64, Error> {
    let agency = tx.agency();
    let moved = sqlx::query!(
        "with gone as (
             delete from edge e where e.agency_id = $1 and e.from_id <> $3 and e.to_id <> $3
               and case when cardinality($5::uuid[]) = 0 then e.from_id = $2 or e.to_id = $2
                        else e.from_id = $2 and e.kind = 'source' and e.to_id = any($5) end
             returning e.from_id, e.to_id, e.kind, e.by_id, e.note, e.created_at),
         noted as (
             insert into theme_moved (agency_id, change_id, other_id, kind, outgoing, joined_by, joined_at, was_there)
             select $1, $4, case when g.from_id = $2 then g.to_id else g.from_id end, g.kind, g.from_id = $2, g.by_id, g.created_at,
                    exists (select 1 from edge o where o.agency_id = $1 and o.kind = g.kind and o.by_id = g.by_id
                            and o.from_id = case when g.from_id = $2 then $3 else g.from_id end
                            and o.to_id = case when g.to_id = $2 then $3 else g.to_id end)
             from gone g)
         insert into edge (agency_id, from_id, to_id, kind, by_id, note, created_at)
         select $1, case when g.from_id = $2 then $3 else g.from_id end, case when g.to_id = $2 then $3 else g.to_id end, g.kind, g.by_id, g.note, g.created_at
         from gone g
         on conflict (agency_id, from_id, to_id, kind, by_id) do nothing",
        agency.0,
        way.from.0,
        way.into.0,
        change.0,
        only,
    )
    .execute(tx.conn())
    .await?;
    Ok(moved.rows_affected())
}

/// Moves back what a change moved, as far as it is still joined: what was taken back or left since stays away.
pub(super) async fn back(tx: &mut AgencyTx, way: Way, change: ChangeId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "with still as (
             select m.*, e.note from theme_moved m
             join edge e on e.agency_id = $1 and e.kind = m.kind and e.by_id = m.joined_by
               and e.from_id = case when m.outgoing then $3 else m.other_id end and e.to_id = case when m.outgoing then m.other_id else $3 end
             where m.agency_id = $1 and m.change_id = $4),
         gone as (
             delete from edge e using still s
             where e.agency_id = $1 and not s.was_there and e.kind = s.kind and e.by_id = s.joined_by
               and e.from_id = case when s.outgoing then $3 else s.other_id end and e.to_id = case when s.outgoing then s.other_id else $3 end)
         insert into edge (agency_id, from_id, to_id, kind, by_id, note, created_at)
         select $1, case when s.outgoing then $2 else s.other_id end, case when s.outgoing then s.other_id else $2 end, s.kind, s.joined_by, s.note, s.joined_at
         from still s
         on conflict (agency_id, from_id, to_id, kind, by_id) do nothing",
        agency.0,
        way.from.0,
        way.into.0,
        change.0,
    )
    .execute(tx.conn())
    .await?;
    forget(tx, change).await
}

/// What moved need not be known any more.
pub(super) async fn forget(tx: &mut AgencyTx, change: ChangeId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("delete from theme_moved where agency_id = $1 and change_id = $2", agency.0, change.0).execute(tx.conn()).await?;
    Ok(())
}

/// What rests on the one rests on the other from now on, the need to be read again included.
pub(super) async fn lead_on(tx: &mut AgencyTx, way: Way) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update theme set merged_into = $3, version = version + 1 where agency_id = $1 and id = $2",
        agency.0,
        way.from.0,
        way.into.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update rereading set subject_id = $3 where agency_id = $1 and subject_id = $2 and done_at is null",
        agency.0,
        way.from.0,
        way.into.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
