//! One statement, where it came from, where it led, and who has read it.

use super::list::Row;
use crate::{
    consent::{self, Asked, Attribution, How},
    listening::{
        answers,
        speakers::{self, SpeakerId},
        statements::model::{Decision, Joint, State, Statement, TakenBack, Told, Whole},
        themes,
    },
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{MembershipId, PartnerId, SubjectId},
        reading,
        subject::{Audience, Kind},
    },
    protocols::{self, Mark},
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// One statement, or nothing when the asker may not see it.
pub(in crate::listening::statements) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Statement>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    let row = sqlx::query_as!(
        Row,
        r#"select st.id as "id: SubjectId", s.title, st.session_id as "session: SubjectId", ls.title as "session_title?",
                  coalesce(ls.starts_at, s.created_at) as "heard_at!", st.speaker_id as "speaker: SpeakerId", s.author_id as "author: MembershipId",
                  st.body_id as "body: PartnerId", p.name as "body_name?", st.words, st.language, st.attribution as "attribution: Attribution",
                  st.shown_as, k.name as "card_name?", k.label as "card_label?", k.community as "card_community?", st.sensitivity, st.wanted_audience as "wanted: Audience", s.audience as "audience: Audience", st.may_keep,
                  quotable(st) as "may_quote!", st.may_name, exportable(st) as "may_export!", publishable(st) as "may_publish!",
                  researchable(st) as "may_research!", st.quote_until, st.export_until, st.publish_until, st.research_until,
                  json_build_object(
                      'wording', (select json_build_object('id', w.id, 'language', w.language, 'version', w.version, 'words', w.words)
                          from consent_wording w where w.agency_id = $1 and w.id = wording_in(st.language)),
                      'months', (select coalesce(json_object_agg(c.used, c.months), '{}') from consent_term c where c.agency_id = $1))
                      as "asked: Json<Asked>",
                  st.told_how as "told_how?: Told",
                  (select case when w.lived_experience then 'community member' else w.name end from membership w
                   where w.agency_id = $1 and w.id = st.written_by) as written_by,
                  st.state as "state: State",
                  st.confirmed_how as "confirmed_how: How", st.confirmed_at, st.witness, st.owner_id as "owner: MembershipId",
                  m.name as "owner_name?", st.next_step, st.next_on, st.withdrawn_at,
                  exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = st.session_id and d.membership_id = $3) as "is_holder!",
                  null::json as "beside: Json<Vec<Mark>>", st.version
           from statement st
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           left join listening_session ls on ls.agency_id = st.agency_id and ls.id = st.session_id
           left join partner p on p.agency_id = st.agency_id and p.id = st.body_id
           left join membership m on m.agency_id = st.agency_id and m.id = st.owner_id
           left join speaker k on k.agency_id = st.agency_id and k.id = st.speaker_id
           where st.agency_id = $1 and st.id = $2"#,
        agency.0,
        id.0,
        me,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.shows(row.iter().filter(|row| row.words.is_some()).map(|row| row.id));
    Ok(row.map(Statement::from))
}

/// What it led to: everything visible that rests on it, directly or through what rests on it, in the order of the chain.
pub(in crate::listening::statements) async fn led_to(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Joint>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Joint,
        r#"with recursive led(id, at, depth) as (
               select from_id, created_at, 1 from edge where agency_id = $1 and to_id = $2 and kind in ('source', 'evidence', 'raised_from', 'promised_in')
               union
               select e.from_id, e.created_at, l.depth + 1 from edge e join led l on l.id = e.to_id
               where e.agency_id = $1 and e.kind in ('source', 'evidence', 'addresses', 'step_of') and l.depth < 5)
           select s.kind as "kind: Kind", s.title, s.path, min(l.at) as "at!"
           from led l join subject s on s.agency_id = $1 and s.id = l.id
           group by s.id, s.kind, s.title, s.path
           order by min(l.depth), min(l.at), s.id
           limit 40"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// When the agency acknowledged what was heard in that session, if it did.
pub(in crate::listening::statements) async fn acknowledged_at(
    tx: &mut AgencyTx,
    session: SubjectId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select min(created_at) from acknowledgement where agency_id = $1 and session_id = $2", agency.0, session.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Who decided who may read it since it was confirmed, the latest first; for its speaker, also by their link, and for their body's
/// steward.
pub(in crate::listening::statements) async fn decisions(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Decision>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Decision,
        r#"select d.created_at as "at!", d.by, d.audience as "audience!: Audience", d.before as "before: Audience"
           from (select c.created_at, c.version, c.id, c.how, c.audience, case when c.version > 2 then lag(c.audience) over (order by c.version, c.created_at, c.id) end as before,
                        case when c.by_id = s.author_id or c.by_id is null then null else coalesce(m.name, 'a steward') end as by
                 from consent_change c
                 join subject s on s.agency_id = c.agency_id and s.id = c.statement_id
                 left join membership m on m.agency_id = c.agency_id and m.id = c.by_id
                 where c.agency_id = $1 and c.statement_id = $2) d
           where d.how in ('member', 'link') and d.version > 1 and d.before is distinct from d.audience
           order by d.version desc, d.created_at desc, d.id desc limit 20"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Who took the words back, as far as the asker may know: the log of consent is its speaker's and their body's stewards'.
pub(in crate::listening::statements) async fn taken_back(tx: &mut AgencyTx, statement: &Statement) -> Result<Option<TakenBack>, Error> {
    if statement.state != State::Withdrawn || statement.is_destroyed() {
        return Ok(None);
    }
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_as!(
        TakenBack,
        r#"select c.how as "how: How", coalesce(c.by_id = s.author_id, false) as "by_author!", coalesce(c.by_id = $3, false) as "by_reader!", m.name as "by?"
           from consent_change c
           join subject s on s.agency_id = c.agency_id and s.id = c.statement_id
           left join membership m on m.agency_id = c.agency_id and m.id = c.by_id
           where c.agency_id = $1 and c.statement_id = $2 and c.how <> 'card'
           order by c.version desc, c.created_at desc, c.id desc limit 1"#,
        agency.0,
        statement.id.0,
        me,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One statement with all that its page says about it.
pub(in crate::listening::statements) async fn whole(tx: &mut AgencyTx, id: SubjectId) -> Result<Whole, Error> {
    let statement = find(tx, id).await?.ok_or(Error::NotFound)?;
    let decides = statement.decided_by(tx.standing()).is_some();
    let remains = if statement.words.is_none() { consent::remains_of(tx, id, None).await? } else { consent::Remains::default() };
    let chosen_last = match statement.speaker.filter(|_| statement.spoken_by(tx.standing()).is_some()) {
        Some(speaker) => super::spoken::chosen_last(tx, speaker).await?,
        None => None,
    };
    let own = statement.author.is_some() && statement.author == tx.standing().membership && statement.state.stands();
    let told = match statement.speaker.filter(|_| own) {
        Some(speaker) => answers::told_to(tx, speaker, id).await?,
        None => Vec::new(),
    };
    Ok(Whole {
        told,
        remains,
        taken_back: taken_back(tx, &statement).await?,
        chosen_last,
        led_to: led_to(tx, id).await?,
        acknowledged_at: acknowledged_at(tx, statement.session).await?,
        readings: if decides { reading::of(tx, id.0, None).await? } else { Vec::new() },
        decisions: if decides { decisions(tx, id).await? } else { Vec::new() },
        given: if decides { consent::given(tx, id).await? } else { None },
        recalls: if decides { consent::recalls_of(tx, id).await? } else { Vec::new() },
        takers: super::choose::takers(tx).await?,
        themes: themes::choices(tx).await?,
        speakers: if statement.held().is_some() { speakers::choices(tx, statement.session).await? } else { Vec::new() },
        marked: protocols::marks_of(tx, id, statement.body).await?,
        comments: crate::comments::of(tx, id).await?.while_there_are(statement.words.is_some()),
        statement,
    })
}
