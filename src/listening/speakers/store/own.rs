//! A card that the speaker fills in themselves: handed over empty, answered once.

use super::keep::takes_cards;
use crate::{
    audit::{self, Change},
    listening::{
        sessions::OnDuty,
        speakers::{
            forms::NewCard,
            model::{BlankCard, Card, Reach, SpeakerId},
        },
    },
    platform::{access::Can, db::AgencyTx, error::Error, labels::Label as _, policy::WriteStatements},
};

/// Hands over an empty card: nothing that this person says is written down before they have answered it.
pub(in super::super) async fn hand_over(tx: &mut AgencyTx, _: &Can<WriteStatements>, duty: &OnDuty) -> Result<SpeakerId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SpeakerId::fresh());
    takes_cards(tx, duty).await?;
    sqlx::query!(
        "insert into speaker (agency_id, id, session_id, label, community, card, card_how, created_at, handed_at)
         select $1, $2, l.id, $4, l.community, 'do_not_write', 'own', $5, $5 from listening_session l where l.agency_id = $1 and l.id = $3",
        agency.0,
        id.0,
        duty.session().0,
        "somebody who fills in their card",
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("card handed over", "speaker")).await?;
    Ok(id)
}

/// Takes the speaker's own answer, with the uses that the agency's table makes of it today. As keeper: by a link nothing else of a card
/// changes, and this only once.
pub(in super::super) async fn fill_in(tx: &mut AgencyTx, blank: BlankCard, new: &NewCard) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    audit::record(tx, Change::about("card filled in", "speaker").by_speaker().field("label", &new.label)).await?;
    tx.as_keeper("a card that its speaker filled in", async |tx| {
        let filled = sqlx::query!(
            "update speaker set name = $3, label = $4, community = $5, card = $6, reach_how = $7, reach_at = $8, reach_hours = $9, reach_through = $10,
                 may_leave_message = $11, may_name_agency = $12, filled_at = $13, version = version + 1,
                 wording_id = (select w.id from consent_wording w where w.agency_id = $1 and w.id = $14),
                 uses = coalesce(array(select jsonb_array_elements_text(a.card_table -> $6) from agency a where a.id = $1), '{}')
             where agency_id = $1 and id = $2 and card_how = 'own' and handed_at is not null and filled_at is null",
            agency.0,
            blank.0.0,
            new.name,
            new.label,
            new.community,
            new.card as Card,
            new.reach.how.map_or("", Reach::as_str),
            new.reach.at,
            new.reach.hours,
            new.reach.through,
            new.reach.may_leave_message,
            new.reach.may_name_agency,
            now,
            new.wording.map(|id| id.0),
        )
        .execute(tx.conn())
        .await?;
        match filled.rows_affected() {
            1 => Ok(()),
            _ => Err(Error::refused("", "This card is filled in already. Tell those who listen to you what should change")),
        }
    })
    .await
}
