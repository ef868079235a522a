//! Reading loops.

use super::super::{
    listed::{Counts, Listed},
    model::{Answer, Happened, Kind, Loop, Neighbour, State},
};
use crate::{
    commitments::State as Promised,
    platform::{
        acting::{Entered, ToldHow},
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::Hat,
        subject::{self, Audience, Kind as RecordKind, Subject},
    },
    protocols::Mark,
};
use chrono::NaiveDate;
use sqlx::types::Json;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug)]
pub(in super::super) struct Narrowed<'a> {
    /// A state, or `open`, `late` or `escalated`.
    pub(in super::super) state: &'a str,
    pub(in super::super) kind: &'a str,
    pub(in super::super) partner: Option<PartnerId>,
    /// Only those whose word is the reader's, or that came from the reader's body.
    pub(in super::super) ours: bool,
    /// `new`, `old` or `who`; anything else is the list's own order.
    pub(in super::super) sort: &'a str,
    pub(in super::super) today: NaiveDate,
    /// Asks also who raised something, for the filter.
    pub(in super::super) partners: bool,
}

/// A page of the list.
#[derive(Debug, Default)]
pub(in super::super) struct Found {
    pub(in super::super) loops: Vec<Listed>,
    pub(in super::super) counts: Counts,
    /// Partners that raised something the reader may see, when asked for.
    pub(in super::super) partners: Vec<Choice>,
}

/// A page of the list, how many of each sort the reader may see, and who raised something, in one query: what is open first, by
/// its clock; then what was answered, then what was closed; or in the order asked for.
pub(in super::super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Found, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let rows = sqlx::query!(
        r#"select n.open as "open!", n.late as "late!", n.no_word as "no_word!", n.closed as "closed!", n.review as "review!",
                  q.id as "id?: SubjectId", q.kind as "kind?: Kind", q.title as "title?", q.seen as "state?: State", q.name as "name?", q.body as "body?",
                  q.created_at as "created_at?", q.acknowledge_by as "acknowledge_by?", q.answer_by as "answer_by?", q.answered_at as "answered_at?",
                  q.closed_at as "closed_at?", q.reopened as "reopened?", (q.word_of = $3) as "mine?", q.entered as "entered?", q.beside as "beside: Json<Vec<Mark>>",
                  case when row_number() over (order by q.place) = 1 then n.partners end as "partners: Json<Vec<Choice>>"
           from (select o.open, o.late, o.review,
                        (select count(*) from (select 1 from loop l where l.agency_id = $1 and l.state = 'answered' limit $14) a) as no_word,
                        (select count(*) from (select 1 from loop l where l.agency_id = $1 and l.state = 'closed' limit $14) c) as closed,
                        case when $13 then (select json_agg(json_build_object('value', p.id, 'label', p.name) order by p.is_tribe desc, p.sort_name, p.id)
                            from partner p where p.agency_id = $1 and exists (select 1 from loop o
                                where o.agency_id = p.agency_id and o.raised_for_partner_id = p.id)) end as partners
                 from (select count(*) as open, count(*) filter (where l.state = 'review') as review,
                              count(*) filter (where l.state = 'raised' and l.acknowledge_by < $8 or l.answer_by < $8) as late
                       from loop l where l.agency_id = $1 and l.state in ('raised', 'acknowledged', 'review')) o) n
           left join lateral (select f.*, row_number() over () as place
           from (select l.id, l.kind, s.title, x.seen, case when m.lived_experience then 'community member' else coalesce(m.name, 'somebody without an account') end as name,
                        p.name as body, l.created_at, l.acknowledge_by, l.answer_by,
                        case when l.state in ('answered', 'closed', 'left') then l.answered_at end as answered_at, l.closed_at, l.reopened, x.word_of,
                        case when l.acting_id is not null then case when l.confirmed_at is null then 'entered for them, not confirmed' else 'entered for them' end end as entered,
                        case when s.marked or p.labelled then marks_beside(l.id, l.raised_for_partner_id) end as beside
                 from loop l
                 join subject s on s.agency_id = l.agency_id and s.id = l.id
                 left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
                 left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
                 cross join lateral (select case when l.state = 'review' and not $2 then 'acknowledged' else l.state end as seen,
                                            coalesce(l.heir_id, l.raised_by) as word_of) x
                 where l.agency_id = $1
                   and ($4 = '' or x.seen = $4
                        or ($4 = 'open' and l.state in ('raised', 'acknowledged', 'review'))
                        or ($4 = 'late' and l.state in ('raised', 'acknowledged', 'review')
                            and (l.state = 'raised' and l.acknowledge_by < $8 or l.answer_by < $8))
                        or ($4 = 'escalated' and l.state in ('raised', 'acknowledged') and l.escalated_at is not null))
                   and ($5 = '' or l.kind = $5)
                   and ($6::uuid is null or l.raised_for_partner_id = $6)
                   and (not $7 or x.word_of = $3 or l.raised_for_partner_id = $9)
                 order by case when $12 = 'new' then l.created_at end desc, case when $12 = 'old' then l.created_at end,
                          case when $12 = 'who' then coalesce(p.sort_name, m.name, 'somebody without an account') end,
                          case when l.state in ('raised', 'acknowledged', 'review') then 0 when l.state = 'answered' then 1 else 2 end,
                          case when l.state in ('raised', 'acknowledged', 'review') then l.answer_by end, l.created_at desc, l.id
                 limit $10 offset $11) f) q on true
           order by q.place"#,
        agency.0,
        standing.hat.is_agency_side(),
        standing.membership.map(|id| id.0),
        narrowed.state,
        narrowed.kind,
        narrowed.partner.map(|id| id.0),
        narrowed.ours,
        narrowed.today,
        standing.body.map(|id| id.0),
        paging.limit(),
        paging.offset(),
        narrowed.sort,
        narrowed.partners,
        Counts::MOST,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().filter_map(|row| row.id));
    let partners = rows.iter().find_map(|row| row.partners.clone()).map(|partners| partners.0).unwrap_or_default();
    let counts = rows.first().map_or_else(Counts::default, |row| Counts {
        open: row.open,
        late: row.late,
        no_word: row.no_word,
        closed: row.closed,
        review: row.review,
    });
    let listed = rows.into_iter().filter_map(|row| {
        let name = row.name?;
        Some(Listed {
            id: row.id?,
            kind: row.kind?,
            title: row.title?,
            state: row.state?,
            by: row.body.map_or_else(|| name.clone(), |body| format!("{name}, {body}")),
            created_at: row.created_at?,
            acknowledge_by: row.acknowledge_by?,
            answer_by: row.answer_by?,
            answered_at: row.answered_at,
            closed_at: row.closed_at,
            reopened: row.reopened?,
            mine: row.mine.unwrap_or(false),
            entered: row.entered,
            beside: row.beside.map(|all| all.0).unwrap_or_default(),
        })
    });
    Ok(Found { loops: listed.collect(), counts, partners })
}

/// One loop. An answer that has not gone out yet is no answer for the partners' side.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Loop>, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    let row = sqlx::query!(
        r#"select l.kind as "kind: Kind", l.words, l.state as "state: State", s.audience as "audience: Audience",
                  l.raised_by as "raised_by: MembershipId", l.about,
                  case when m.lived_experience then 'community member' else coalesce(m.name, 'somebody without an account') end as "raiser!",
                  coalesce(m.state = 'ended', false) as "raiser_left!", l.raised_for_partner_id as "body: PartnerId", p.name as "body_name?",
                  coalesce(p.is_tribe, false) as "is_tribe!", l.heir_id as "heir: MembershipId",
                  (select h.name from membership h where h.agency_id = l.agency_id and h.id = l.heir_id) as heir_name,
                  l.acknowledge_by, l.answer_by, l.acknowledged_at, l.answer as "answer: Answer", l.answer_words, l.answer_reason, l.answer_due,
                  l.answered_at, (select a.name || ', ' || a.role from membership a where a.agency_id = l.agency_id and a.id = l.answered_by) as answered_by,
                  (select r.name from membership r where r.agency_id = l.agency_id and r.id = l.reviewed_by and l.reviewed_by <> l.answered_by) as reviewed_by,
                  l.closed_at, l.reopened, l.asked_again_at, l.version, l.created_at, l.promise_id as "promise: SubjectId", c.state as "promise_state?: Promised", c.due_on as "promise_due?", l.together, l.escalated_at,
                  l.answered_by as "answerer: MembershipId", s.version as readers_version,
                  (select e.name from membership e where e.agency_id = l.agency_id and e.id = l.entered_by) as entered_by,
                  l.told_how as "told_how: ToldHow", l.confirmed_at, l.struck_at,
                  ($3 or l.answered_by is distinct from $4 and reviews_answers($5)) as "reviewable!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
           left join commitment c on c.agency_id = l.agency_id and c.id = l.promise_id
           where l.agency_id = $1 and l.id = $2"#,
        agency.0,
        id.0,
        standing.hat == Hat::Director,
        standing.membership.map(|id| id.0),
        tx.today(),
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.shows(row.iter().filter(|row| row.words.is_some()).map(|_| id));
    Ok(row.map(|row| {
        let gone_out = standing.hat.is_agency_side() || matches!(row.state, State::Answered | State::Closed | State::Left);
        Loop {
            id,
            kind: row.kind,
            words: row.words,
            state: if row.state == State::Review && !gone_out { State::Acknowledged } else { row.state },
            audience: row.audience,
            mine: if row.raised_by.is_some() {
                standing.membership.is_some() && row.heir.or(row.raised_by) == standing.membership
            } else {
                standing.hat == Hat::Link && standing.link == Some(id.0)
            },
            stewarded: standing.hat == Hat::Steward && row.body.is_some() && row.body == standing.body,
            word_of: row.heir.or(row.raised_by),
            about: row.about,
            answerer: row.answerer,
            together: row.together,
            escalated_at: row.escalated_at,
            promise: row.promise.filter(|_| gone_out),
            promised: row.promise_state.zip(row.promise_due).filter(|_| gone_out),
            raiser: row.raiser,
            body: row.body,
            body_name: row.body_name,
            is_tribe: row.is_tribe,
            raiser_left: row.raiser_left,
            heir_name: row.heir_name,
            acknowledge_by: row.acknowledge_by,
            answer_by: row.answer_by,
            acknowledged_at: row.acknowledged_at,
            answer: row.answer.filter(|_| gone_out),
            answer_words: if gone_out { row.answer_words } else { String::new() },
            answer_reason: if gone_out { row.answer_reason } else { String::new() },
            answer_due: row.answer_due.filter(|_| gone_out),
            answered_at: row.answered_at.filter(|_| gone_out),
            answered_by: row.answered_by.filter(|_| gone_out),
            reviewed_by: row.reviewed_by.filter(|_| gone_out),
            reviewable: row.reviewable,
            closed_at: row.closed_at,
            reopened: row.reopened,
            asked_again_at: row.asked_again_at,
            entered: Entered::of(row.entered_by, row.told_how, (row.confirmed_at, row.struck_at)),
            version: row.version,
            readers_version: row.readers_version,
            created_at: row.created_at,
        }
    }))
}

/// What happened to it, in order.
pub(in super::super) async fn happened(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Happened>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Happened,
        r#"select h.what, h.text,
                  case when m.lived_experience then 'community member' when h.by_id is null then 'somebody without an account' else coalesce(m.name, 'the agency') end as "by!",
                  h.created_at as at
           from happening h left join membership m on m.agency_id = h.agency_id and m.id = h.by_id
           where h.agency_id = $1 and h.subject_id = $2
           order by h.created_at, h.id
           limit 200"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The records next to it, and the comment from which it was raised where the reader may see it.
pub(in super::super) async fn neighbours(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Neighbour>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Neighbour,
        r#"select s.kind as "kind: RecordKind", s.title, s.path || coalesce('#comment-' || c.id, '') as "path!", e.from_id = $2 as "before!",
                  c.id is not null as "comment!"
           from edge e
           join subject s on s.agency_id = e.agency_id and s.id = case when e.from_id = $2 then e.to_id else e.from_id end
           left join loop l on l.agency_id = e.agency_id and l.id = $2 and e.from_id = $2
           left join comment c on c.agency_id = l.agency_id and c.id = l.comment_id and c.subject_id = s.id and c.withdrawn_at is null
           where e.agency_id = $1 and (e.from_id = $2 or e.to_id = $2)
           order by 4 desc, s.created_at, s.id
           limit 50"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What something is raised from.
#[derive(Debug)]
pub(in super::super) struct Source {
    pub(in super::super) record: Subject,
    /// It is a comment on that record.
    pub(in super::super) comment: Option<uuid::Uuid>,
}

/// The record that something is raised from, and the comment on it: both must be there for this person.
pub(in super::super) async fn source(
    tx: &mut AgencyTx,
    id: Option<SubjectId>,
    comment: Option<uuid::Uuid>,
) -> Result<Option<Source>, Error> {
    // A comment by itself would be looked up by nobody but the foreign key, which sees what nobody may see.
    let Some(id) = id else { return if comment.is_none() { Ok(None) } else { Err(Error::NotFound) } };
    let (agency, record) = (tx.agency(), subject::find(tx, id).await?.ok_or(Error::NotFound)?);
    if let Some(comment) = comment {
        let there = sqlx::query_scalar!(
            r#"select exists (select 1 from comment where agency_id = $1 and id = $2 and subject_id = $3 and withdrawn_at is null) as "there!""#,
            agency.0,
            comment,
            id.0,
        )
        .fetch_one(tx.conn())
        .await?;
        if !there {
            return Err(Error::NotFound);
        }
    }
    Ok(Some(Source { record, comment }))
}

/// Who of a body could inherit.
pub(in super::super) async fn heirs(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select id, name from membership where agency_id = $1 and partner_id = $2 and state = 'active' order by name, id",
        agency.0,
        body.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}
