//! What those who spoke in one session let each other read. Runs as keeper where it changes: cards of others are not for a speaker to see.

use crate::{
    audit::{self, Change},
    listening::{
        back::model::{InRoom, Room},
        speakers::Speaker,
    },
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// Their own words that stand, and what others let them read.
pub(in crate::listening::back) async fn room(tx: &mut AgencyTx, card: &Speaker) -> Result<Room, Error> {
    let agency = tx.agency();
    let own = sqlx::query_as!(
        InRoom,
        r#"select id as "id: SubjectId", words as "words!", language, shown_as, sensitivity, for_room from statement
           where agency_id = $1 and speaker_id = $2 and state in ('confirmed', 'corrected') and words is not null order by id limit 200"#,
        agency.0,
        card.id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let others = sqlx::query_as!(
        InRoom,
        r#"select id as "id: SubjectId", words as "words!", language, shown_as, sensitivity, for_room from statement
           where agency_id = $1 and session_id = $2 and for_room and speaker_id is distinct from $3
             and state in ('confirmed', 'corrected') and words is not null
           order by id limit 200"#,
        agency.0,
        card.session.0,
        card.id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(own.iter().chain(&others).map(|one| one.id));
    Ok(Room { own, others })
}

/// Lets those who spoke in the session read exactly these of the speaker's own words.
pub(in crate::listening::back) async fn share(tx: &mut AgencyTx, card: &Speaker, wanted: &[SubjectId]) -> Result<(), Error> {
    let (ids, by_link): (Vec<uuid::Uuid>, bool) = (wanted.iter().map(|id| id.0).collect(), tx.standing().link.is_some());
    tx.as_keeper("those in the room", async |tx| {
        if by_link {
            decided_by_this_link(tx, card, &ids).await?;
        }
        close(tx, card, &ids).await?;
        open(tx, card, &ids).await
    })
    .await?;
    audit::record(tx, Change::about("said what those in the room may read", "speaker").for_oneself()).await
}

/// A link lets more people read only what the speaker decided by it before: it may be in the hands of whoever made it.
async fn decided_by_this_link(tx: &mut AgencyTx, card: &Speaker, wanted: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    let others = sqlx::query_scalar!(
        r#"select exists (select 1 from statement where agency_id = $1 and speaker_id = $2 and id = any($3) and not for_room
                          and not decided_by_link(id, $2)) as "others!""#,
        agency.0,
        card.id.0,
        wanted,
    )
    .fetch_one(tx.conn())
    .await?;
    let narrower = "Leave out the words on which you gave your word in another way: by this link nobody more is let read them";
    if others { Err(Error::refused("statements", narrower)) } else { Ok(()) }
}

async fn close(tx: &mut AgencyTx, card: &Speaker, wanted: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    let closed = sqlx::query_scalar!(
        "update statement set for_room = false where agency_id = $1 and speaker_id = $2 and for_room and id <> all($3) returning id",
        agency.0,
        card.id.0,
        wanted,
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!("delete from room_reader where agency_id = $1 and subject_id = any($2)", agency.0, &closed).execute(tx.conn()).await?;
    sqlx::query!("delete from subject_reader where agency_id = $1 and subject_id = any($2)", agency.0, &closed).execute(tx.conn()).await?;
    Ok(())
}

/// Whoever has a card in the session: members by name, others by their own link.
async fn open(tx: &mut AgencyTx, card: &Speaker, wanted: &[uuid::Uuid]) -> Result<(), Error> {
    let agency = tx.agency();
    let opened = sqlx::query_scalar!(
        "update statement set for_room = true
         where agency_id = $1 and speaker_id = $2 and not for_room and id = any($3) and state in ('confirmed', 'corrected') returning id",
        agency.0,
        card.id.0,
        wanted,
    )
    .fetch_all(tx.conn())
    .await?;
    sqlx::query!(
        "insert into room_reader (agency_id, subject_id, speaker_id)
         select $1, st, k.id from unnest($3::uuid[]) st
         join speaker k on k.agency_id = $1 and k.session_id = $4 and k.id <> $2 and k.membership_id is null
         on conflict do nothing",
        agency.0,
        card.id.0,
        &opened,
        card.session.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into subject_reader (agency_id, subject_id, membership_id)
         select distinct $1::uuid, st, k.membership_id from unnest($3::uuid[]) st
         join speaker k on k.agency_id = $1 and k.session_id = $4 and k.id <> $2 and k.membership_id is not null
         on conflict do nothing",
        agency.0,
        card.id.0,
        &opened,
        card.session.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
