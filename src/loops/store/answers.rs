//! What was raised and what was answered, side by side: of one body, of one community, or of the whole agency, as far as the reader may
//! read it.

use super::super::model::{Answer, Kind, State};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    form::Choice,
    ids::{PartnerId, SubjectId},
    labels::Label as _,
    paging::Paging,
    words,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use sqlx::types::Json;

/// One thing that was raised, with its answer.
#[derive(Debug)]
pub(in super::super) struct Given {
    pub(in super::super) id: SubjectId,
    pub(in super::super) kind: Kind,
    pub(in super::super) words: String,
    pub(in super::super) by: String,
    pub(in super::super) raised_at: DateTime<Utc>,
    /// Somebody entered it for them, and they have not said that it is what they said.
    pub(in super::super) unconfirmed: bool,
    pub(in super::super) state: State,
    pub(in super::super) answer: Answer,
    pub(in super::super) answer_words: String,
    pub(in super::super) reason: String,
    pub(in super::super) answered_at: DateTime<Utc>,
    /// What became of the promise that the answer made.
    pub(in super::super) promise: Option<(crate::commitments::State, NaiveDate)>,
}

impl Given {
    /// "We did", "We will, by 3 March 2027", "Not possible".
    pub(in super::super) fn did(&self) -> String {
        match (self.answer, self.promise) {
            (Answer::Done, _) => "We did".to_owned(),
            (Answer::Will, Some((_, by))) => format!("We will, by {}", words::day(by)),
            (Answer::Will, None) => "We will".to_owned(),
            (Answer::NotPossible, _) => "Not possible".to_owned(),
        }
    }

    /// What became of the promise, where the answer made one.
    pub(in super::super) fn promise_words(&self, today: NaiveDate) -> Option<String> {
        use crate::commitments::State as Promise;
        let (state, by) = self.promise?;
        Some(match state {
            Promise::Open | Promise::Returned if by < today => "the promise is late".to_owned(),
            state => format!("the promise: {}", state.label()),
        })
    }
}

/// How many were answered in the last twelve months, of each sort, and how many have no answer, under the same filters.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Sums {
    pub(in super::super) done: i64,
    pub(in super::super) will: i64,
    pub(in super::super) not_possible: i64,
    pub(in super::super) open: i64,
    pub(in super::super) closed: i64,
}

/// What the page is narrowed to; empty narrows nothing.
#[derive(Debug)]
pub(in super::super) struct Narrowing<'a> {
    pub(in super::super) partner: Option<PartnerId>,
    pub(in super::super) community: &'a str,
    pub(in super::super) answer: &'a str,
}

/// What the page shows, and the bodies and the communities that it can be narrowed to: as far as the reader may read an answer to them.
#[derive(Debug, Default)]
pub(in super::super) struct Answers {
    pub(in super::super) given: Vec<Given>,
    pub(in super::super) sums: Sums,
    pub(in super::super) bodies: Vec<Choice>,
    pub(in super::super) communities: Vec<Choice>,
}

/// The answers that have gone out, the latest first, and how many of each sort there are.
pub(in super::super) async fn answers(tx: &mut AgencyTx, only: &Narrowing<'_>, paging: Paging) -> Result<Answers, Error> {
    let (agency, since) = (tx.agency(), tx.now() - Duration::days(365));
    let rows = sqlx::query!(
        r#"select n.done as "done!", n.will as "will!", n.not_possible as "not_possible!", n.open as "open!", n.closed as "closed!",
                  q.id as "id?: SubjectId", q.kind as "kind?: Kind", q.words as "words?", q.name as "name?", q.body as "body?", q.created_at as "raised_at?", q.unconfirmed as "unconfirmed?",
                  q.state as "state?: State", q.answer as "answer?: Answer", q.answer_words as "answer_words?", q.answer_reason as "reason?",
                  q.answered_at as "answered_at?", q.promise as "promise?: crate::commitments::State", q.due_on as "due_on?",
                  case when q.place = 1 or q.place is null then n.bodies end as "bodies: Json<Vec<Choice>>",
                  case when q.place = 1 or q.place is null then n.communities end as "communities: Json<Vec<Choice>>"
           from (select count(*) filter (where l.answer = 'done') as done, count(*) filter (where l.answer = 'will') as will,
                        count(*) filter (where l.answer = 'not_possible') as not_possible, count(*) filter (where l.state = 'closed') as closed,
                        (select count(*) from loop o left join partner p on p.agency_id = o.agency_id and p.id = o.raised_for_partner_id
                         where o.agency_id = $1 and o.state in ('raised', 'acknowledged', 'review')
                           and ($2::uuid is null or o.raised_for_partner_id = $2) and ($3 = '' or $3 = any(p.communities) or lower(o.about) = lower($3))) as open,
                        (select json_agg(json_build_object('value', b.id, 'label', b.name) order by b.is_tribe desc, b.sort_name, b.id)
                         from partner b where b.agency_id = $1 and exists (select 1 from loop o where o.agency_id = $1 and o.raised_for_partner_id = b.id
                             and o.state in ('answered', 'closed', 'left') and o.words is not null)) as bodies,
                        (select json_agg(json_build_object('value', c.name, 'label', c.name) order by lower(c.name), c.name)
                         from (select distinct unnest(b.communities) as name from partner b
                               where b.agency_id = $1 and b.communities <> '{}' and exists (select 1 from loop o where o.agency_id = $1
                                   and o.raised_for_partner_id = b.id and o.state in ('answered', 'closed', 'left') and o.words is not null)) c) as communities
                 from loop l left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
                 where l.agency_id = $1 and l.state in ('answered', 'closed', 'left') and l.answered_at >= $7
                   and ($2::uuid is null or l.raised_for_partner_id = $2) and ($3 = '' or $3 = any(p.communities) or lower(l.about) = lower($3))) n
           left join lateral (select f.*, row_number() over () as place from (
                 select l.id, l.kind, l.words, case when m.lived_experience then 'community member' else coalesce(m.name, 'somebody without an account') end as name, p.name as body,
                        l.created_at, l.acting_id is not null and l.confirmed_at is null as unconfirmed, l.state, l.answer, l.answer_words, l.answer_reason, l.answered_at, c.state as promise, c.due_on
                 from loop l
                 left join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
                 left join partner p on p.agency_id = l.agency_id and p.id = l.raised_for_partner_id
                 left join commitment c on c.agency_id = l.agency_id and c.id = l.promise_id and l.answer = 'will'
                 where l.agency_id = $1 and l.state in ('answered', 'closed', 'left') and l.words is not null
                   and ($2::uuid is null or l.raised_for_partner_id = $2) and ($3 = '' or $3 = any(p.communities) or lower(l.about) = lower($3))
                   and ($4 = '' or l.answer = $4)
                 order by l.answered_at desc, l.id
                 limit $5 offset $6) f) q on true
           order by q.place"#,
        agency.0,
        only.partner.map(|id| id.0),
        only.community,
        only.answer,
        paging.limit(),
        paging.offset(),
        since,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().filter_map(|row| row.id));
    let sums = rows.first().map_or_else(Sums::default, |row| Sums {
        done: row.done,
        will: row.will,
        not_possible: row.not_possible,
        open: row.open,
        closed: row.closed,
    });
    let bodies = rows.iter().find_map(|row| row.bodies.clone()).map(|all| all.0).unwrap_or_default();
    let communities = rows.iter().find_map(|row| row.communities.clone()).map(|all| all.0).unwrap_or_default();
    let given = rows.into_iter().filter_map(|row| {
        let name = row.name?;
        Some(Given {
            id: row.id?,
            kind: row.kind?,
            words: row.words?,
            by: row.body.map_or_else(|| name.clone(), |body| format!("{name}, {body}")),
            raised_at: row.raised_at?,
            unconfirmed: row.unconfirmed.unwrap_or(false),
            state: row.state?,
            answer: row.answer?,
            answer_words: row.answer_words?,
            reason: row.reason?,
            answered_at: row.answered_at?,
            promise: row.promise.zip(row.due_on),
        })
    });
    Ok(Answers { given: given.collect(), sums, bodies, communities })
}
