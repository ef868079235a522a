//! Themes and what they rest on, as far as the reader may see: row security takes everything else out of lists and counts.

use crate::{
    chain::Pick,
    listening::themes::model::{Listed, Merged, Source, Theme},
    platform::{
        db::AgencyTx, error::Error, fold::fold, form::Choice, ids::SubjectId, paging::Paging, sought::Sought, subject::Kind, words,
    },
};
use sqlx::types::Json;

/// The most sources that a form offers at once, beside those that are chosen.
const OFFERED: i64 = 20;

/// A page of the list: what most was said about first; those without a source last.
pub(in crate::listening::themes) async fn list(tx: &mut AgencyTx, named: &str, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    let like = format!("%{}%", fold(named));
    Ok(sqlx::query_as!(
        Listed,
        r#"select t.id as "id: SubjectId", t.name, t.description, t.from_field, counted.sources as "sources!",
                  exists (select 1 from rereading r where r.agency_id = $1 and r.subject_id = t.id and r.done_at is null) as "is_to_reread!"
           from theme t
           cross join lateral (select count(distinct e.to_id) as sources from edge e
                               where e.agency_id = $1 and e.from_id = t.id and e.kind = 'source') counted
           where t.agency_id = $1 and t.merged_into is null and ($2 = '%%' or lower(t.name) like $2)
           order by counted.sources desc, t.name, t.id
           limit $3 offset $4"#,
        agency.0,
        like,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One theme.
pub(in crate::listening::themes) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Theme>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Theme,
        r#"select t.id as "id: SubjectId", t.name, t.description, t.from_field,
                  (select m.name from membership m where m.agency_id = $1 and m.id = t.created_by) as made_by, t.version,
                  (select json_build_object('id', i.id, 'name', i.name) from theme i where i.agency_id = $1 and i.id = t.merged_into) as "merged: Json<Merged>"
           from theme t where t.agency_id = $1 and t.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// One theme that was not merged into another.
pub(in crate::listening::themes) async fn open(tx: &mut AgencyTx, id: SubjectId) -> Result<Theme, Error> {
    find(tx, id).await?.filter(|theme| theme.merged.is_none()).ok_or(Error::NotFound)
}

/// All themes, as choices of a form.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows =
        sqlx::query!("select id, name from theme where agency_id = $1 and merged_into is null order by name, id limit 300", agency.0)
            .fetch_all(tx.conn())
            .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// What a theme rests on, as far as the reader may see it.
pub(in crate::listening::themes) async fn sources(tx: &mut AgencyTx, theme: SubjectId) -> Result<Vec<Source>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    let found = sqlx::query_as!(
        Source,
        r#"select s.id as "id: SubjectId", s.kind as "kind: Kind", s.title, s.path,
                  case when s.kind = 'statement' then (select st.words from statement st where st.agency_id = $1 and st.id = s.id and quotable(st))
                       else (select ls.summary from listening_session ls where ls.agency_id = $1 and ls.id = s.id) end as words,
                  coalesce(case when s.kind = 'statement' then (select st.shown_as from statement st where st.agency_id = $1 and st.id = s.id)
                       else 'summary of the room, agreed aloud' end, '') as "shown_as!",
                  coalesce((select st.sensitivity from statement st where st.agency_id = $1 and st.id = s.id), '') as "sensitivity!",
                  array_agg(distinct m.name order by m.name) as "coders!", bool_or(e.by_id = $3) as "is_mine!",
                  case when is_read_differently(s.id) then array(
                      select distinct o.name from edge x join membership o on o.agency_id = x.agency_id and o.id = x.by_id
                      where x.agency_id = $1 and x.to_id = s.id and x.kind = 'source' order by o.name) end as readers,
                  exists (select 1 from coding_settlement c where c.agency_id = $1 and c.source_id = s.id) as "is_settled!"
           from edge e
           join subject s on s.agency_id = e.agency_id and s.id = e.to_id
           join membership m on m.agency_id = e.agency_id and m.id = e.by_id
           where e.agency_id = $1 and e.from_id = $2 and e.kind = 'source'
           group by s.id, s.kind, s.title, s.path, s.created_at
           order by s.created_at desc, s.id
           limit 200"#,
        agency.0,
        theme.0,
        me,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(found.iter().filter(|one| one.words.is_some()).map(|one| one.id));
    Ok(found)
}

/// What the asker could join to a theme: confirmed statements and agreed summaries that they may read, those that are chosen
/// first (`chosen`, as typed), then the newest that have what is sought; those already joined by them are left out.
pub(in crate::listening::themes) async fn candidates(
    tx: &mut AgencyTx,
    theme: Option<SubjectId>,
    sought: &Sought,
    chosen: &[String],
) -> Result<Pick, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    let chosen: Vec<uuid::Uuid> = chosen.iter().filter_map(|one| one.trim().parse().ok()).take(100).collect();
    let rows = sqlx::query!(
        r#"select s.id, s.title, coalesce(st.words, ls.summary, '') as "words!", coalesce(st.shown_as, 'summary of the room') as "shown_as!",
                  s.id = any($4) as "chosen!"
           from subject s
           left join statement st on st.agency_id = s.agency_id and st.id = s.id and st.state in ('confirmed', 'corrected')
           left join listening_session ls on ls.agency_id = s.agency_id and ls.id = s.id and ls.summary_agreed_at is not null and ls.summary <> ''
           where s.agency_id = $1 and s.kind in ('statement', 'session') and (st.id is not null or ls.id is not null)
             and not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = s.id and e.kind = 'source' and e.by_id = $3)
             and (s.id = any($4)
                  or (($5 = '' or position($5 in coalesce(st.folded, '')) > 0 or position($6 in lower(s.title || ' ' || coalesce(ls.summary, ''))) > 0)
                      and ($7::uuid is null or $7 in (st.session_id, ls.id))))
           order by s.id = any($4) desc, s.created_at desc, s.id
           limit $8::bigint + cardinality($4::uuid[])"#,
        agency.0,
        theme.map(|one| one.0),
        me,
        &chosen,
        fold(&sought.words),
        sought.words.trim().to_lowercase(),
        sought.among.parse::<uuid::Uuid>().ok(),
        OFFERED,
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().map(|row| row.id));
    let others = rows.iter().filter(|row| !row.chosen).count() as i64;
    let (has_more, is_nothing) = (sought.narrows() || others >= OFFERED, sought.narrows() && others == 0);
    let choice = |id: uuid::Uuid, words: &str, by: &str, title: String| {
        Choice::new(id.to_string(), format!("“{}”", words::beginning(words, 140))).hint(format!("{by}. {title}"))
    };
    let choices = rows.into_iter().map(|row| choice(row.id, &row.words, &row.shown_as, row.title)).collect();
    Ok(Pick { words: sought.words.clone(), choices, has_more, is_nothing })
}
