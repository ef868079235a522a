//! Merging themes, splitting one, undoing either within 30 days, and what became of a name.

use super::{
    moves::{self, Way},
    write,
};
use crate::{
    audit::{self, Change},
    consent,
    listening::themes::{
        model::{Became, ChangeId, Entry, Merge, Sort, UNDONE_WITHIN},
        paths,
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::SubjectId,
        policy::EditThemes,
        subject::{self, Kind, NewSubject},
    },
};
use chrono::Duration;

/// What became of a theme and what it came from, the latest first.
pub(in crate::listening::themes) async fn of(tx: &mut AgencyTx, theme: SubjectId) -> Result<Vec<Became>, Error> {
    let (agency, since) = (tx.agency(), tx.now() - Duration::days(UNDONE_WITHIN));
    Ok(sqlx::query_as!(
        Became,
        r#"select c.id as "id: ChangeId", c.kind as "sort: Sort", c.from_id as "from: SubjectId", f.name as from_name, c.into_id as "into: SubjectId",
                  i.name as into_name, c.reason, m.name as by, c.made_at, c.undone_at, c.undone_at is null and c.made_at > $3 as "may_undo!"
           from theme_change c
           join theme f on f.agency_id = c.agency_id and f.id = c.from_id
           join theme i on i.agency_id = c.agency_id and i.id = c.into_id
           join membership m on m.agency_id = c.agency_id and m.id = c.by_id
           where c.agency_id = $1 and (c.from_id = $2 or c.into_id = $2)
           order by c.made_at desc, c.id desc
           limit 50"#,
        agency.0,
        theme.0,
        since,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Nothing comes to be known to more people: both are read by the same, and under no body's protocol.
async fn read_alike(tx: &mut AgencyTx, one: SubjectId, other: SubjectId, field: &'static str) -> Result<(), Error> {
    let alike = sqlx::query_scalar!("select are_read_alike($1, $2)", one.0, other.0).fetch_one(tx.conn()).await?;
    if alike == Some(true) {
        return Ok(());
    }
    Err(Error::refused(field, "Leave it: not everybody who reads the one may read the other"))
}

/// Holds these themes until the transaction ends, each in the same order for everybody: of two merges that cross one goes, and the other
/// finds a name that leads on already.
async fn hold(tx: &mut AgencyTx, these: &[SubjectId], field: &'static str) -> Result<(), Error> {
    let (agency, ids) = (tx.agency(), these.iter().map(|one| one.0).collect::<Vec<_>>());
    let held = sqlx::query_scalar!(
        "select id from theme where agency_id = $1 and id = any($2) and merged_into is null order by id for update",
        agency.0,
        &ids,
    )
    .fetch_all(tx.conn())
    .await?;
    if held.len() == these.len() { Ok(()) } else { Err(Error::refused(field, "Open this page again: a theme was merged a moment ago")) }
}

async fn note(tx: &mut AgencyTx, can: &Can<EditThemes>, (way, sort): (Way, Sort), reason: &str) -> Result<ChangeId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), ChangeId::fresh());
    sqlx::query!(
        "insert into theme_change (agency_id, id, kind, from_id, into_id, reason, by_id, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        id.0,
        sort as Sort,
        way.from.0,
        way.into.0,
        reason,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// Merges a theme into another: its name leads there from now on.
pub(in crate::listening::themes) async fn merge(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    from: SubjectId,
    merge: &Merge,
) -> Result<(), Error> {
    consent::no_copied_words(tx, "reason", &merge.reason).await?;
    let into = super::read::find(tx, merge.into).await?.filter(|theme| theme.merged.is_none() && theme.id != from);
    let into = into.ok_or_else(|| Error::refused("into", "Choose another theme of the list"))?;
    hold(tx, &[from, into.id], "into").await?;
    read_alike(tx, from, into.id, "into").await?;
    let way = Way { from, into: into.id };
    let change = note(tx, can, (way, Sort::Merge), &merge.reason).await?;
    tx.as_keeper("a theme merged", async |tx| {
        moves::over(tx, way, change, &[]).await?;
        moves::lead_on(tx, way).await
    })
    .await?;
    audit::record(tx, Change::of("merged into another", Kind::Theme, from).field("reason", &merge.reason)).await?;
    audit::record(tx, Change::of("took another in", Kind::Theme, into.id)).await
}

/// Makes a theme of its own out of some of a theme's sources; each stays joined by whoever joined it.
pub(in crate::listening::themes) async fn split(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    from: SubjectId,
    (entry, reason): (&Entry, &str),
) -> Result<SubjectId, Error> {
    consent::no_copied_words(tx, "reason", reason).await?;
    write::check_words(tx, entry).await?;
    hold(tx, &[from], "name").await?;
    read_alike(tx, from, from, "name").await?;
    let sources = readable(tx, from, entry).await?;
    let (old, into) = (subject::find(tx, from).await?.ok_or(Error::NotFound)?, SubjectId::fresh());
    let path = paths::theme(can.slug(), into);
    let new =
        NewSubject { id: into, kind: Kind::Theme, title: &entry.name, path, audience: old.audience, body: old.body, author: old.author };
    write::insert(tx, can, new, entry).await?;
    let way = Way { from, into };
    let change = note(tx, can, (way, Sort::Split), reason).await?;
    tx.as_keeper("a theme split", async |tx| moves::over(tx, way, change, &sources).await.map(drop)).await?;
    audit::record(tx, Change::of("split", Kind::Theme, from).field("reason", reason)).await?;
    Ok(into)
}

/// Those of the chosen sources that the theme rests on, as far as the asker may read them.
async fn readable(tx: &mut AgencyTx, theme: SubjectId, entry: &Entry) -> Result<Vec<uuid::Uuid>, Error> {
    let agency = tx.agency();
    let chosen: Vec<uuid::Uuid> = entry.sources.iter().map(|one| one.0).collect();
    let sources = sqlx::query_scalar!(
        "select distinct to_id from edge where agency_id = $1 and from_id = $2 and to_id = any($3) and kind = 'source' order by to_id",
        agency.0,
        theme.0,
        &chosen,
    )
    .fetch_all(tx.conn())
    .await?;
    if sources.is_empty() { Err(Error::refused("sources", "Choose at least one source of this theme")) } else { Ok(sources) }
}

/// Undoes a merge or a split. After a split, everything that the new theme rests on by then comes back.
pub(in crate::listening::themes) async fn undo(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    theme: SubjectId,
    change: ChangeId,
) -> Result<SubjectId, Error> {
    let done = of(tx, theme).await?.into_iter().find(|one| one.id == change && one.may_undo).ok_or(Error::NotFound)?;
    let way = Way { from: done.from, into: done.into };
    if !is_as_it_was_left(tx, way, done.sort).await? {
        return Err(Error::refused("", "Undo what was done with these themes since, before this"));
    }
    let (agency, now, me) = (tx.agency(), tx.now(), can.me().0);
    sqlx::query!(
        "update theme_change set undone_at = $3, undone_by = $4 where agency_id = $1 and id = $2 and undone_at is null",
        agency.0,
        change.0,
        now,
        me,
    )
    .execute(tx.conn())
    .await?;
    tx.as_keeper("a theme’s change undone", async |tx| match done.sort {
        Sort::Merge => {
            moves::back(tx, way, change).await?;
            open_again(tx, way.from).await
        }
        Sort::Split => {
            let home = Way { from: way.into, into: way.from };
            moves::forget(tx, change).await?;
            moves::over(tx, home, change, &[]).await?;
            moves::forget(tx, change).await?;
            moves::lead_on(tx, home).await
        }
    })
    .await?;
    audit::record(tx, Change::of("undid a change of", Kind::Theme, way.from)).await?;
    Ok(way.from)
}

/// Neither theme was merged on since.
async fn is_as_it_was_left(tx: &mut AgencyTx, way: Way, sort: Sort) -> Result<bool, Error> {
    let agency = tx.agency();
    let left = (sort == Sort::Merge).then_some(way.into.0);
    Ok(sqlx::query_scalar!(
        r#"select not exists (select 1 from theme where agency_id = $1 and id = $3 and merged_into is not null)
              and exists (select 1 from theme where agency_id = $1 and id = $2 and merged_into is not distinct from $4) as "left!""#,
        agency.0,
        way.from.0,
        way.into.0,
        left,
    )
    .fetch_one(tx.conn())
    .await?)
}

async fn open_again(tx: &mut AgencyTx, theme: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update theme set merged_into = null, version = version + 1 where agency_id = $1 and id = $2", agency.0, theme.0)
        .execute(tx.conn())
        .await?;
    Ok(())
}
