//! Seats: added, given, named for, and vacant again. Row security asks once more who may say it.

use super::super::{
    model::{NewSeat, NewTerm, Seat, Sitter},
    paths,
};
use super::read::{find, seat};
use crate::{
    audit::{self, Change},
    chain, consent,
    listening::sessions::Constituency,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::{PartnerId, SubjectId, fresh},
        labels::Label as _,
        policy::{EditGroups, NameSitter},
        subject::Kind,
    },
};
use uuid::Uuid;

const OCCUPIED: &str = "Say first that the seat is vacant: somebody has it now";

/// Adds a seat, in which nobody sits yet.
pub(in super::super) async fn add_seat(tx: &mut AgencyTx, _: &Can<EditGroups>, group: SubjectId, new: &NewSeat) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    find(tx, group).await?.ok_or(Error::NotFound)?;
    sqlx::query!(
        "insert into group_seat (agency_id, id, group_id, constituency, title, is_chair, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        fresh(),
        group.0,
        new.constituency as Constituency,
        new.title,
        new.is_chair,
        now,
    )
    .execute(tx.conn())
    .await?;
    let whose = new.constituency.label();
    chain::happened(tx, group, &format!("a seat was added: {whose}"), "").await?;
    audit::record(tx, Change::of("added a seat to", Kind::Group, group).field("title", &new.title).saying(whose.to_owned())).await
}

async fn is_tribe(tx: &mut AgencyTx, body: PartnerId) -> Result<bool, Error> {
    let agency = tx.agency();
    let found = sqlx::query_scalar!("select is_tribe from partner where agency_id = $1 and id = $2", agency.0, body.0);
    found.fetch_optional(tx.conn()).await?.ok_or(Error::NotFound)
}

/// Gives a vacant seat: to a person, or to a body, which says by itself who sits for it.
pub(in super::super) async fn fill(
    tx: &mut AgencyTx,
    can: &Can<EditGroups>,
    (group, id): (SubjectId, Uuid),
    new: &NewTerm,
) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    consent::in_own_words(tx, &[("mandate", &new.mandate)]).await?;
    let of = seat(tx, group, id, today).await?.ok_or(Error::NotFound)?;
    if !of.is_vacant() {
        return Err(Error::refused("who", OCCUPIED));
    }
    if let Some(body) = new.who.body()
        && is_tribe(tx, body).await? != (of.constituency == Constituency::Tribes)
    {
        let other =
            if of.constituency == Constituency::Tribes { "Choose a Tribal government" } else { "Choose a partner that is no Tribe" };
        return Err(Error::refused("who", format!("{other}: this seat is for {}", of.constituency)));
    }
    end(tx, id).await?;
    sqlx::query!(
        "insert into seat_term (agency_id, id, group_id, seat_id, partner_id, membership_id, mandate, from_on, until_on, given_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        agency.0,
        fresh(),
        group.0,
        id,
        new.who.body().map(|id| id.0),
        new.who.member().map(|id| id.0),
        new.mandate,
        new.from_on,
        new.until_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("one_in_a_seat", "who", OCCUPIED)?;
    told_of_seat(tx, can, group, new).await?;
    chain::happened(tx, group, &format!("a seat was given: {}", of.constituency.label()), "").await?;
    audit::record(tx, said("gave a seat in", group, &of).field("mandate", &new.mandate)).await
}

/// Whoever was given a seat hears of it; a body, that it is to say who sits for it. Of a draft nobody does.
async fn told_of_seat(tx: &mut AgencyTx, can: &Can<EditGroups>, group: SubjectId, new: &NewTerm) -> Result<(), Error> {
    if find(tx, group).await?.is_none_or(|group| group.is_draft()) {
        return Ok(());
    }
    let told = |said: &str| Notice { kind: "meeting_seat", said: said.to_owned(), path: paths::group(can.slug(), group) };
    match (new.who.body(), new.who.member()) {
        (Some(body), _) => {
            let said = told("Your organization or Tribe has a seat in a group, and says who sits there for it");
            notices::tell_stewards(tx, body, &said).await
        }
        (None, Some(member)) => notices::tell(tx, &[member], &told("You were given a seat in a group")).await,
        (None, None) => Ok(()),
    }
}

/// Ends whatever term a seat has.
async fn end(tx: &mut AgencyTx, seat: Uuid) -> Result<u64, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let ended = sqlx::query!(
        "update seat_term set ended_on = least($3::date, coalesce(until_on, $3::date)) where agency_id = $1 and seat_id = $2 and ended_on is null",
        agency.0,
        seat,
        today,
    )
    .execute(tx.conn())
    .await?;
    Ok(ended.rows_affected())
}

/// Nobody sits in it from today on.
pub(in super::super) async fn vacate(tx: &mut AgencyTx, _: &Can<EditGroups>, group: SubjectId, id: Uuid) -> Result<(), Error> {
    let today = tx.today();
    let of = seat(tx, group, id, today).await?.ok_or(Error::NotFound)?;
    if end(tx, id).await? == 0 {
        return Err(Error::NotFound);
    }
    chain::happened(tx, group, &format!("a seat is vacant: {}", of.constituency.label()), "").await?;
    audit::record(tx, said("ended a term in", group, &of)).await
}

/// Says who sits for the body that has the seat: the word of somebody who speaks for it.
pub(in super::super) async fn name_sitter(
    tx: &mut AgencyTx,
    can: &Can<NameSitter>,
    (group, id): (SubjectId, Uuid),
    named: &Sitter,
) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    consent::in_own_words(tx, &[("mandate", &named.mandate)]).await?;
    let of = seat(tx, group, id, today).await?.ok_or(Error::NotFound)?;
    if of.body_id.is_none() || of.body_id != can.mandated_body() {
        return Err(Error::NotAllowed);
    }
    sqlx::query!(
        "update seat_term set membership_id = $3, mandate = $4, named_by = $5, named_at = $6
         where agency_id = $1 and seat_id = $2 and ended_on is null and partner_id is not null",
        agency.0,
        id,
        named.member.0,
        named.mandate,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    chain::happened(tx, group, "a body said who sits for it", "").await?;
    audit::record(tx, said("named who sits in", group, &of).field("mandate", &named.mandate)).await
}

fn said<'a>(action: &'a str, group: SubjectId, of: &Seat) -> Change<'a> {
    Change::of(action, Kind::Group, group).saying(of.constituency.label().to_owned())
}
