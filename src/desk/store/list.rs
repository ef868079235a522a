//! What lies on the desk: counts, lists by sort, one thing, and who read what.

use super::super::model::{Counted, FIRST_WORDS, Held, Narrowed, Reading, Sort, Whole};
use crate::{
    consent,
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        labels::Label,
        paging::Paging,
        subject::{Audience, Kind},
    },
    protocols,
};
use chrono::Duration;

/// How many of each sort the steward can read, and how many of them somebody outside the body was shown in the last thirty days.
pub(in crate::desk) async fn counts(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<Counted>, Error> {
    let (agency, since) = (tx.agency(), tx.now() - Duration::days(30));
    let rows = sqlx::query!(
        r#"with held as (
               select 'statements' as sort, s.id, null::uuid as comment_id from subject s join statement st on st.agency_id = s.agency_id and st.id = s.id
               where s.agency_id = $1 and s.body_id = $2 and s.kind = 'statement' and st.state not in ('draft', 'with_speaker')
               union all
               select 'questions', s.id, null from subject s where s.agency_id = $1 and s.body_id = $2 and s.kind = 'loop'
               union all
               select 'comments', c.subject_id, c.id from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
               where c.agency_id = $1 and c.body_id = $2 and m.partner_id = $2
               union all
               select 'records', s.id, null from subject s where s.agency_id = $1 and s.kind not in ('statement', 'loop')
                 and (s.body_id = $2 or exists (select 1 from concern k where k.agency_id = $1 and k.subject_id = s.id and k.body_id = $2)))
           select h.sort as "sort!: Sort", count(*) as "all!",
                  count(*) filter (where exists (select 1 from reading r join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
                      where r.agency_id = $1 and r.subject_id = h.id and r.comment_id is not distinct from h.comment_id and r.at >= $3
                        and m.partner_id is distinct from $2)) as "read!"
           from held h group by h.sort"#,
        agency.0,
        body.0,
        since,
    )
    .fetch_all(tx.conn())
    .await?;
    let of = |sort: Sort| {
        rows.iter().find(|row| row.sort == sort).map_or(Counted { sort, all: 0, read: 0 }, |row| Counted {
            sort,
            all: row.all,
            read: row.read,
        })
    };
    Ok(Sort::ALL.iter().map(|sort| of(*sort)).collect())
}

/// A page of one sort, the latest first.
pub(in crate::desk) async fn list(
    tx: &mut AgencyTx,
    body: PartnerId,
    sort: Sort,
    narrowed: &Narrowed<'_>,
    paging: Paging,
) -> Result<Vec<Held>, Error> {
    select(tx, body, Some(sort), None, narrowed, (paging.limit(), paging.offset())).await
}

/// Those of these that are on the desk.
pub(in crate::desk) async fn these(tx: &mut AgencyTx, body: PartnerId, ids: &[uuid::Uuid]) -> Result<Vec<Held>, Error> {
    select(tx, body, None, Some(ids), &Narrowed::default(), (ids.len() as i64, 0)).await
}

/// One thing with what left of it, for whoever it belongs to.
pub(in crate::desk) async fn whole(tx: &mut AgencyTx, body: PartnerId, id: uuid::Uuid) -> Result<Whole, Error> {
    let held = these(tx, body, &[id]).await?.pop().ok_or(Error::NotFound)?;
    let recalls = if held.sort == Sort::Comments { Vec::new() } else { consent::recalls_of(tx, SubjectId(id)).await? };
    let beside = protocols::marks_of(tx, id, held.sort.is_contributed().then_some(body)).await?;
    Ok(Whole { held, recalls, beside })
}

async fn select(
    tx: &mut AgencyTx,
    body: PartnerId,
    sort: Option<Sort>,
    ids: Option<&[uuid::Uuid]>,
    narrowed: &Narrowed<'_>,
    (limit, offset): (i64, i64),
) -> Result<Vec<Held>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query_as!(
        Held,
        r#"with held as (
               select 'statements' as sort, s.id, s.id as record, null::uuid as comment_id, s.kind, s.title,
                      coalesce(left(st.words, $11), '') as words, st.sensitivity, st.language, s.path, s.audience, st.shown_as as by,
                      s.created_at as at, st.words is null as gone, st.state = 'struck' as struck,
                      array_remove(array[case when st.may_keep then 'kept' end, case when quotable(st) then 'quoted' end, case when st.may_name then 'named' end,
                          case when exportable(st) then 'exported' end, case when publishable(st) then 'published' end, case when researchable(st) then 'research' end], null) as uses,
                      false as marked
               from subject s join statement st on st.agency_id = s.agency_id and st.id = s.id
               where s.agency_id = $1 and s.body_id = $2 and s.kind = 'statement' and st.state not in ('draft', 'with_speaker')
                 and ($3::text is null or $3 = 'statements')
               union all
               select 'questions', s.id, s.id, null, s.kind, s.title, '', '', '', s.path, s.audience,
                      case when m.lived_experience then 'community member' else m.name end, s.created_at, l.words is null, false, '{}', false
               from subject s join loop l on l.agency_id = s.agency_id and l.id = s.id
               join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
               where s.agency_id = $1 and s.body_id = $2 and s.kind = 'loop' and ($3::text is null or $3 = 'questions')
               union all
               select 'comments', c.id, c.subject_id, c.id, null, coalesce('On: ' || s.title, 'On a record that you cannot see'), coalesce(left(c.words, $11), ''), '', '',
                      coalesce(s.path || '#comment-' || c.id, ''), c.audience,
                      case when m.lived_experience then 'community member' else m.name end, c.created_at, c.words is null, false, '{}', false
               from comment c join membership m on m.agency_id = c.agency_id and m.id = c.author_id
               left join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
               where c.agency_id = $1 and c.body_id = $2 and m.partner_id = $2 and ($3::text is null or $3 = 'comments')
               union all
               select 'records', s.id, s.id, null, s.kind, s.title, '', '', '', s.path, s.audience, '', s.created_at, s.withdrawn_at is not null, false, '{}',
                      exists (select 1 from concern k where k.agency_id = $1 and k.subject_id = s.id and k.body_id = $2)
               from subject s
               where s.agency_id = $1 and s.kind not in ('statement', 'loop') and ($3::text is null or $3 = 'records')
                 and (s.body_id = $2 or exists (select 1 from concern k where k.agency_id = $1 and k.subject_id = s.id and k.body_id = $2))),
           page as (
               select h.* from held h
               where ($4::uuid[] is null or h.id = any($4))
                 and ($5 = '' or h.audience = $5)
                 and ($6 = '' or h.gone = ($6 = 'gone'))
                 and ($7::timestamptz is null or h.at >= $7)
                 and ($8 = '' or ($8 <> 'nobody') = exists (
                     select 1 from reading r join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
                     where r.agency_id = $1 and r.subject_id = h.record and r.comment_id is not distinct from h.comment_id and m.partner_id is distinct from $2
                       and ($8 <> 'taken' or r.how = 'downloaded')))
               order by h.at desc, h.id
               limit $9 offset $10)
           select h.id as "id!", h.sort as "sort!: Sort", h.kind as "kind: Kind", h.title as "title!", h.words as "words!", h.sensitivity as "sensitivity!", h.language as "language!", h.path as "path!", h.audience as "audience!: Audience",
                  h.by as "by!", h.at as "at!", h.gone as "gone!", h.struck as "struck!", h.uses as "uses!", h.marked as "marked!",
                  r.readers as "readers!", r.last_at as last_read_at, r.taken as "taken!",
                  (select count(*) from recall q where q.agency_id = $1 and q.subject_id = h.record and q.of_comment is not distinct from h.comment_id
                     and q.state in ('open', 'notice_sent')) as "asked_back!"
           from page h
           cross join lateral (
               select count(distinct r.membership_id) as readers, max(r.at) as last_at, count(*) filter (where r.how = 'downloaded') as taken
               from reading r join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
               where r.agency_id = $1 and r.subject_id = h.record and r.comment_id is not distinct from h.comment_id and m.partner_id is distinct from $2) r
           order by h.at desc, h.id"#,
        agency.0,
        body.0,
        sort.map(Label::as_str),
        ids as Option<&[uuid::Uuid]>,
        narrowed.audience,
        narrowed.state,
        narrowed.since,
        narrowed.read,
        limit,
        offset,
        // One letter more than is shown says that there is more.
        i32::try_from(FIRST_WORDS + 1).unwrap_or(i32::MAX),
    )
    .fetch_all(tx.conn())
    .await?;
    // Of statements and comments the first words are shown; a question is called by them.
    tx.shows(rows.iter().filter(|row| matches!(row.sort, Sort::Statements | Sort::Questions) && !row.gone).map(|row| row.id));
    tx.shows_comments(rows.iter().filter(|row| row.sort == Sort::Comments && !row.gone).map(|row| row.id));
    Ok(rows)
}

/// Who was shown what is the body's, or took it away, outside the body, the latest first; of one record or comment, or of all. A person
/// has one line a record and day; what they read of a sort that day in the same ways is summed up, but for what an emergency opened.
pub(in crate::desk) async fn readings(
    tx: &mut AgencyTx,
    body: PartnerId,
    of: Option<uuid::Uuid>,
    (limit, offset): (i64, i64),
) -> Result<Vec<Reading>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Reading,
        r#"with one as (
               select coalesce(r.comment_id, r.subject_id) as id,
                      case when r.comment_id is not null then 'comments' when s.kind = 'loop' then 'questions' else 'statements' end as sort,
                      coalesce(case when r.comment_id is null then s.title else 'Comment on: ' || s.title end, 'A comment') as title,
                      m.id as reader, case when m.lived_experience then 'community member' else m.name end as by,
                      (r.at at time zone $4)::date as day, max(r.at) as at,
                      array_agg(distinct r.how order by r.how desc) as hows
               from reading r
               join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
               join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
               left join comment c on c.agency_id = r.agency_id and c.id = r.comment_id
               where r.agency_id = $1 and m.partner_id is distinct from $2
                 and ((r.comment_id is null and s.body_id = $2) or c.body_id = $2)
                 and ($3::uuid is null or coalesce(r.comment_id, r.subject_id) = $3)
               group by r.comment_id, r.subject_id, s.kind, s.title, m.id, m.name, m.lived_experience, (r.at at time zone $4)::date)
           select min(title) as "title!", min(id::text)::uuid as "id!", sort as "sort!: Sort", count(*) as "things!", max(at) as "at!", by as "by!",
                  hows as "hows!"
           from one
           group by reader, by, day, sort, hows, case when 'emergency' = any(hows) then id end
           order by 5 desc, 2, reader
           limit $5 offset $6"#,
        agency.0,
        body.0,
        of,
        tx.zone(),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}
