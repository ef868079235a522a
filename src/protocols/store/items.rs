//! What carries protocols: records and comments of a body's people.

use super::{
    super::model::{Act, Became, Item, ProtocolId, Way},
    acts::{ask_or_do, log},
    may_narrow, read, told,
};
use crate::{
    audit, consent,
    platform::{
        asker::Asker,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{PartnerId, SubjectId},
        labels::Label as _,
        subject::Kind,
    },
};

/// A record or a comment, if the asker may read it, with the protocols that it carries.
pub(in crate::protocols) async fn find(tx: &mut AgencyTx, id: uuid::Uuid) -> Result<Item, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select f.is_comment as "is_comment!", f.kind as "kind!", f.title as "title!", f.path as "path!", body_of_item($2) as "body: PartnerId",
                  coalesce(i.all_of, true) as "all_of!"
           from (select false as is_comment, s.kind, s.title, s.path from subject s where s.agency_id = $1 and s.id = $2
                 union all
                 select true, 'comment', s.title, s.path || '#comment-' || c.id from comment c
                 join subject s on s.agency_id = c.agency_id and s.id = c.subject_id where c.agency_id = $1 and c.id = $2) f
           left join protected_item i on i.agency_id = $1 and i.item_id = $2"#,
        agency.0,
        id,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Item {
        id,
        is_comment: row.is_comment,
        kind: Kind::parse(&row.kind).map_or(row.kind, |kind| kind.to_string()),
        title: row.title,
        path: row.path,
        body: row.body,
        way: if row.all_of { Way::All } else { Way::Any },
        carried: read::carried_by(tx, id).await?,
    })
}

/// Puts a protocol on an item. It narrows and acts at once, but where any of several is enough: one more then lets more people read.
pub(in crate::protocols) async fn put(tx: &mut AgencyTx, can: &Asker, item: &Item, protocol: ProtocolId) -> Result<Became, Error> {
    let body = item.body.filter(|body| can.body() == Some(*body)).ok_or(Error::NotFound)?;
    let protocol = read::find(tx, protocol).await.map_err(|_| Error::refused("protocol", "Choose the protocol"))?;
    if protocol.body != body || protocol.ended_at.is_some() {
        return Err(Error::refused("protocol", "Choose the protocol"));
    }
    if item.carried.iter().any(|one| one.id == protocol.id) {
        return Err(Error::refused("protocol", "Choose another protocol: it carries this one"));
    }
    if item.way == Way::Any && !item.carried.is_empty() {
        return ask_or_do(tx, can, &Act::Put { item: item.id, protocol: protocol.id }).await;
    }
    if !may_narrow(tx, body).await? {
        return Err(Error::NotFound);
    }
    carry(tx, item.id, body, protocol.id).await?;
    recalled(tx, &[item.id]).await?;
    audit::record(tx, log("put on an item", "protocol", body).naming(Some(protocol.id.0), None)).await?;
    told(tx, can, body, "A protocol was put on something that your people contributed".to_owned()).await?;
    Ok(Became::Done)
}

/// From now on it is read by those who are in all of its protocols.
pub(in crate::protocols) async fn narrow(tx: &mut AgencyTx, can: &Asker, item: &Item) -> Result<(), Error> {
    let body = item.body.filter(|body| can.body() == Some(*body)).ok_or(Error::NotFound)?;
    if item.way == Way::All || item.carried.is_empty() || !may_narrow(tx, body).await? {
        return Err(Error::NotFound);
    }
    set_way(tx, item.id, true).await?;
    recalled(tx, &[item.id]).await?;
    audit::record(tx, log("asked for all of them for an item with", "protocol", body)).await?;
    told(tx, can, body, "Something that your people contributed is read now by those in all of its protocols".to_owned()).await
}

/// One change of protocols at a time in an agency: how many an item wants is counted from what the one before left.
pub(super) async fn take_turn(tx: &mut AgencyTx) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('protocols ' || $1, 0))", agency.0.to_string()).execute(tx.conn()).await?;
    Ok(())
}

/// Waits for whoever changes protocols just now, and keeps the next one waiting: a reply is read under the protocols of what it answers.
///
/// # Errors
/// When the database is away.
pub async fn wait_turn(tx: &mut AgencyTx) -> Result<(), Error> {
    let agency = tx.agency();
    let turn = sqlx::query!("select pg_advisory_xact_lock_shared(hashtextextended('protocols ' || $1, 0))", agency.0.to_string());
    turn.execute(tx.conn()).await?;
    Ok(())
}

/// Fewer people may read these now: copies that left with them go on the recall list, and files that wait are destroyed. As keeper:
/// who took what is nobody's here to read.
pub(super) async fn recalled(tx: &mut AgencyTx, items: &[uuid::Uuid]) -> Result<(), Error> {
    tx.as_keeper("copies of what fewer people may read now", async |tx| {
        for item in items {
            consent::recall_taken(tx, SubjectId(*item)).await?;
        }
        Ok(())
    })
    .await
}

/// What carries a protocol, as far as the asker may know.
pub(super) async fn under(tx: &mut AgencyTx, protocol: ProtocolId) -> Result<Vec<uuid::Uuid>, Error> {
    let agency = tx.agency();
    let items = sqlx::query_scalar!("select item_id from item_protocol where agency_id = $1 and protocol_id = $2", agency.0, protocol.0);
    Ok(items.fetch_all(tx.conn()).await?)
}

/// Writes that the item carries the protocol.
pub(super) async fn carry(tx: &mut AgencyTx, item: uuid::Uuid, body: PartnerId, protocol: ProtocolId) -> Result<(), Error> {
    take_turn(tx).await?;
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into protected_item (agency_id, item_id, subject_id, comment_id, body_id)
         select $1, $2, (select s.id from subject s where s.agency_id = $1 and s.id = $2),
                (select c.id from comment c where c.agency_id = $1 and c.id = $2), $3
         where not exists (select 1 from protected_item p where p.agency_id = $1 and p.item_id = $2)",
        agency.0,
        item,
        body.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into item_protocol (agency_id, item_id, protocol_id, put_by, created_at) select $1, $2, $3, $4, $5
         where not exists (select 1 from item_protocol i where i.agency_id = $1 and i.item_id = $2 and i.protocol_id = $3)",
        agency.0,
        item,
        protocol.0,
        me.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    settle(tx, &[item]).await
}

/// Takes a protocol off an item.
pub(super) async fn take_off(tx: &mut AgencyTx, item: uuid::Uuid, protocol: ProtocolId) -> Result<(), Error> {
    take_turn(tx).await?;
    let agency = tx.agency();
    let gone =
        sqlx::query!("delete from item_protocol where agency_id = $1 and item_id = $2 and protocol_id = $3", agency.0, item, protocol.0,)
            .execute(tx.conn())
            .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let_go(tx, &[item]).await?;
    settle(tx, &[item]).await
}

/// All of its protocols, or any of them.
pub(super) async fn set_way(tx: &mut AgencyTx, item: uuid::Uuid, all_of: bool) -> Result<(), Error> {
    take_turn(tx).await?;
    let agency = tx.agency();
    sqlx::query!(
        "update protected_item set all_of = $3, version = version + 1 where agency_id = $1 and item_id = $2",
        agency.0,
        item,
        all_of,
    )
    .execute(tx.conn())
    .await?;
    settle(tx, &[item]).await
}

/// Of these items, those that carry nothing any more are as any other.
pub(super) async fn let_go(tx: &mut AgencyTx, items: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "delete from protected_item p where p.agency_id = $1 and p.item_id = any($2)
           and not exists (select 1 from item_protocol i where i.agency_id = p.agency_id and i.item_id = p.item_id)",
        agency.0,
        items,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Writes beside the rows themselves what the tables say of them, so that lists need not look. As keeper: it follows from what was
/// written under row security just now, and nobody's transaction writes it by hand.
pub(super) async fn settle(tx: &mut AgencyTx, items: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    tx.as_keeper("what a record says of its protocols and labels", async |tx| {
        sqlx::query!(
            "update subject set protocols = protocols_wanted(id), marked = is_marked(id) where agency_id = $1 and id = any($2)",
            agency.0,
            items,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "update comment set protocols = protocols_wanted(id), marked = is_marked(id) where agency_id = $1 and id = any($2)",
            agency.0,
            items,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "update comment set thread_protocols = protocols_wanted(parent_id) where agency_id = $1 and parent_id = any($2)",
            agency.0,
            items,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}
