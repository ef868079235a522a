//! One protocol on several things at once, as a steward chooses them on the desk.

use super::{
    super::model::{Act, LAPSES, ProtocolId, PutOn, TakenOff, Way},
    acts::{ask_or_do, log},
    items::{self, carry, recalled, take_turn},
    read, requests, stewarded, stewards, told,
};
use crate::{
    audit,
    platform::{asker::Asker, db::AgencyTx, error::Error, form::Choice, ids::PartnerId, words},
};

/// Puts a protocol on several things of the body. Where it narrows it acts at once; where any of several protocols is enough it would
/// let more people read, and waits for a second steward, if there is one. What carries it already stays as it is.
///
/// # Errors
/// A refusal where the protocol or one of the things is none of the body's, or the database's.
pub async fn put_on_several(tx: &mut AgencyTx, can: &Asker, items: &[uuid::Uuid], protocol: ProtocolId) -> Result<PutOn, Error> {
    let body = stewarded(can)?;
    take_turn(tx).await?;
    let protocol = in_force(tx, body, protocol).await?;
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

/// Takes a protocol off several things of the body, as far as they carry it: more people may read them then. A second steward's word is
/// waited for where there is one; what waits for it already is not asked anew.
///
/// # Errors
/// A refusal where the protocol is none of the body's, or the database's.
pub async fn take_off_several(tx: &mut AgencyTx, can: &Asker, items: &[uuid::Uuid], protocol: ProtocolId) -> Result<TakenOff, Error> {
    let (agency, now, body) = (tx.agency(), tx.now(), stewarded(can)?);
    take_turn(tx).await?;
    let protocol = in_force(tx, body, protocol).await?;
    let waits = stewards(tx, body).await? > 1;
    let carrying = sqlx::query_scalar!(
        "select i.item_id from item_protocol i
         join protected_item p on p.agency_id = i.agency_id and p.item_id = i.item_id and p.body_id = $3
         where i.agency_id = $1 and i.protocol_id = $2 and i.item_id = any($4)
           and not ($5 and exists (select 1 from protocol_request q where q.agency_id = i.agency_id and q.what = 'take_off' and q.state = 'waiting' and q.created_at > $6
               and q.item_id = i.item_id and q.protocol_id = i.protocol_id))
         order by i.item_id",
        agency.0,
        protocol.0,
        body.0,
        items,
        waits,
        now - LAPSES,
    )
    .fetch_all(tx.conn())
    .await?;
    for item in &carrying {
        if waits {
            requests::ask(tx, body, &Act::TakeOff { item: *item, protocol }).await?;
        } else {
            items::take_off(tx, *item, protocol).await?;
        }
    }
    if !carrying.is_empty() {
        let number = words::count(i64::try_from(carrying.len()).unwrap_or(i64::MAX), "item", "items");
        let (action, said) = if waits {
            (
                "asked a second steward about taking off several items",
                "One of your stewards asks for a second word on taking a protocol off several things",
            )
        } else {
            ("took off several items", "A protocol was taken off several things that your people contributed")
        };
        audit::record(tx, log(action, "protocol", body).naming(Some(protocol.0), None).saying(number)).await?;
        told(tx, can, body, said.to_owned()).await?;
    }
    Ok(TakenOff { number: carrying.len(), waits })
}

/// The protocol, if it is the body's and in force.
async fn in_force(tx: &mut AgencyTx, body: PartnerId, protocol: ProtocolId) -> Result<ProtocolId, Error> {
    let found = read::find(tx, protocol).await.ok().filter(|one| one.body == body && one.ended_at.is_none());
    Ok(found.ok_or_else(|| Error::refused("protocol", "Choose the protocol"))?.id)
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
