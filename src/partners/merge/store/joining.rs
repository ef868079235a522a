//! Joining two entries, the stewards' word on it, and taking it back. Writes a pointer, copies of names, and nothing else.

use super::{
    super::model::{Came, Merge, MergeId, Moved, Said, State, UNDO_DAYS},
    reading::{asked, find, unasked},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{self, PartnerId, SubjectId},
        policy::{AllowMerge, MergePartners},
        subject::Kind,
    },
};
use chrono::Duration;

/// Joins two entries, or asks the stewards when one of the bodies has or had one, in whichever of its entries.
pub(in super::super) async fn ask(
    tx: &mut AgencyTx,
    can: &Can<MergePartners>,
    kept: PartnerId,
    gone: PartnerId,
) -> Result<(MergeId, Came), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), MergeId::fresh());
    hold(tx, kept, gone).await?;
    let asked = asked(tx, kept, gone).await?;
    sqlx::query!(
        "insert into merge (agency_id, id, kept_id, gone_id, state, asked_by, created_at) values ($1, $2, $3, $4, 'proposed', $5, $6)",
        agency.0,
        id.0,
        kept.0,
        gone.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into merge_word (agency_id, merge_id, partner_id) select $1, $2, p.id from unnest($3::uuid[]) as p(id)",
        agency.0,
        id.0,
        &asked.iter().map(|id| id.0).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    if asked.is_empty() {
        join(tx, id, kept, gone).await?;
        return Ok((id, Came::Joined));
    }
    note(tx, "proposed to join", kept, gone).await?;
    Ok((id, Came::Asked))
}

/// Both entries stand, nobody else joins one of them meanwhile, and no other proposal is open for either.
async fn hold(tx: &mut AgencyTx, kept: PartnerId, gone: PartnerId) -> Result<(), Error> {
    let agency = tx.agency();
    let both = [kept.0, gone.0];
    let standing = sqlx::query_scalar!(
        "select id from partner where agency_id = $1 and id = any($2) and merged_into is null order by id for update",
        agency.0,
        &both,
    )
    .fetch_all(tx.conn())
    .await?;
    if standing.len() != 2 {
        return Err(Error::NotFound);
    }
    let waits = sqlx::query_scalar!(
        r#"select exists (select 1 from merge where agency_id = $1 and state = 'proposed' and (kept_id = any($2) or gone_id = any($2))) as "waits!""#,
        agency.0,
        &both,
    )
    .fetch_one(tx.conn())
    .await?;
    if waits {
        return Err(Error::refused(
            "other",
            "One of these entries already waits for a steward’s word. Wait for it, or take that proposal back",
        ));
    }
    Ok(())
}

/// Makes one entry point to the other and copies its names, noting what was written.
async fn join(tx: &mut AgencyTx, id: MergeId, kept: PartnerId, gone: PartnerId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let names = copy_names(tx, kept, gone).await?;
    let entries =
        sqlx::query_scalar!("select id from partner where agency_id = $1 and merged_into = $2 order by id for update", agency.0, gone.0,)
            .fetch_all(tx.conn())
            .await?;
    sqlx::query!("update partner set merged_into = $3 where agency_id = $1 and (id = $2 or merged_into = $2)", agency.0, gone.0, kept.0,)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "update merge set state = 'done', moved = $3, done_at = $4, undo_until = $5 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        serde_json::to_value(Moved { names, entries }).map_err(Error::internal)?,
        now,
        now + Duration::days(UNDO_DAYS),
    )
    .execute(tx.conn())
    .await?;
    note(tx, "joined", kept, gone).await
}

/// The names of the entry that goes become other names of the one that stays; none twice.
async fn copy_names(tx: &mut AgencyTx, kept: PartnerId, gone: PartnerId) -> Result<Vec<uuid::Uuid>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let found = sqlx::query!(
        r#"select distinct on (g.folded) g.name as "name!", g.folded as "folded!" from (
               select p.name, p.sort_name::text collate "C" as folded, 0 as rank from partner p where p.agency_id = $1 and p.id = $3
               union all
               select n.name, n.folded collate "C", 1 from partner_name n where n.agency_id = $1 and n.partner_id = $3) g
           where g.folded not in (
               select p.sort_name::text collate "C" from partner p where p.agency_id = $1 and p.id = $2
               union all
               select n.folded collate "C" from partner_name n where n.agency_id = $1 and n.partner_id = $2)
           order by g.folded, g.rank, g.name"#,
        agency.0,
        kept.0,
        gone.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let fresh: Vec<uuid::Uuid> = found.iter().map(|_| ids::fresh()).collect();
    let (names, folded): (Vec<String>, Vec<String>) = found.into_iter().map(|row| (row.name, row.folded)).unzip();
    sqlx::query!(
        "insert into partner_name (agency_id, id, partner_id, name, folded, source, created_at)
         select $1, n.id, $2, n.name, n.folded, 'joined', $3 from unnest($4::uuid[], $5::text[], $6::text[]) as n(id, name, folded)",
        agency.0,
        kept.0,
        now,
        &fresh,
        &names,
        &folded,
    )
    .execute(tx.conn())
    .await?;
    Ok(fresh)
}

/// A steward gives the body's word; the last one wanted joins the entries, a refusal ends the proposal. Said after the
/// entries were joined, a refusal takes them apart again, as long as that can be done.
pub(in super::super) async fn say(tx: &mut AgencyTx, can: &Can<AllowMerge>, id: MergeId, said: Said) -> Result<State, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let merge = find(tx, id).await?.ok_or(Error::NotFound)?;
    let body = can.body().ok_or(Error::NotFound)?;
    let taken_back = said == Said::Refused && merge.can_be_undone(now);
    if !merge.waits() && !taken_back {
        return Err(Error::refused("", "This merge no longer waits for a word"));
    }
    let kept = sqlx::query!(
        "update merge_word set word = $4, steward_id = $5, said_at = $6 where agency_id = $1 and merge_id = $2 and partner_id = $3",
        agency.0,
        id.0,
        body.0,
        said as Said,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update merge set steward_id = $3, steward_word_at = $4 where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        can.me().0,
        now
    )
    .execute(tx.conn())
    .await?;
    note(tx, if said == Said::Given { "word given on joining" } else { "word refused on joining" }, merge.kept, merge.gone).await?;
    if taken_back {
        part(tx, &merge).await?;
        return Ok(State::Undone);
    }
    settle(tx, &merge, said).await
}

async fn settle(tx: &mut AgencyTx, merge: &Merge, said: Said) -> Result<State, Error> {
    let agency = tx.agency();
    if said == Said::Refused {
        end(tx, merge.id, State::Refused).await?;
        return Ok(State::Refused);
    }
    let wanted = sqlx::query_scalar!(
        r#"select count(*) as "count!" from merge_word where agency_id = $1 and merge_id = $2 and word is null"#,
        agency.0,
        merge.id.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if wanted > 0 {
        return Ok(State::Proposed);
    }
    if unasked(tx, merge).await? {
        return Err(Error::refused(
            "word",
            "Another steward came in since this was proposed and was not asked. Refuse it; it can be proposed again",
        ));
    }
    join(tx, merge.id, merge.kept, merge.gone).await?;
    Ok(State::Done)
}

/// Takes a proposal back, or two entries apart again.
pub(in super::super) async fn undo(tx: &mut AgencyTx, _: &Can<MergePartners>, id: MergeId) -> Result<(), Error> {
    let merge = find(tx, id).await?.ok_or(Error::NotFound)?;
    if merge.can_be_undone(tx.now()) {
        return part(tx, &merge).await;
    }
    if !merge.waits() {
        return Err(Error::refused("", "This can no longer be undone"));
    }
    end(tx, id, State::Undone).await?;
    note(tx, "proposal to join taken back", merge.kept, merge.gone).await
}

/// Takes away exactly what the joining wrote.
async fn part(tx: &mut AgencyTx, merge: &Merge) -> Result<(), Error> {
    let agency = tx.agency();
    let moved =
        sqlx::query_scalar!("select moved from merge where agency_id = $1 and id = $2", agency.0, merge.id.0).fetch_one(tx.conn()).await?;
    let moved: Moved = serde_json::from_value(moved).map_err(Error::internal)?;
    let parted = sqlx::query!(
        "update partner set merged_into = null where agency_id = $1 and id = $2 and merged_into = $3",
        agency.0,
        merge.gone.0,
        merge.kept.0,
    )
    .execute(tx.conn())
    .await?;
    if parted.rows_affected() == 0 {
        return Err(Error::refused("", "The entry that stayed was itself joined to another. Undo that first"));
    }
    sqlx::query!(
        "update partner set merged_into = $2 where agency_id = $1 and id = any($3) and merged_into = $4",
        agency.0,
        merge.gone.0,
        &moved.entries,
        merge.kept.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!("delete from partner_name where agency_id = $1 and id = any($2)", agency.0, &moved.names).execute(tx.conn()).await?;
    end(tx, merge.id, State::Undone).await?;
    note(tx, "taken apart", merge.kept, merge.gone).await
}

async fn end(tx: &mut AgencyTx, id: MergeId, state: State) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!("update merge set state = $3, undone_at = $4 where agency_id = $1 and id = $2", agency.0, id.0, state as State, now,)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// On the record of both entries.
async fn note(tx: &mut AgencyTx, action: &str, kept: PartnerId, gone: PartnerId) -> Result<(), Error> {
    audit::record(tx, Change::of(action, Kind::Partner, SubjectId(kept.0))).await?;
    audit::record(tx, Change::of(action, Kind::Partner, SubjectId(gone.0))).await
}
