//! Series of sessions with one community.

use crate::{
    audit::{self, Change},
    listening::sessions::{
        forms::NewSeries,
        model::{Series, SeriesId},
    },
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::PartnerId,
        paging::Paging,
        policy::PlanSessions,
    },
};

/// A page of the series that the reader may see, by name.
pub(in super::super) async fn all_series(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Series>, Error> {
    select(tx, None, paging.limit(), paging.offset()).await
}

/// One series, or nothing when the reader may not see it.
pub(in super::super) async fn find_series(tx: &mut AgencyTx, id: SeriesId) -> Result<Option<Series>, Error> {
    Ok(select(tx, Some(id), 1, 0).await?.pop())
}

async fn select(tx: &mut AgencyTx, id: Option<SeriesId>, limit: i64, offset: i64) -> Result<Vec<Series>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Series,
        r#"select s.id as "id: SeriesId", s.name, s.community, s.cohost_id as "cohost: PartnerId",
                  (select p.name from partner p where p.agency_id = s.agency_id and p.id = s.cohost_id) as cohost_name,
                  (select count(*) from listening_session l where l.agency_id = s.agency_id and l.series_id = s.id) as "sessions!", s.version
           from series s
           where s.agency_id = $1 and ($2::uuid is null or s.id = $2)
           order by s.name, s.id limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Begins a series.
pub(in super::super) async fn add_series(tx: &mut AgencyTx, _: &Can<PlanSessions>, new: &NewSeries) -> Result<SeriesId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SeriesId::fresh());
    sqlx::query!(
        "insert into series (agency_id, id, name, community, cohost_id, created_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        id.0,
        new.name,
        new.community,
        new.cohost.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("series_agency_id_cohost_id_fkey", "cohost", "Choose one of the list")?;
    audit::record(tx, Change::about("begun", "series").field("name", &new.name)).await?;
    Ok(id)
}

/// Keeps what a series is called and with whom it is.
pub(in super::super) async fn keep_series(tx: &mut AgencyTx, can: &Can<PlanSessions>, id: SeriesId, new: &NewSeries) -> Result<(), Error> {
    let agency = tx.agency();
    find_series(tx, id).await?.ok_or(Error::NotFound)?;
    let kept = sqlx::query!(
        "update series set name = $4, community = $5, cohost_id = $6, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        new.name,
        new.community,
        new.cohost.map(|id| id.0),
    )
    .execute(tx.conn())
    .await
    .on_constraint("series_agency_id_cohost_id_fkey", "cohost", "Choose one of the list")?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("changed", "series").field("name", &new.name)).await
}
