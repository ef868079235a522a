//! Legal holds in and out.

use super::{
    super::model::{Hold, HoldId, NewHold, Scope},
    destructions::in_turn,
};
use crate::{
    audit::{self, Change},
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, SubjectId},
        paging::Paging,
        policy::{LiftHolds, SetHolds},
    },
};

/// The holds that the reader may know of, those in force first.
pub(in crate::retention) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Hold>, Error> {
    select(tx, None, Some(paging)).await
}

/// One hold.
pub(in crate::retention) async fn find(tx: &mut AgencyTx, id: HoldId) -> Result<Hold, Error> {
    select(tx, Some(id), None).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, id: Option<HoldId>, paging: Option<Paging>) -> Result<Vec<Hold>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Hold,
        r#"select h.id as "id: HoldId", h.scope as "scope: Scope", s.title as "title?", s.path as "path?", h.reason, h.authority, h.from_on,
                  m.name as set_by, h.set_at, l.name as "lifted_by?", h.lifted_at, h.lifted_because, h.version
           from legal_hold h
           join membership m on m.agency_id = h.agency_id and m.id = h.set_by
           left join membership l on l.agency_id = h.agency_id and l.id = h.lifted_by
           left join subject s on s.agency_id = h.agency_id and s.id = h.subject_id
           where h.agency_id = $1 and ($2::uuid is null or h.id = $2)
           order by h.lifted_at is not null, h.set_at desc, h.id desc limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        paging.map(|paging| paging.limit()),
        paging.map_or(0, |paging| paging.offset()),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether the asker may see the record: of another one nothing is said, not even that it cannot be held.
async fn is_there(tx: &mut AgencyTx, record: SubjectId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from subject where agency_id = $1 and id = $2) as "there!""#, agency.0, record.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Sets a hold on what the asker may see, on a matter, or on everything.
pub(in crate::retention) async fn set(tx: &mut AgencyTx, can: &Can<SetHolds>, new: &NewHold) -> Result<HoldId, Error> {
    consent::in_own_words(tx, &[("reason", &new.reason), ("authority", &new.authority)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), HoldId::fresh());
    in_turn(tx).await?;
    if let Some(record) = new.record
        && !is_there(tx, record).await?
    {
        return Err(Error::refused("record", "There is no such record. Enter the address of a page that you can open"));
    }
    sqlx::query!(
        "insert into legal_hold (agency_id, id, scope, subject_id, reason, authority, from_on, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        id.0,
        new.scope as Scope,
        new.record.map(|id| id.0),
        new.reason,
        new.authority,
        new.from_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("set", "legal hold").field("reason", &new.reason).field("authority", &new.authority)).await?;
    Ok(id)
}

/// Ends a hold. What was sealed under it alone is destroyed now.
pub(in crate::retention) async fn lift(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId, because: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "because", because).await?;
    let (agency, now) = (tx.agency(), tx.now());
    in_turn(tx).await?;
    if find(tx, id).await?.lifted_at.is_some() {
        return Err(Error::refused("", "This hold has ended already"));
    }
    let lifted = sqlx::query!(
        "update legal_hold set lifted_by = $4, lifted_at = $5, lifted_because = $6, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and lifted_at is null",
        agency.0,
        id.0,
        can.version(),
        can.me().0,
        now,
        because,
    )
    .execute(tx.conn())
    .await?;
    if lifted.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("ended", "legal hold").field("because", because)).await?;
    let mut theirs: Vec<(MembershipId, String)> = Vec::new();
    tx.as_keeper("destroy what was sealed under a hold that ended", async |tx| {
        sqlx::query!("select open_seals($1, $2)", id.0, now).execute(tx.conn()).await?;
        let rows = sqlx::query!(
            r#"select coalesce(c.author_id, s.author_id) as "author!: MembershipId", s.path
               from sealed x
               join subject s on s.agency_id = x.agency_id and s.id = x.subject_id
               left join comment c on c.agency_id = x.agency_id and c.id = x.comment_id
               where x.agency_id = $1 and x.ended_at = $2 and coalesce(c.author_id, s.author_id) is not null"#,
            agency.0,
            now,
        )
        .fetch_all(tx.conn())
        .await?;
        theirs = rows.into_iter().map(|row| (row.author, row.path)).collect();
        Ok(())
    })
    .await?;
    // Whoever took the words back hears it; nobody else learns whose they were.
    for (author, path) in theirs {
        let said = "The legal hold on words that you took back has ended, and they are destroyed".to_owned();
        notices::tell(tx, &[author], &Notice { kind: "legal_hold", said, path }).await?;
    }
    Ok(())
}
