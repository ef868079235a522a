//! Reading rounds: their sums, never an answer.

use super::super::model::{AccountOfRound, Round, RoundId, State, Told, Wording};
use crate::{
    commitments::Side,
    platform::{db::AgencyTx, error::Error, form::Choice, ids::SubjectId, paging::Paging},
};
use sqlx::types::Json;

/// What is asked now; none until somebody has set it.
pub(in super::super) async fn wording(tx: &mut AgencyTx) -> Result<Option<Wording>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Wording,
        "select version, question, steps, smallest, by_itself from trust_wording where agency_id = $1 order by version desc limit 1",
        agency.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A page of rounds, the latest first.
pub(in super::super) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Round>, Error> {
    select(tx, None, (paging.limit(), paging.offset())).await
}

/// One round.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: RoundId) -> Result<Option<Round>, Error> {
    Ok(select(tx, Some(id), (1, 0)).await?.pop())
}

async fn select(tx: &mut AgencyTx, one: Option<RoundId>, (limit, offset): (i64, i64)) -> Result<Vec<Round>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        Round,
        r#"select r.id as "id: RoundId", s.title as "session?", s.path as "session_path?", r.opened_on, r.closes_on, w.question, w.steps, w.smallest,
                  r.state as "state: State", a.answers as "answers?", a.hundredths as "hundredths?", g.hundredths as "agency_hundredths?",
                  p.hundredths as "partner_hundredths?",
                  (select b.hundredths from trust_round o join trust_sum b on b.agency_id = o.agency_id and b.round_id = o.id and b.side = 'all'
                   where o.agency_id = r.agency_id and (o.session_id is null) = (r.session_id is null) and (o.closes_on, o.id) < (r.closes_on, r.id)
                   order by o.closes_on desc, o.id desc limit 1) as before,
                  q.membership_id is not null as "asked!", coalesce(q.answered, false) as "answered!",
                  array(select distinct case when m.role = 'partner' then 'partner' else 'agency' end
                        from trust_account t join membership m on m.agency_id = t.agency_id and m.id = t.by_id
                        where t.agency_id = r.agency_id and t.round_id = r.id) as "told_by!: Vec<Side>"
           from trust_round r
           join trust_wording w on w.agency_id = r.agency_id and w.version = r.wording
           left join subject s on s.agency_id = r.agency_id and s.id = r.session_id
           left join trust_sum a on a.agency_id = r.agency_id and a.round_id = r.id and a.side = 'all'
           left join trust_sum g on g.agency_id = r.agency_id and g.round_id = r.id and g.side = 'agency'
           left join trust_sum p on p.agency_id = r.agency_id and p.round_id = r.id and p.side = 'partner'
           left join trust_asked q on q.agency_id = r.agency_id and q.round_id = r.id and q.membership_id = $3
           where r.agency_id = $1 and ($2::uuid is null or r.id = $2)
           order by r.closes_on desc, r.id desc
           limit $4 offset $5"#,
        agency.0,
        one.map(|id| id.0),
        me,
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The round about the session that a link is for.
pub(in super::super) async fn link_round(tx: &mut AgencyTx, session: SubjectId) -> Result<Option<(RoundId, Wording)>, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select r.id as "id: RoundId", w.version, w.question, w.steps, w.smallest, w.by_itself
           from trust_round r join trust_wording w on w.agency_id = r.agency_id and w.version = r.wording
           where r.agency_id = $1 and r.session_id = $2 and r.state = 'open' and r.closes_on > $3"#,
        agency.0,
        session.0,
        tx.today(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let wording =
            Wording { version: row.version, question: row.question, steps: row.steps, smallest: row.smallest, by_itself: row.by_itself };
        (row.id, wording)
    }))
}

/// The sentences of a round that was shown, in no order of theirs.
pub(in super::super) async fn said(tx: &mut AgencyTx, round: RoundId) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    let said =
        sqlx::query_scalar!("select words from trust_said where agency_id = $1 and round_id = $2 order by id limit 200", agency.0, round.0);
    Ok(said.fetch_all(tx.conn()).await?)
}

/// What both sides wrote about it, the first one first.
pub(in super::super) async fn accounts(tx: &mut AgencyTx, round: RoundId) -> Result<Vec<Told>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    Ok(sqlx::query_as!(
        Told,
        r#"select a.id as "id: AccountOfRound", case when m.role = 'partner' then 'partner' else 'agency' end as "side!: Side",
                  case when m.lived_experience then 'community member' else m.name end
                      || coalesce(', ' || (select p.name from partner p where p.agency_id = m.agency_id and p.id = m.partner_id), '') as "by!",
                  a.words, a.written_at, coalesce(a.by_id = $3, false) as "mine!"
           from trust_account a join membership m on m.agency_id = a.agency_id and m.id = a.by_id
           where a.agency_id = $1 and a.round_id = $2
           order by a.written_at, a.id limit 100"#,
        agency.0,
        round.0,
        me,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What is asked now, and the sessions that were held in the last sixty days and not asked about yet: both in one statement.
pub(in super::super) async fn offer(tx: &mut AgencyTx) -> Result<(Option<Wording>, Vec<Choice>), Error> {
    let (agency, since) = (tx.agency(), tx.now() - chrono::Duration::days(60));
    let row = sqlx::query!(
        r#"select w.version as "version?", w.question as "question?", w.steps as "steps?", w.smallest as "smallest?", w.by_itself as "by_itself?",
                  (select json_agg(json_build_object('value', o.id, 'label', o.title) order by o.held_at desc, o.id)
                   from (select l.id, l.title, l.held_at from listening_session l
                         where l.agency_id = $1 and l.held_at >= $2 and l.state in ('held', 'with_speakers', 'confirmed', 'closed')
                           and not exists (select 1 from trust_round r where r.agency_id = l.agency_id and r.session_id = l.id)
                         order by l.held_at desc, l.id limit 50) o) as "sessions: Json<Vec<Choice>>"
           from (select) one
           left join lateral (
               select t.version, t.question, t.steps, t.smallest, t.by_itself from trust_wording t
               where t.agency_id = $1 order by t.version desc limit 1) w on true"#,
        agency.0,
        since,
    )
    .fetch_one(tx.conn())
    .await?;
    let sessions = row.sessions.map(|all| all.0).unwrap_or_default();
    let set = row.version.zip(row.question).zip(row.steps).zip(row.smallest).zip(row.by_itself);
    let wording =
        set.map(|((((version, question), steps), smallest), by_itself)| Wording { version, question, steps, smallest, by_itself });
    Ok((wording, sessions))
}
