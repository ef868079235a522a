//! What a changed card means for words that were already written down. A narrower card narrows all of them; a wider one
//! reaches only what still waits for the speaker. Runs as keeper, because most of those rows are not for those on duty to see.

use crate::{
    audit::{self, Change},
    consent::{self, Attribution, Uses},
    listening::{
        sessions::OnDuty,
        speakers::{Card, Speaker},
    },
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// Lets the words of a speaker follow their card, from how it was to how it is now.
///
/// # Errors
/// When the database refuses.
pub async fn follow_card(tx: &mut AgencyTx, _: &OnDuty, before: &Speaker, now: &Speaker) -> Result<(), Error> {
    let same = (before.card, &before.uses, &before.label, &before.name, before.body, before.membership)
        == (now.card, &now.uses, &now.label, &now.name, now.body, now.membership);
    if same {
        return Ok(());
    }
    audit::record(tx, Change::about("words follow the card", "speaker")).await?;
    tx.as_keeper("a changed card", async |tx| {
        if now.card == Card::DoNotWrite {
            strike_waiting(tx, now).await?;
        } else {
            inherit(tx, now).await?;
        }
        narrow(tx, before, now).await?;
        belong(tx, now).await?;
        note(tx, now).await
    })
    .await
}

/// Whether the speaker confirmed words that stand; those that the asker may read.
///
/// # Errors
/// When the database refuses.
pub async fn keeps_words(tx: &mut AgencyTx, speaker: &Speaker) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from statement where agency_id = $1 and speaker_id = $2 and state in ('confirmed', 'corrected')) as "any!""#,
        agency.0,
        speaker.id.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// What nobody has confirmed is not kept when its speaker asks that nothing be written.
async fn strike_waiting(tx: &mut AgencyTx, speaker: &Speaker) -> Result<(), Error> {
    let agency = tx.agency();
    let waiting = sqlx::query!(
        r#"select id as "id: SubjectId", words from statement
           where agency_id = $1 and speaker_id = $2 and state in ('draft', 'with_speaker') order by id"#,
        agency.0,
        speaker.id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    for one in waiting {
        consent::take_back(tx, one.id, one.words.as_deref()).await?;
    }
    sqlx::query!(
        "delete from spoken_run r using statement st
         where r.agency_id = $1 and st.agency_id = $1 and st.id = r.statement_id and st.speaker_id = $2 and st.state in ('draft', 'with_speaker')",
        agency.0,
        speaker.id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "delete from said_run r using statement st
         where r.agency_id = $1 and st.agency_id = $1 and st.id = r.first_in and st.speaker_id = $2 and st.state in ('draft', 'with_speaker')",
        agency.0,
        speaker.id.0,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update statement set words = null, folded = null, state = 'struck', attribution = 'anonymous', shown_as = '', sensitivity = '',
             wanted_audience = 'author', may_keep = false, may_quote = false, may_name = false, may_export = false, may_publish = false,
             may_research = false, consent_version = consent_version + 1, version = version + 1
         where agency_id = $1 and speaker_id = $2 and state in ('draft', 'with_speaker')",
        agency.0,
        speaker.id.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What waits is under the card as it is now, as if it had been written down today.
async fn inherit(tx: &mut AgencyTx, speaker: &Speaker) -> Result<(), Error> {
    let agency = tx.agency();
    let (uses, (attribution, shown_as)) = (Uses::of(&speaker.uses), super::write::shown(speaker));
    sqlx::query!(
        "update statement set may_keep = $3, may_quote = $4, may_name = $5, may_export = $6, may_publish = $7, may_research = $8,
             attribution = $9, shown_as = $10, body_id = $11,
             wanted_audience = case when wanted_audience = 'body' and $11::uuid is null then 'author' else wanted_audience end,
             state = case when $12 then 'with_speaker' else state end,
             consent_version = consent_version + 1, version = version + 1
         where agency_id = $1 and speaker_id = $2 and state in ('draft', 'with_speaker')",
        agency.0,
        speaker.id.0,
        uses.kept,
        uses.quoted,
        uses.named,
        uses.exported,
        uses.published,
        uses.research,
        attribution as Attribution,
        shown_as,
        speaker.body.map(|id| id.0),
        speaker.membership.is_some(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// From confirmed words goes what the card no longer allows. Nothing is added: only the speaker's own word does that.
async fn narrow(tx: &mut AgencyTx, before: &Speaker, now: &Speaker) -> Result<(), Error> {
    let agency = tx.agency();
    let (was, is) = (Uses::of(&before.uses), Uses::of(&now.uses));
    let nothing = now.card == Card::DoNotWrite;
    let gone = |was: bool, is: bool| nothing || (was && !is);
    let named = gone(was.named, is.named) || (now.card != Card::WithName && before.card == Card::WithName);
    sqlx::query!(
        "update statement set may_quote = may_quote and not $3, may_name = may_name and not $4, may_export = may_export and not $5,
             may_publish = may_publish and not $6, may_research = may_research and not $7,
             quote_until = case when not $3 then quote_until end, export_until = case when not $5 then export_until end,
             publish_until = case when not $6 then publish_until end, research_until = case when not $7 then research_until end,
             shown_as = case when $4 and attribution = 'named' then $8 else shown_as end,
             attribution = case when $4 and attribution = 'named' then 'role' else attribution end,
             consent_version = consent_version + 1, version = version + 1
         where agency_id = $1 and speaker_id = $2 and state in ('confirmed', 'corrected')
           and ((may_quote and $3) or ((may_name or attribution = 'named') and $4) or (may_export and $5) or (may_publish and $6) or (may_research and $7))",
        agency.0,
        now.id.0,
        gone(was.quoted, is.quoted),
        named,
        gone(was.exported, is.exported),
        gone(was.published, is.published),
        gone(was.research, is.research),
        now.label,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A member finds their words on their own pages, and a body its people's: what waits goes with the card. Of confirmed words
/// only the speaker is added, and their body where that lets nobody read who could not before.
async fn belong(tx: &mut AgencyTx, speaker: &Speaker) -> Result<(), Error> {
    let agency = tx.agency();
    let (body, member) = (speaker.body.map(|id| id.0), speaker.membership.map(|id| id.0));
    sqlx::query!(
        "update statement st set body_id = $3 from subject s
         where st.agency_id = $1 and st.speaker_id = $2 and s.agency_id = st.agency_id and s.id = st.id and st.body_id is null
           and st.state in ('confirmed', 'corrected') and s.audience in ('author', 'partnership', 'public')",
        agency.0,
        speaker.id.0,
        body,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "update subject s set body_id = st.body_id, for_analysts = st.may_export and st.state in ('confirmed', 'corrected'),
             author_id = case when st.state in ('draft', 'with_speaker') then $3 else coalesce(s.author_id, $3) end, version = s.version + 1
         from statement st
         where s.agency_id = $1 and st.agency_id = s.agency_id and st.id = s.id and st.speaker_id = $2
           and st.state in ('draft', 'with_speaker', 'confirmed', 'corrected')",
        agency.0,
        speaker.id.0,
        member,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Every change of consent is kept, with the version it made.
async fn note(tx: &mut AgencyTx, speaker: &Speaker) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|one| one.0));
    sqlx::query!(
        "insert into consent_change (agency_id, id, statement_id, version, uses, audience, how, by_id, created_at, wording_id)
         select st.agency_id, gen_random_uuid(), st.id, st.consent_version,
                array_remove(array[case when st.may_keep then 'kept' end, case when st.may_quote then 'quoted' end,
                    case when st.may_name then 'named' end, case when st.may_export then 'exported' end,
                    case when st.may_publish then 'published' end, case when st.may_research then 'research' end], null),
                s.audience, 'card', $3, $4, $5
         from statement st join subject s on s.agency_id = st.agency_id and s.id = st.id
         where st.agency_id = $1 and st.speaker_id = $2
           and st.consent_version > (select coalesce(max(c.version), 0) from consent_change c where c.agency_id = $1 and c.statement_id = st.id)",
        agency.0,
        speaker.id.0,
        me,
        now,
        speaker.wording.map(|one| one.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
