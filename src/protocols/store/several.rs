//! One protocol on several things at once, as a steward chooses them on the desk.

use super::{
    super::model::{Act, ProtocolId, PutOn, Way},
    acts::{ask_or_do, log},
    items::{self, carry, recalled, take_turn},
    read, stewarded, stewards, told,
};
use crate::{
    audit,
    platform::{asker::Asker, db::AgencyTx, error::Error, form::Choice, words},
};

/// Puts a protocol on several things of the body. Where it narrows it acts at once; where any of several protocols is enough it would
/// let more people read, and waits for a second steward, if there is one. What carries it already stays as it is.
///
/// # Errors
/// A refusal where the protocol or one of the things is none of the body's, or the database's.
pub async fn put_on_several(tx: &mut AgencyTx, can: &Asker, items: &[uuid::Uuid], protocol: ProtocolId) -> Result<PutOn, Error> {
    let body = stewarded(can)?;
    take_turn(tx).await?;
    let found = read::find(tx, protocol).await.ok().filter(|one| one.body == body && one.ended_at.is_none());
    let protocol = found.ok_or_else(|| Error::refused("protocol", "Choose the protocol"))?.id;
    let (mut narrowed, mut asked) = (Vec::new(), 0);
    for id in items {
        let item = items::find(tx, *id).await?;
        if item.body != Some(body) {
            return Err(Error::refused("protocol", format!("Leave out “{}”: none of your people wrote it", item.title)));
        }
        if item.carried.iter().any(|one| one.id == protocol) {
            continue;
        }
        if item.way == Way::Any && !item.carried.is_empty() {
            ask_or_do(tx, can, &Act::Put { item: *id, protocol }).await?;
            asked += 1;
        } else {
            carry(tx, *id, body, protocol).await?;
            narrowed.push(*id);
        }
    }
    if !narrowed.is_empty() {
        recalled(tx, &narrowed).await?;
        let number = i64::try_from(narrowed.len()).unwrap_or(i64::MAX);
        let change = log("put on several items", "protocol", body).naming(Some(protocol.0), None);
        audit::record(tx, change.saying(words::count(number, "item", "items"))).await?;
        told(tx, can, body, "A protocol was put on several things that your people contributed".to_owned()).await?;
    }
    let waits = asked > 0 && stewards(tx, body).await? > 1;
    Ok(PutOn { narrowed: narrowed.len(), asked, waits })
}

/// The protocols in force of the steward's body, for a form.
///
/// # Errors
/// When the database is away.
pub async fn choices(tx: &mut AgencyTx, can: &Asker) -> Result<Vec<Choice>, Error> {
    let (agency, body) = (tx.agency(), stewarded(can)?);
    let rows = sqlx::query!(
        "select id, name from protocol where agency_id = $1 and body_id = $2 and ended_at is null order by name, id limit 500",
        agency.0,
        body.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}
