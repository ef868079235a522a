//! All that is a body's, for a copy: read as its steward, under the same row security as every page.

use super::super::model::{CommentRow, Everything, MOST_ROWS, QuestionRow, RatingRow, ReadingRow, RecordRow, StatementRow};
use crate::{
    consent::{Attribution, How},
    platform::{
        db::AgencyTx,
        error::Error,
        ids::{PartnerId, SubjectId},
        subject::{Audience, Kind},
    },
    protocols,
};

/// Everything that the steward may read of what is their body's.
pub(in crate::desk) async fn of(tx: &mut AgencyTx, body: PartnerId, by: &str) -> Result<Everything, Error> {
    let agency = tx.agency();
    let names = sqlx::query!(
        "select p.name as body, g.name as agency from partner p join agency g on g.id = p.agency_id where p.agency_id = $1 and p.id = $2",
        agency.0,
        body.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let mut everything = Everything {
        body: names.body,
        agency: names.agency,
        taken_on: tx.today(),
        taken_by: by.to_owned(),
        statements: statements(tx, body).await?,
        questions: questions(tx, body).await?,
        comments: comments(tx, body).await?,
        records: records(tx, body).await?,
        ratings: ratings(tx, body).await?,
        readings: readings(tx, body).await?,
        protocols: protocols::copied(tx, body).await?,
    };
    mark(tx, &mut everything).await?;
    let most = usize::try_from(MOST_ROWS).unwrap_or(usize::MAX);
    let all = &everything;
    let sorts = [all.statements.len(), all.questions.len(), all.comments.len(), all.records.len(), all.ratings.len(), all.readings.len()];
    if sorts.into_iter().any(|rows| rows > most) {
        return Err(Error::refused("", format!("Ask the operator for this copy: it would hold more than {MOST_ROWS} of one sort")));
    }
    Ok(everything)
}

/// Says beside each line which protocols and labels it carries.
async fn mark(tx: &mut AgencyTx, all: &mut Everything) -> Result<(), Error> {
    let marks = protocols::marks(tx, &all.words()).await?;
    let line = |id: uuid::Uuid, what: &str| marks.get(&id).map_or_else(String::new, |marks| protocols::in_a_line(marks, what));
    for one in &mut all.statements {
        (one.protocols, one.labels) = (line(one.id.0, "protocol"), line(one.id.0, "label"));
    }
    for one in &mut all.questions {
        (one.protocols, one.labels) = (line(one.id.0, "protocol"), line(one.id.0, "label"));
    }
    for one in &mut all.comments {
        (one.protocols, one.labels) = (line(one.id, "protocol"), line(one.id, "label"));
    }
    Ok(())
}

async fn statements(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<StatementRow>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        StatementRow,
        r#"select st.id as "id: SubjectId", ls.title as "session?", (coalesce(ls.starts_at, s.created_at) at time zone $3)::date as heard_on,
                  st.words, st.language, st.shown_as, st.attribution as "attribution: Attribution", s.audience as "audience: Audience",
                  array_remove(array[case when st.may_keep then 'kept' end, case when quotable(st) then 'quoted' end, case when st.may_name then 'named' end,
                      case when exportable(st) then 'exported' end, case when publishable(st) then 'published' end, case when researchable(st) then 'research' end], null) as "consent!",
                  st.state, st.confirmed_how as "confirmed_how: How", (st.confirmed_at at time zone $3)::date as confirmed_on, st.sensitivity,
                  '' as "protocols!", '' as "labels!"
           from statement st
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           left join listening_session ls on ls.agency_id = st.agency_id and ls.id = st.session_id
           where st.agency_id = $1 and s.body_id = $2 and st.state not in ('draft', 'with_speaker')
           order by s.created_at, st.id limit $4"#,
        agency.0,
        body.0,
        zone,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn questions(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<QuestionRow>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        QuestionRow,
        r#"select l.id as "id: SubjectId", (l.created_at at time zone $3)::date as "raised_on!",
                  case when m.lived_experience then 'community member' else m.name end
                  || case when l.acting_id is null then '' when l.confirmed_at is null then ' (entered for them, not confirmed)' else ' (entered for them)' end as "by!", l.kind, l.words,
                  case when l.state = 'review' then 'acknowledged' else l.state end as "state!",
                  case when l.state in ('answered', 'closed', 'left') then l.answer_words else '' end as "answer!",
                  case when l.state in ('answered', 'closed', 'left') then l.answer_reason else '' end as "reason!", s.audience as "audience: Audience",
                  '' as "protocols!", '' as "labels!"
           from loop l
           join subject s on s.agency_id = l.agency_id and s.id = l.id
           join membership m on m.agency_id = l.agency_id and m.id = l.raised_by
           where l.agency_id = $1 and s.body_id = $2
           order by l.created_at, l.id limit $4"#,
        agency.0,
        body.0,
        zone,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn comments(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<CommentRow>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        CommentRow,
        r#"select c.id, s.title as "on_record?", (c.created_at at time zone $3)::date as "written_on!",
                  case when m.lived_experience then 'community member' else m.name end
                  || case when c.acting_id is null then '' when c.confirmed_at is null then ' (entered for them, not confirmed)' else ' (entered for them)' end as "by!", c.as_body as for_the_body, c.words,
                  c.audience as "audience: Audience", '' as "protocols!", '' as "labels!"
           from comment c
           join membership m on m.agency_id = c.agency_id and m.id = c.author_id
           left join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
           where c.agency_id = $1 and c.body_id = $2 and m.partner_id = $2
           order by c.created_at, c.id limit $4"#,
        agency.0,
        body.0,
        zone,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn records(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<RecordRow>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        RecordRow,
        r#"select s.id as "id: SubjectId", s.kind as "kind: Kind", s.title, s.path as page, s.audience as "audience: Audience",
                  (s.created_at at time zone $3)::date as "made_on!", k.body_id is not null as "marked!"
           from subject s
           left join concern k on k.agency_id = s.agency_id and k.subject_id = s.id and k.body_id = $2
           where s.agency_id = $1 and s.kind not in ('statement', 'loop') and (s.body_id = $2 or k.body_id is not null)
           order by s.created_at, s.id limit $4"#,
        agency.0,
        body.0,
        zone,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn ratings(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<RatingRow>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        RatingRow,
        r#"select r.rated_on as "on", m.name as by, coalesce(r.value, k.value) as "value?", r.kept, coalesce(k.note, r.note) as "note!"
           from rating r
           join membership m on m.agency_id = r.agency_id and m.id = r.rated_by
           left join rating_kept k on k.agency_id = r.agency_id and k.rating_id = r.id
           where r.agency_id = $1 and r.partner_id = $2 and r.side = 'partner'
           order by r.created_at, r.id limit $3"#,
        agency.0,
        body.0,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn readings(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<ReadingRow>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        ReadingRow,
        r#"select coalesce(r.comment_id, r.subject_id) as "word!", (r.at at time zone $3)::date as "on!",
                  case when m.lived_experience then 'community member' else m.name end as "by!", r.how
           from reading r
           join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
           left join subject s on s.agency_id = r.agency_id and s.id = r.subject_id
           left join comment c on c.agency_id = r.agency_id and c.id = r.comment_id
           where r.agency_id = $1 and m.partner_id is distinct from $2 and ((r.comment_id is null and s.body_id = $2) or c.body_id = $2)
           order by r.at, r.id limit $4"#,
        agency.0,
        body.0,
        zone,
        MOST_ROWS + 1,
    )
    .fetch_all(tx.conn())
    .await?)
}
