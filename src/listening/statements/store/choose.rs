//! Who may read a confirmed statement and what may be done with it. The speaker decides everything; their body's steward decides
//! who reads it, and may allow less; what they leave as it is holds no longer by that. Runs as keeper, because narrowing may take the words out of the steward's own sight.

use super::answer::{note_consent, show_as_chosen};
use crate::{
    audit::{self, Change},
    consent::{Attribution, How},
    listening::statements::model::{Choices, Decides, NextStep, Owner, Statement},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::SubjectId,
        policy::SeeToStatements,
        subject::{Audience, Kind},
    },
};

/// Keeps new choices for a statement's words; `version` is the one that was read.
pub(in crate::listening::statements) async fn choose(
    tx: &mut AgencyTx,
    decides: Decides,
    now: &Statement,
    choices: &Choices,
    version: i32,
) -> Result<(), Error> {
    if decides.owner == Owner::Steward {
        no_more_uses(now, choices)?;
    }
    let (agency, moment, by_link) = (tx.agency(), tx.now(), tx.standing().link.filter(|_| choices.open_more_than(now)));
    audit::record(tx, Change::of("chose who may read", Kind::Statement, decides.id).by_speaker()).await?;
    tx.as_keeper("a change of consent", async |tx| {
        if let Some(speaker) = by_link {
            decided_by_this_link(tx, decides.id, speaker).await?;
        }
        let kept = sqlx::query!(
            "update statement set attribution = $4, wanted_audience = $5, may_quote = $6, may_name = $7, may_export = $8, may_publish = $9,
                 may_research = $10, quote_until = case when not $6 then null when $12 then quote_until else consent_until('quoted', $11) end,
                 export_until = case when not $8 then null when $12 then export_until else consent_until('exported', $11) end,
                 publish_until = case when not $9 then null when $12 then publish_until else consent_until('published', $11) end,
                 research_until = case when not $10 then null when $12 then research_until else consent_until('research', $11) end,
                 consent_version = consent_version + 1, version = version + 1
             where agency_id = $1 and id = $2 and version = $3 and state in ('confirmed', 'corrected')",
            agency.0,
            decides.id.0,
            version,
            choices.attribution as Attribution,
            choices.audience as Audience,
            choices.uses.quoted,
            choices.uses.named,
            choices.uses.exported,
            choices.uses.published,
            choices.uses.research,
            moment,
            decides.owner == Owner::Steward,
        )
        .execute(tx.conn())
        .await?;
        if kept.rows_affected() == 0 {
            return Err(Error::Refused(Problems::stale()));
        }
        show_as_chosen(tx, decides.id).await?;
        sqlx::query!(
            "update subject s set audience = $3, for_analysts = $4, analysts_until = st.export_until, version = s.version + 1
             from statement st where s.agency_id = $1 and s.id = $2 and st.agency_id = s.agency_id and st.id = s.id",
            agency.0,
            decides.id.0,
            choices.audience as Audience,
            choices.uses.exported,
        )
        .execute(tx.conn())
        .await?;
        let narrowed = decides.owner == Owner::Steward && choices.audience == Audience::Body;
        if narrowed || choices.audience == Audience::Author {
            nobody_of_the_room(tx, decides.id).await?;
        }
        let how = if decides.owner == Owner::Bearer { How::Link } else { How::Member };
        note_consent(tx, (decides.id, false), choices, how).await?;
        super::renewals::answered_by_choosing(tx, decides.id).await?;
        if choices.close_more_than(now) { crate::consent::recall_taken(tx, decides.id).await } else { Ok(()) }
    })
    .await
}

/// “Only I” is meant for those who were in the room, too; so is a steward's word that only the body's own people read it.
async fn nobody_of_the_room(tx: &mut AgencyTx, id: SubjectId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!("update statement set for_room = false where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!("delete from room_reader where agency_id = $1 and subject_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    sqlx::query!("delete from subject_reader where agency_id = $1 and subject_id = $2", agency.0, id.0).execute(tx.conn()).await?;
    Ok(())
}

/// A link lets more people read only what the speaker decided by it before: it may be in the hands of whoever made it.
async fn decided_by_this_link(tx: &mut AgencyTx, id: SubjectId, speaker: uuid::Uuid) -> Result<(), Error> {
    let own = sqlx::query_scalar!(r#"select decided_by_link($1, $2) as "own!""#, id.0, speaker).fetch_one(tx.conn()).await?;
    if own {
        return Ok(());
    }
    let narrower = "Choose the same or less: you gave your word on these in another way. By this link you can let fewer people read them, \
                    allow less, and take them back";
    Err(Error::refused("audience", narrower))
}

fn no_more_uses(now: &Statement, choices: &Choices) -> Result<(), Error> {
    let mut problems = Problems::default();
    if !choices.uses.within(&now.uses) {
        problems.add("uses", "Allow the same or less: only the speaker can allow more");
    }
    if choices.attribution < now.attribution {
        problems.add("attribution", "Show the same or less of who spoke: only the speaker can show more");
    }
    problems.or(()).map_err(Error::Refused)
}

/// Who on the agency's side may take a statement on.
pub(in crate::listening::statements) async fn takers(tx: &mut AgencyTx) -> Result<Vec<crate::platform::form::Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select id, name, role from membership where agency_id = $1 and role in ('director', 'staff') and state = 'active' order by name, id",
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| crate::platform::form::Choice::new(row.id.to_string(), format!("{}, {}", row.name, row.role))).collect())
}

/// Says who sees to what was heard, and what comes next.
pub(in crate::listening::statements) async fn see_to(
    tx: &mut AgencyTx,
    can: &Can<SeeToStatements>,
    id: SubjectId,
    next: &NextStep,
) -> Result<(), Error> {
    crate::consent::no_copied_words(tx, "next_step", &next.step).await?;
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update statement set owner_id = $4, next_step = $5, next_on = $6, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and state in ('confirmed', 'corrected')",
        agency.0,
        id.0,
        can.version(),
        next.owner.map(|one| one.0),
        next.step,
        next.on,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::of("planned the next step of", Kind::Statement, id).field("next_step", &next.step)).await
}
