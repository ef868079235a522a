//! Questions in, and what the rules ask out. Whether a record is shown is asked of the database itself, under the other person's
//! standing, and only yes or no comes back.

use super::{
    forms::NO_RECORD,
    model::{Facts, Part, QuestionId},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        asker::Asker,
        db::{AgencyTx, Standing},
        error::Error,
        form::Choice,
        ids::{AccountId, MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        policy::{AskWhoSees, Hat},
        subject::{Audience, Kind},
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

/// A question, with what was answered when it was asked.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// As members are called on lists.
    pub(super) person: String,
    pub(super) record: SubjectId,
    pub(super) at: DateTime<Utc>,
    pub(super) sees: bool,
    /// All was told; otherwise it is the answer for anybody of the same role and body.
    pub(super) told_all: bool,
    pub(super) parts: Json<Vec<Part>>,
}

/// A record that may be asked about.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) kind: Kind,
    /// Of a question whose it is and its day: its title begins with its words, and words are not repeated.
    pub(super) title: String,
    pub(super) path: String,
    audience: Audience,
    body: Option<PartnerId>,
    author: Option<MembershipId>,
    for_analysts: bool,
    is_protected: bool,
    is_withdrawn: bool,
}

impl Record {
    /// Asked by its author, or by a steward of its body, or about something that is nobody's own: then all is told.
    fn is_told_all(&self, asker: &Asker) -> bool {
        let stewarded = asker.hat() == Hat::Steward && self.body.is_some() && self.body == asker.body();
        // Whom a protocol lets in is its stewards' to know.
        stewarded || (!self.is_protected && ((self.author.is_none() && self.kind != Kind::Statement) || self.author == Some(asker.me())))
    }

    /// Directors and administrators ask about what they see; everybody else about what is their own or their body's.
    fn may_be_asked_about(&self, asker: &Asker) -> bool {
        matches!(asker.hat(), Hat::Director | Hat::Administrator)
            || self.author == Some(asker.me())
            || (asker.hat() == Hat::Steward && self.body.is_some() && self.body == asker.body())
    }
}

/// Whom the asker may ask about, as members are called on lists; those whose names have these words.
pub(super) async fn people(tx: &mut AgencyTx, asker: &Asker, words: &str) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id as "id: MembershipId", m.name, coalesce(p.name, m.role) as "as_what!", m.state
           from membership m left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and ($2 or m.state = 'active' or m.partner_id = $3 or m.id = $4)
             and ($5 = '' or position(lower($5) in lower(m.name)) > 0)
           order by m.state <> 'active', m.name, m.id limit 300"#,
        agency.0,
        asker.hat().is_agency_side(),
        asker.body().map(|id| id.0),
        asker.me().0,
        words,
    )
    .fetch_all(tx.conn())
    .await?;
    let label = |name: String, as_what: String, state: String| {
        if state == "active" { format!("{name}, {as_what}") } else { format!("{name}, {as_what} ({state})") }
    };
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), label(row.name, row.as_what, row.state))).collect())
}

/// Whether the asker may know of this membership.
async fn is_known(tx: &mut AgencyTx, asker: &Asker, person: MembershipId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from membership m where m.agency_id = $1 and m.id = $5
               and ($2 or m.state = 'active' or m.partner_id = $3 or m.id = $4)) as "known!""#,
        agency.0,
        asker.hat().is_agency_side(),
        asker.body().map(|id| id.0),
        asker.me().0,
        person.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// The record, where the asker may see it: another one is as if it never was.
pub(super) async fn record(tx: &mut AgencyTx, id: SubjectId) -> Result<Record, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select s.kind as "kind: Kind", s.path, s.audience as "audience: Audience", s.body_id as "body: PartnerId", s.author_id as "author: MembershipId",
                  s.for_analysts and coalesce(s.analysts_until > current_moment(), true) as "for_analysts!", coalesce(s.protocols, 0) > 0 as "is_protected!", s.withdrawn_at is not null as "is_withdrawn!",
                  case when s.kind not in ('loop', 'obstacle') then s.title
                       else coalesce('of ' || coalesce(p.name, case when m.lived_experience then 'a community member' else m.name end,
                                case when l.id is not null then 'somebody without an account' end) || ', ', '')
                           || 'of ' || to_char(s.created_at at time zone $3, 'FMDD FMMonth YYYY') end as "title!"
           from subject s
           left join loop l on l.agency_id = s.agency_id and l.id = s.id
           left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
           where s.agency_id = $1 and s.id = $2"#,
        agency.0,
        id.0,
        tx.zone(),
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let (audience, body, author) = (row.audience, row.body, row.author);
    let (for_analysts, is_protected, is_withdrawn) = (row.for_analysts, row.is_protected, row.is_withdrawn);
    Ok(Record { kind: row.kind, title: row.title, path: row.path, audience, body, author, for_analysts, is_protected, is_withdrawn })
}

/// Asks, and keeps the answer of this moment: that is when it stands in the log of the record.
pub(super) async fn ask(tx: &mut AgencyTx, can: &Can<AskWhoSees>, person: MembershipId, id: SubjectId) -> Result<QuestionId, Error> {
    let (agency, now, question) = (tx.agency(), tx.now(), QuestionId::fresh());
    let record = record(tx, id).await.map_err(|error| match error {
        Error::NotFound => Error::refused("record", NO_RECORD),
        other => other,
    })?;
    if !record.may_be_asked_about(can) {
        return Err(Error::refused("record", "Enter a record that is your own, or your body’s where you are its steward"));
    }
    if !is_known(tx, can, person).await? {
        return Err(Error::NotFound);
    }
    let facts = facts(tx, can, &record, (person, id)).await?;
    sqlx::query!(
        "insert into sight_question (agency_id, id, asked_by, member_id, subject_id, at, sees, told_all, parts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        question.0,
        can.me().0,
        person.0,
        id.0,
        now,
        facts.sees(),
        facts.told_all,
        serde_json::to_value(facts.parts()).map_err(Error::internal)?,
    )
    .execute(tx.conn())
    .await?;
    let change = Change { member: Some(person), ..Change::of("asked who sees", record.kind, id) };
    audit::record(tx, change).await?;
    Ok(question)
}

/// A question of the asker's own with its answer, as long as they may still be told as much about the record.
pub(super) async fn find(tx: &mut AgencyTx, asker: &Asker, id: QuestionId) -> Result<(Question, Record), Error> {
    let agency = tx.agency();
    let question = sqlx::query_as!(
        Question,
        r#"select m.name as person, q.subject_id as "record: SubjectId", q.at, q.sees, q.told_all, q.parts as "parts: Json<Vec<Part>>"
           from sight_question q join membership m on m.agency_id = q.agency_id and m.id = q.member_id
           where q.agency_id = $1 and q.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let record = record(tx, question.record).await?;
    let may = record.may_be_asked_about(asker) && (!question.told_all || record.is_told_all(asker));
    if may { Ok((question, record)) } else { Err(Error::NotFound) }
}

/// A question that the asker asked before.
#[derive(Debug, Clone)]
pub(super) struct Before {
    pub(super) id: QuestionId,
    pub(super) person: String,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) at: DateTime<Utc>,
}

/// The asker's latest questions about what they may still see.
pub(super) async fn before(tx: &mut AgencyTx) -> Result<Vec<Before>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Before,
        r#"select q.id as "id: QuestionId", m.name as person, s.kind as "kind: Kind", q.at,
                  case when s.kind = 'loop' then 'of ' || to_char(s.created_at at time zone $2, 'FMDD FMMonth YYYY') else s.title end as "title!"
           from sight_question q
           join membership m on m.agency_id = q.agency_id and m.id = q.member_id
           join subject s on s.agency_id = q.agency_id and s.id = q.subject_id
           where q.agency_id = $1
           order by q.at desc, q.id desc limit 10"#,
        agency.0,
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A person as the rules need them.
struct Person {
    state: String,
    hat: Hat,
    as_what: String,
    standing: Standing,
}

async fn person(tx: &mut AgencyTx, id: MembershipId) -> Result<Person, Error> {
    let (agency, today, zone) = (tx.agency(), tx.today(), tx.standing().zone);
    let row = sqlx::query!(
        r#"select m.state, m.role, m.steward, m.partner_id as "body: PartnerId", p.name as "body_name?", m.account_id as "account: AccountId",
                  m.sees_landscape or m.role = 'director' or exists (select 1 from delegation d where d.agency_id = m.agency_id and d.lent_to = m.id
                      and d.duty = 'landscape' and d.ended_at is null and d.until >= $3) as "landscape!"
           from membership m left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.id = $2"#,
        agency.0,
        id.0,
        today,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let role = Hat::parse(&row.role).ok_or(Error::NotFound)?;
    let hat = if row.steward { Hat::Steward } else { role };
    let as_what = match (row.body_name, row.steward) {
        (Some(body), true) => format!("steward of {body}"),
        (Some(body), false) => body,
        (None, _) => hat.to_string(),
    };
    let (membership, link, landscape) = (Some(id), None, row.landscape);
    let standing = Standing { agency, account: row.account, membership, hat, body: row.body, landscape, link, zone };
    Ok(Person { state: row.state, hat, as_what, standing })
}

/// Everything that the rules ask, and what the database answers.
async fn facts(tx: &mut AgencyTx, asker: &Asker, record: &Record, (about, id): (MembershipId, SubjectId)) -> Result<Facts, Error> {
    let (person, told_all) = (person(tx, about).await?, record.is_told_all(asker));
    let agency = tx.agency();
    let is_named = sqlx::query_scalar!(
        r#"select exists (select 1 from subject_reader where agency_id = $1 and subject_id = $2 and membership_id = $3) as "named!""#,
        agency.0,
        id.0,
        about.0,
    )
    .fetch_one(tx.conn())
    .await?;
    // Whoever may not know whose it is asks about somebody of the same role and body, and not about this person.
    let asked = if told_all { person.standing } else { Standing { membership: None, account: None, ..person.standing } };
    let shown = tx.as_another(asked, async |tx| is_shown(tx, id, record.kind).await).await?;
    let body = person.standing.body;
    Ok(Facts {
        state: person.state,
        hat: person.hat,
        as_what: person.as_what,
        kind: record.kind,
        audience: record.audience,
        has_body: body.is_some(),
        same_body: body.is_some() && body == record.body,
        is_author: record.author == Some(about),
        is_named,
        for_analysts: record.for_analysts,
        is_protected: record.is_protected,
        is_withdrawn: record.is_withdrawn,
        told_all,
        shown,
    })
}

/// Whether whoever the transaction runs for is shown the record and its own row.
async fn is_shown(tx: &mut AgencyTx, id: SubjectId, kind: Kind) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from subject where agency_id = $1 and id = $2) and case $3
               when 'partner' then exists (select 1 from partner where agency_id = $1 and id = $2)
               when 'outreach' then exists (select 1 from outreach where agency_id = $1 and id = $2)
               when 'session' then exists (select 1 from listening_session where agency_id = $1 and id = $2)
               when 'statement' then exists (select 1 from statement where agency_id = $1 and id = $2)
               when 'theme' then exists (select 1 from theme where agency_id = $1 and id = $2)
               when 'group' then exists (select 1 from joint_group where agency_id = $1 and id = $2)
               when 'meeting' then exists (select 1 from meeting where agency_id = $1 and id = $2)
               when 'barrier' then exists (select 1 from barrier where agency_id = $1 and id = $2)
               when 'goal' then exists (select 1 from goal where agency_id = $1 and id = $2)
               when 'plan' then exists (select 1 from plan where agency_id = $1 and id = $2)
               when 'commitment' then exists (select 1 from commitment where agency_id = $1 and id = $2)
               when 'obstacle' then exists (select 1 from obstacle where agency_id = $1 and id = $2)
               else exists (select 1 from loop where agency_id = $1 and id = $2) end as "shown!""#,
        agency.0,
        id.0,
        kind.as_str(),
    )
    .fetch_one(tx.conn())
    .await?)
}
