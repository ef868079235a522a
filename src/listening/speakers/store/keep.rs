//! Taking in a card, keeping it, and keeping how somebody may be reached.

use super::find::find;
use crate::{
    audit::{self, Change},
    listening::{
        sessions::{self, OnDuty, Recording, State},
        speakers::{
            forms::{NewCard, Reached},
            model::{Card, CardHow, OwnCard, Reach, Speaker, SpeakerId},
        },
    },
    partners,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::PartnerId,
        labels::Label as _,
        policy::{AnswerStatements, WriteCards},
    },
};

/// Takes in a card, with the uses that the agency's table makes of it today. The notice comes first: nobody speaks, and
/// nobody consents, before it was read.
pub(in super::super) async fn add(tx: &mut AgencyTx, _: &Can<WriteCards>, duty: &OnDuty, new: &NewCard) -> Result<SpeakerId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SpeakerId::fresh());
    takes_cards(tx, duty).await?;
    as_it_was_given(new, None)?;
    let partner = known(tx, new, None).await?;
    sqlx::query!(
        "insert into speaker (agency_id, id, session_id, name, label, community, card, card_how, partner_id, membership_id, minor, minor_consent,
             reach_how, reach_at, reach_hours, reach_through, may_leave_message, may_name_agency, created_at, uses, wording_id, asked_until)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             case when i.reach_channel in ('telephone', 'text', 'email', 'letter', 'in_person') then i.reach_channel else $13 end,
             case when i.reach_channel = 'in_person' then '' when i.reach_at <> '' then i.reach_at else $14 end, coalesce(left(i.reach_hours, 150), $15), $16,
             coalesce(i.may_leave_message, $17), coalesce(i.may_name_agency, $18), $19,
             coalesce(array(select jsonb_array_elements_text(a.card_table -> $7)), '{}'),
             (select w.id from consent_wording w where w.agency_id = $1 and w.id = $20),
             (select max(o.asked_until) from speaker o where o.agency_id = $1 and o.session_id = $3)
         from agency a left join member_identity i on $13 = '' and i.agency_id = $1 and i.membership_id = $10 where a.id = $1",
        agency.0, id.0, duty.session().0, new.name, new.label, new.community, new.card as Card, new.card_how as CardHow,
        partner.map(|id| id.0), new.membership.map(|id| id.0), new.minor, new.minor_consent, new.reach.how.map_or("", Reach::as_str),
        new.reach.at, new.reach.hours, new.reach.through, new.reach.may_leave_message, new.reach.may_name_agency, now,
        new.wording.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("card taken in", "speaker").field("label", &new.label)).await?;
    Ok(id)
}

/// A card is about words: it is taken in where notes were agreed, after the notice, while nothing is stopped.
pub(super) async fn takes_cards(tx: &mut AgencyTx, duty: &OnDuty) -> Result<(), Error> {
    let session = sessions::brief(tx, duty.session()).await?.ok_or(Error::NotFound)?;
    let refused = if session.recording != Recording::Notes {
        "No card is needed here: nobody’s words are written down in this session"
    } else if !session.notice_read {
        "Read the reporting notice aloud first, and note it in the room: it comes before any card"
    } else if session.stopped {
        "The session is stopped: take in the card once people are ready to go on"
    } else if matches!(session.state, State::Closed | State::Cancelled) {
        "The session is over: no card can be added"
    } else {
        return Ok(());
    };
    Err(Error::refused("", refused))
}

/// Keeps a card; only another answer of the speaker brings the agency's table of today with it. Of a member's card those on duty
/// leave alone how the member may be reached; of another's it is told to the readers of the speaker's words that they noted it.
pub(in super::super) async fn keep(
    tx: &mut AgencyTx,
    can: &Can<WriteCards>,
    duty: &OnDuty,
    (id, new): (SpeakerId, &NewCard),
) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let before = find(tx, id).await?.filter(|one| one.session == duty.session()).ok_or(Error::NotFound)?;
    as_it_was_given(new, Some(&before))?;
    let partner = known(tx, new, Some(&before)).await?;
    let kept = sqlx::query!(
        "update speaker set name = $4, label = $5, community = $6, card = $7, card_how = $8, partner_id = $9, membership_id = $10, minor = $11,
             minor_consent = $12, reach_how = case when membership_id is null then $13 else reach_how end,
             reach_at = case when membership_id is null then $14 else reach_at end,
             reach_hours = case when membership_id is null then $15 else reach_hours end,
             reach_through = case when membership_id is null then $16 else reach_through end,
             may_leave_message = case when membership_id is null then $17 else may_leave_message end,
             may_name_agency = case when membership_id is null then $18 else may_name_agency end, reach_aside = case when membership_id is distinct from $10 then '{}' else reach_aside end,
             wording_id = (select w.id from consent_wording w where w.agency_id = $1 and w.id = $19),
             filled_at = case when $8 = 'own' then filled_at when handed_at is not null then coalesce(filled_at, $20) end,
             version = version + 1, uses = case when card = $7 then uses
                 else coalesce(array(select jsonb_array_elements_text(a.card_table -> $7) from agency a where a.id = $1), '{}') end
         where agency_id = $1 and id = $2 and version = $3",
        agency.0, id.0, can.version(), new.name, new.label, new.community, new.card as Card, new.card_how as CardHow,
        partner.map(|id| id.0), new.membership.map(|id| id.0), new.minor, new.minor_consent, new.reach.how.map_or("", Reach::as_str),
        new.reach.at, new.reach.hours, new.reach.through, new.reach.may_leave_message, new.reach.may_name_agency, new.wording.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if before.membership.is_none() && is_reached_otherwise(&before, new) {
        audit::record_on_words_of(tx, id.0, "noted how to reach the speaker of").await?;
    }
    audit::record(tx, Change::about("card changed", "speaker").field("label", &new.label)).await
}

/// Only the speaker fills in a card on their own telephone: what those on duty were told since then was told in another way.
fn as_it_was_given(new: &NewCard, before: Option<&Speaker>) -> Result<(), Error> {
    let stays = before.is_some_and(|one| one.card_how == CardHow::Own && (one.card, &one.name) == (new.card, &new.name));
    if new.card_how == CardHow::Own && !stays {
        return Err(Error::refused("card_how", "Choose how they told you: on paper, or aloud"));
    }
    Ok(())
}

fn is_reached_otherwise(before: &Speaker, new: &NewCard) -> bool {
    let reach = &new.reach;
    (before.reach, &before.reach_at, &before.reach_hours, &before.reach_through, before.may_leave_message, before.may_name_agency)
        != (reach.how, &reach.at, &reach.hours, &reach.through, reach.may_leave_message, reach.may_name_agency)
}

/// Keeps how a speaker may be reached: the speaker's own word, in place of all that was said before.
pub(in super::super) async fn keep_reach(
    tx: &mut AgencyTx,
    can: &Can<AnswerStatements>,
    own: OwnCard,
    reach: &Reached,
) -> Result<(), Error> {
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update speaker set reach_how = $4, reach_at = $5, reach_hours = $6, reach_through = $7, may_leave_message = $8, may_name_agency = $9,
             reach_aside = '{}', version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        own.0.0,
        can.version(),
        reach.how.map_or("", Reach::as_str),
        reach.at,
        reach.hours,
        reach.through,
        reach.may_leave_message,
        reach.may_name_agency,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("reach changed", "speaker").for_oneself()).await
}

/// The body of a card; both the body and the member it names must be here. A member's card belongs to that member's body. A card
/// is joined to those whom its form offers, and to nobody else once its speaker has given their word.
async fn known(tx: &mut AgencyTx, new: &NewCard, before: Option<&Speaker>) -> Result<Option<PartnerId>, Error> {
    let (agency, joined) = (tx.agency(), before.and_then(|one| one.membership));
    if before.is_some_and(|one| one.word_given) && new.membership != joined {
        return Err(Error::refused(
            "membership",
            "Leave this as it is: the speaker has given their word, and their words go to nobody else",
        ));
    }
    if let Some(member) = new.membership {
        let found = sqlx::query!(
            r#"select partner_id as "body: PartnerId" from membership where agency_id = $1 and id = $2 and role = 'partner'
               and ($3 or may_be_joined(id))"#,
            agency.0,
            member.0,
            joined == Some(member),
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or_else(|| Error::refused("membership", "Choose one of the list"))?;
        return Ok(found.body);
    }
    match new.partner {
        Some(id) if partners::find_name(tx, id).await?.is_none() => Err(Error::refused("partner", "Choose one of the list")),
        partner => Ok(partner),
    }
}
