//! The agenda: added to by anyone of the group, published and then fixed where an open-meeting law applies. Row security asks the
//! same once more.

use super::super::model::Meeting;
use super::{
    read::find,
    telling::{News, tell},
};
use crate::{
    audit::{self, Change},
    chain, consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{SubjectId, fresh},
        policy::{AddToAgenda, EditGroups, Hat},
        subject::Kind,
    },
};
use uuid::Uuid;

/// Adds an item.
pub(in super::super) async fn add_item(tx: &mut AgencyTx, can: &Can<AddToAgenda>, id: SubjectId, text: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::in_own_words(tx, &[("text", text)]).await?;
    let of = find(tx, id).await?.ok_or(Error::NotFound)?;
    if of.published_at.is_some() {
        return Err(Error::refused("text", "The agenda is published and stays as it is: bring this to the next meeting"));
    }
    if !of.adds {
        return Err(Error::NotAllowed);
    }
    sqlx::query!(
        "insert into agenda_item (agency_id, id, meeting_id, text, by_id, created_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        fresh(),
        id.0,
        text,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("added to the agenda of", Kind::Meeting, id).field("text", text)).await
}

/// Takes an item away: whoever added it, or the agency's people.
pub(in super::super) async fn drop_item(tx: &mut AgencyTx, can: &Can<AddToAgenda>, id: SubjectId, item: Uuid) -> Result<(), Error> {
    let agency = tx.agency();
    let keeps = matches!(can.hat(), Hat::Director | Hat::Staff);
    let gone = sqlx::query!(
        "delete from agenda_item where agency_id = $1 and meeting_id = $2 and id = $3 and (by_id = $4 or $5) and agenda_is_open($2)",
        agency.0,
        id.0,
        item,
        can.me().0,
        keeps,
    )
    .execute(tx.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("took from the agenda of", Kind::Meeting, id)).await
}

/// Publishes the agenda: from now on nobody adds to it or takes from it.
pub(in super::super) async fn publish(tx: &mut AgencyTx, can: &Can<EditGroups>, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let of = find(tx, id).await?.filter(Meeting::is_planned).ok_or(Error::NotFound)?;
    if !of.open_law || of.published_at.is_some() {
        return Err(Error::NotFound);
    }
    if tx.day(now) > of.publish_by() {
        let said = format!("It is too late: the agenda had to be published by {}. Move the meeting to a later day", of.publish_by_words());
        return Err(Error::refused("", said));
    }
    sqlx::query!(
        "update meeting set agenda_published_at = $3, version = version + 1
         where agency_id = $1 and id = $2 and state = 'planned' and agenda_published_at is null",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, id, "agenda published", "").await?;
    audit::record(tx, Change::of("published the agenda of", Kind::Meeting, id)).await?;
    tell(tx, can.slug(), &of, News::Published).await
}
