//! What stands beside items, for whoever may see it: called by the slices that show them.

use super::super::model::{Mark, Marked};
use crate::platform::{db::AgencyTx, error::Error, ids::PartnerId, policy::Hat};
use sqlx::types::Json;
use std::collections::HashMap;

/// The marks of one record or comment. `body`: whose people contributed it, if a body's did.
///
/// # Errors
/// When the database is away.
pub async fn of_item(tx: &mut AgencyTx, item: impl Into<uuid::Uuid>, body: Option<PartnerId>) -> Result<Marked, Error> {
    let (item, standing) = (item.into(), *tx.standing());
    let row = sqlx::query!(
        r#"select marks_beside($1, $2) as "list!: Json<Vec<Mark>>",
                  coalesce(case when $3 then body_of_item($1) = $4 end, false) as "keeps!""#,
        item,
        body.map(|id| id.0),
        matches!(standing.hat, Hat::Steward | Hat::Partner) && standing.body.is_some(),
        standing.body.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Marked {
        item,
        list: row.list.0,
        keeps: row.keeps && standing.hat == Hat::Steward,
        notices: matches!(standing.hat, Hat::Director | Hat::Staff),
    })
}

/// The marks of many items, each with those that stand on it alone; an item without any is not in the answer.
///
/// # Errors
/// When the database is away.
pub async fn of_items(tx: &mut AgencyTx, items: &[uuid::Uuid]) -> Result<HashMap<uuid::Uuid, Vec<Mark>>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select f.id as "id!", marks_beside(f.id, null) as "list!: Json<Vec<Mark>>"
           from (select s.id from subject s where s.agency_id = $1 and s.id = any($2) and s.marked
                 union all select c.id from comment c where c.agency_id = $1 and c.id = any($2) and c.marked) f"#,
        agency.0,
        items,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.list.0)).collect())
}
