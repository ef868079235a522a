//! Making themes, joining sources to them and taking that back.

use crate::{
    audit::{self, Change},
    consent,
    listening::themes::{model::Entry, paths},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::EditThemes,
        subject::{self, Audience, Kind, NewSubject},
    },
};

/// Makes a theme with its first sources.
pub(in crate::listening::themes) async fn add(tx: &mut AgencyTx, can: &Can<EditThemes>, entry: &Entry) -> Result<SubjectId, Error> {
    check_words(tx, entry).await?;
    let id = SubjectId::fresh();
    let path = paths::theme(can.slug(), id);
    let new = NewSubject { id, kind: Kind::Theme, title: &entry.name, path, audience: Audience::Partnership, body: None, author: None };
    insert(tx, can, new, entry).await?;
    join(tx, can, id, &entry.sources).await?;
    Ok(id)
}

/// Makes a theme without a source.
pub(super) async fn insert(tx: &mut AgencyTx, can: &Can<EditThemes>, new: NewSubject<'_>, entry: &Entry) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), new.id);
    subject::add(tx, new).await?;
    sqlx::query!(
        "insert into theme (agency_id, id, name, description, created_by, created_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        id.0,
        entry.name,
        entry.description,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("added", Kind::Theme, id).field("name", &entry.name)).await
}

/// A theme is read by every member: nobody's statement may hide in its name or meaning.
pub(super) async fn check_words(tx: &mut AgencyTx, entry: &Entry) -> Result<(), Error> {
    consent::no_copied_words(tx, "name", &entry.name).await?;
    consent::no_copied_words(tx, "description", &entry.description).await
}

/// Keeps a theme's name and meaning.
pub(in crate::listening::themes) async fn keep(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    id: SubjectId,
    entry: &Entry,
) -> Result<(), Error> {
    check_words(tx, entry).await?;
    let agency = tx.agency();
    let before = super::read::find(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = sqlx::query!(
        "update theme set name = $4, description = $5, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        entry.name,
        entry.description,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &entry.name).await?;
    let fields = [("name", before.name, entry.name.clone()), ("description", before.description, entry.description.clone())];
    audit::record(tx, Change::of("changed", Kind::Theme, id).differing(fields)).await
}

/// Joins sources that the asker may read: confirmed statements and agreed summaries. Several people may join the same one.
pub(in crate::listening::themes) async fn join(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    theme: SubjectId,
    sources: &[SubjectId],
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let ids: Vec<uuid::Uuid> = sources.iter().map(|one| one.0).collect();
    let joined = sqlx::query!(
        "with joined as (
         insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select $1, t.id, s.id, 'source', $4, $5
         from theme t join subject s on s.agency_id = t.agency_id and s.id = any($3)
         left join statement st on st.agency_id = s.agency_id and st.id = s.id and st.state in ('confirmed', 'corrected')
         left join listening_session ls on ls.agency_id = s.agency_id and ls.id = s.id and ls.summary_agreed_at is not null and ls.summary <> ''
         where t.agency_id = $1 and t.id = $2 and t.merged_into is null and (st.id is not null or ls.id is not null)
           and not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = t.id and e.to_id = s.id and e.kind = 'source' and e.by_id = $4)
         on conflict do nothing
         returning to_id)
         insert into coding (agency_id, theme_id, source_id, coder_id, coded_at) select $1, $2, j.to_id, $4, $5 from joined j
         on conflict (agency_id, source_id, theme_id, coder_id) do update set coded_at = excluded.coded_at, left_at = null",
        agency.0,
        theme.0,
        &ids,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if joined.rows_affected() == 0 {
        return Err(Error::refused("sources", "Choose a source that its speaker has confirmed and that you have not joined yet"));
    }
    audit::record(tx, Change::of("joined a source to", Kind::Theme, theme)).await
}

/// Takes the asker's own joining of a source back; when nobody else joined it, the theme lost it and says so.
pub(in crate::listening::themes) async fn leave(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    theme: SubjectId,
    source: SubjectId,
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let left = sqlx::query!(
        "delete from edge where agency_id = $1 and from_id = $2 and to_id = $3 and kind = 'source' and by_id = $4",
        agency.0,
        theme.0,
        source.0,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if left.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    sqlx::query!(
        "update coding set left_at = $5 where agency_id = $1 and theme_id = $2 and source_id = $3 and coder_id = $4 and left_at is null",
        agency.0,
        theme.0,
        source.0,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    let still = sqlx::query_scalar!(
        r#"select exists (select 1 from edge where agency_id = $1 and from_id = $2 and to_id = $3 and kind = 'source') as "still!""#,
        agency.0,
        theme.0,
        source.0,
    )
    .fetch_one(tx.conn())
    .await?;
    if !still {
        consent::lost_source(tx, theme, "A source was taken out").await?;
    }
    audit::record(tx, Change::of("took a source out of", Kind::Theme, theme)).await
}

/// The asker has read the theme again.
pub(in crate::listening::themes) async fn read_again(tx: &mut AgencyTx, _can: &Can<EditThemes>, theme: SubjectId) -> Result<(), Error> {
    consent::read_again(tx, theme).await?;
    audit::record(tx, Change::of("read again", Kind::Theme, theme)).await
}
