//! Asking: what is asked, when, and of whom; links for those without a sign-in; both sides' accounts.

use super::super::model::{AccountOfRound, Asking, DAYS, RoundId, Wording};
use crate::{
    audit::{self, Change},
    consent,
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{self, SubjectId},
        policy::{AskTrust, ManageSettings, TellTrust},
        session::Token,
    },
};
use chrono::{Datelike as _, Days, Duration};

/// Sets what is asked from the next round on; what runs keeps the words that people were asked in.
pub(in super::super) async fn keep_wording(tx: &mut AgencyTx, can: &Can<ManageSettings>, new: &Wording) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let version = super::wording(tx).await?.map_or(0, |before| before.version);
    if version != can.version() {
        return Err(Error::Refused(Problems::stale()));
    }
    let set = sqlx::query!(
        "insert into trust_wording (agency_id, version, question, steps, smallest, by_itself, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing",
        agency.0,
        version + 1,
        new.question,
        &new.steps,
        new.smallest,
        new.by_itself,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if set.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    audit::record(tx, Change::about("set", "question about trust").field("question", &new.question)).await
}

/// Asks now: those who took part in a session, or everybody for the quarter. What is over ends before. Of those who ask the same at one
/// moment the second gets the first’s round.
pub(in super::super) async fn ask(tx: &mut AgencyTx, _: &Can<AskTrust>, session: Option<SubjectId>) -> Result<Asking, Error> {
    let today = tx.today();
    tx.as_keeper("ending rounds about trust", async |tx| {
        sqlx::query!("select end_trust_rounds($1)", today).execute(tx.conn()).await?;
        Ok(())
    })
    .await?;
    let wording = super::wording(tx).await?.ok_or_else(|| Error::refused("", "An administrator sets the question first"))?;
    let Some(id) = open(tx, wording.version, session).await? else {
        let first = running(tx, session).await?;
        return first.map(Asking::Already).ok_or_else(|| Error::refused("session", "It was asked after this session already"));
    };
    tx.as_keeper("whom the question about trust is asked of", async |tx| asked(tx, id, session).await).await?;
    audit::record(tx, Change { subject: session, ..Change::about("asked", "question about trust") }).await?;
    Ok(Asking::Begun(id))
}

/// The round of a session, or of the quarter as long as it is open.
async fn running(tx: &mut AgencyTx, session: Option<SubjectId>) -> Result<Option<RoundId>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select id as "id: RoundId" from trust_round
           where agency_id = $1 and case when $2::uuid is null then session_id is null and state = 'open' else session_id = $2 end"#,
        agency.0,
        session.map(|id| id.0),
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Begins a round; none where there is one, or somebody else begins it just now: the database waits for whoever was first.
async fn open(tx: &mut AgencyTx, wording: i32, session: Option<SubjectId>) -> Result<Option<RoundId>, Error> {
    let (agency, now, today, id) = (tx.agency(), tx.now(), tx.today(), RoundId::fresh());
    let begun = sqlx::query!(
        "insert into trust_round (agency_id, id, session_id, opened_on, closes_on, wording, created_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        agency.0,
        id.0,
        session.map(|id| id.0),
        today,
        today + Days::new(DAYS),
        wording,
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok((begun.rows_affected() == 1).then_some(id))
}

/// Of a session, those who had a duty in it or spoke; of the quarter, everybody but administrators. A person is asked once, whatever
/// hats they have. For the keeper.
async fn asked(tx: &mut AgencyTx, round: RoundId, session: Option<SubjectId>) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into trust_asked (agency_id, round_id, membership_id, side)
         select distinct on (coalesce(m.account_id, m.id)) $1, $2, m.id, case when m.role = 'partner' then 'partner' else 'agency' end
         from membership m
         where m.agency_id = $1 and m.state = 'active' and m.role <> 'administrator'
           and ($3::uuid is null
                or exists (select 1 from session_duty d where d.agency_id = m.agency_id and d.session_id = $3 and d.membership_id = m.id)
                or exists (select 1 from speaker p where p.agency_id = m.agency_id and p.session_id = $3 and p.membership_id = m.id))
         order by coalesce(m.account_id, m.id), m.role <> 'partner', m.id",
        agency.0,
        round.0,
        session.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Ends what is over, and asks where the agency set that it is asked by itself. For the worker, agency by agency.
pub(in super::super) async fn by_itself(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, today, since) = (tx.agency(), tx.today(), tx.now() - Duration::days(14));
    let quarter = today.with_day(1).and_then(|day| day.with_month(today.month0() / 3 * 3 + 1)).unwrap_or(today);
    tx.as_keeper("the question about trust", async |tx| {
        sqlx::query!("select end_trust_rounds($1)", today).execute(tx.conn()).await?;
        let Some(wording) = super::wording(tx).await?.filter(|wording| wording.by_itself) else { return Ok(()) };
        let sessions = sqlx::query_scalar!(
            r#"select l.id as "id: SubjectId" from listening_session l
               where l.agency_id = $1 and l.held_at >= $2 and l.state in ('held', 'with_speakers', 'confirmed', 'closed')
                 and not exists (select 1 from trust_round r where r.agency_id = l.agency_id and r.session_id = l.id)
               order by l.held_at, l.id limit 20"#,
            agency.0,
            since,
        )
        .fetch_all(tx.conn())
        .await?;
        let has_quarter = sqlx::query_scalar!(
            r#"select exists (select 1 from trust_round where agency_id = $1 and session_id is null and (opened_on >= $2 or state = 'open')) as "has!""#,
            agency.0,
            quarter,
        )
        .fetch_one(tx.conn())
        .await?;
        for session in sessions.into_iter().map(Some).chain((!has_quarter).then_some(None)) {
            let Some(id) = open(tx, wording.version, session).await? else { continue };
            asked(tx, id, session).await?;
            audit::record(tx, Change { subject: session, ..Change::about("asked", "question about trust") }).await?;
        }
        Ok(())
    })
    .await
}

/// A link for somebody who came and has no sign-in: no more of them than people came beside those who were asked.
pub(in super::super) async fn make_link(tx: &mut AgencyTx, can: &Can<AskTrust>, round: RoundId) -> Result<Token, Error> {
    let (agency, now, token) = (tx.agency(), tx.now(), Token::fresh());
    let made = sqlx::query!(
        "insert into return_link (agency_id, id, token_hash, subject_id, purpose, made_by, created_at, expires_at)
         select r.agency_id, $3, $4, r.session_id, 'trust', $5, $6, $7
         from trust_round r
         where r.agency_id = $1 and r.id = $2 and r.session_id is not null and r.state = 'open' and r.closes_on > $8
           and (select coalesce(sum(a.number), 0) from attendance a where a.agency_id = r.agency_id and a.session_id = r.session_id and a.constituency <> 'agency')
             > (select count(*) from return_link l where l.agency_id = r.agency_id and l.subject_id = r.session_id and l.purpose = 'trust')",
        agency.0,
        round.0,
        ids::fresh(),
        &token.hash(),
        can.me().0,
        now,
        now + Duration::days(DAYS.cast_signed()),
        tx.today(),
    )
    .execute(tx.conn())
    .await?;
    if made.rows_affected() == 0 {
        return Err(Error::refused("", "No more links are made than people came, and none once the round is over"));
    }
    audit::record(tx, Change::about("link made", "question about trust")).await?;
    Ok(token)
}

/// Writes what was going on, for the asker's own side.
pub(in super::super) async fn write_account(tx: &mut AgencyTx, can: &Can<TellTrust>, round: RoundId, words: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    consent::no_copied_words(tx, "words", words).await?;
    sqlx::query!(
        "insert into trust_account (agency_id, id, round_id, by_id, words, written_at) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        ids::fresh(),
        round.0,
        can.me().0,
        words,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("wrote an account of", "question about trust").field("words", words)).await
}

/// Takes the asker's own account back.
pub(in super::super) async fn take_account_back(
    tx: &mut AgencyTx,
    can: &Can<TellTrust>,
    round: RoundId,
    id: AccountOfRound,
) -> Result<(), Error> {
    let agency = tx.agency();
    let gone = sqlx::query!(
        "delete from trust_account where agency_id = $1 and round_id = $2 and id = $3 and by_id = $4",
        agency.0,
        round.0,
        id.0,
        can.me().0,
    )
    .execute(tx.conn())
    .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::about("took back an account of", "question about trust")).await
}
