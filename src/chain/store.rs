//! Joins and happenings in and out of the database.

use super::model::{Happened, Join, Neighbour, Pick};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    fold::fold,
    form::Choice,
    ids::{SubjectId, fresh},
    labels::Label as _,
    paging::Paging,
    subject::{Audience, Kind},
    words,
};
use uuid::Uuid;

/// The most records that a form offers to pick from.
const PICKABLE: i64 = 60;

fn texts(kinds: &[Kind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
}

/// Joins `from` to each of `to`; those already joined stay as they are. A statement only once its speaker has confirmed it.
///
/// # Errors
/// `NotFound` when one of `to` is not there for this person or is of another kind.
pub async fn join(tx: &mut AgencyTx, from: SubjectId, join: Join, to: &[SubjectId], kinds: &[Kind]) -> Result<(), Error> {
    let (agency, now, by) = (tx.agency(), tx.now(), tx.standing().membership);
    let mut ids: Vec<Uuid> = to.iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let there = sqlx::query_scalar!(
        r#"select count(*) as "there!" from subject s
           where s.agency_id = $1 and s.id = any($2) and s.kind = any($3) and s.withdrawn_at is null
             and not exists (select 1 from theme t where t.agency_id = $1 and t.id = s.id and t.merged_into is not null)
             and (s.kind <> 'statement' or exists (select 1 from statement st
                  where st.agency_id = s.agency_id and st.id = s.id and st.state in ('confirmed', 'corrected')))"#,
        agency.0,
        &ids,
        &texts(kinds),
    )
    .fetch_one(tx.conn())
    .await?;
    if there != ids.len() as i64 {
        return Err(Error::NotFound);
    }
    // The same form may come twice at one moment.
    sqlx::query!(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select $1, $2, one, $4, $5, $6 from unnest($3::uuid[]) one
         where not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = one and e.kind = $4)
         on conflict do nothing",
        agency.0,
        from.0,
        &ids,
        join as Join,
        by.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What was picked in a form and is not there (any more) is a problem with its field, and what else was typed stays.
///
/// # Errors
/// As what it is given.
pub fn picked<T>(joined: Result<T, Error>, field: &'static str) -> Result<T, Error> {
    match joined {
        Err(Error::NotFound) => Err(Error::refused(field, "Choose from the list: something that was chosen is not there any more")),
        joined => joined,
    }
}

/// Takes a join away; answers whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn unjoin(tx: &mut AgencyTx, from: SubjectId, join: Join, to: SubjectId) -> Result<bool, Error> {
    let agency = tx.agency();
    let gone = sqlx::query!(
        "delete from edge where agency_id = $1 and from_id = $2 and to_id = $3 and kind = $4",
        agency.0,
        from.0,
        to.0,
        join as Join,
    )
    .execute(tx.conn())
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Joins `from` to exactly these: a form offers what is joined already, however old ([`offer`]). Joins to records that this person
/// does not see stay.
///
/// # Errors
/// `NotFound` as in [`join`].
pub async fn rejoin(tx: &mut AgencyTx, from: SubjectId, with: Join, to: &[SubjectId], kinds: &[Kind]) -> Result<(), Error> {
    let agency = tx.agency();
    let ids: Vec<Uuid> = to.iter().map(|id| id.0).collect();
    sqlx::query!(
        "delete from edge where agency_id = $1 and from_id = $2 and kind = $3 and to_id <> all($4)
           and to_id in (select s.id from subject s where s.agency_id = $1 and s.kind = any($5) and s.withdrawn_at is null)",
        agency.0,
        from.0,
        with as Join,
        &ids,
        &texts(kinds),
    )
    .execute(tx.conn())
    .await?;
    join(tx, from, with, to, kinds).await
}

/// Everything joined to a record, both ways, in the order of the chain.
///
/// # Errors
/// When the database refuses.
pub async fn neighbours(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Neighbour>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Neighbour,
        r#"select distinct e.kind as "join!: Join", e.from_id = $2 as "outgoing!", s.id as "id!: SubjectId", s.kind as "kind!: Kind",
                  s.title as "title!", s.path as "path!"
           from edge e
           join subject s on s.agency_id = e.agency_id and s.id = case when e.from_id = $2 then e.to_id else e.from_id end
           where e.agency_id = $1 and (e.from_id = $2 or e.to_id = $2) and s.withdrawn_at is null
           order by 2 desc, 4, 5, 3
           limit 300"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What came of a record: everything that rests on it, what that serves, and what was promised and answered on the way, in the order of
/// the chain.
///
/// # Errors
/// When the database refuses.
pub async fn came_of(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Neighbour>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Neighbour,
        r#"with recursive forth (id, depth, join_kind, served) as (
               select e.from_id, 1, e.kind, false from edge e where e.agency_id = $1 and e.to_id = $2
               union
               select case when e.to_id = f.id then e.from_id else e.to_id end, f.depth + 1, e.kind, e.from_id = f.id
               from forth f
               join edge e on e.agency_id = $1 and ((e.to_id = f.id and not f.served) or (e.from_id = f.id and e.kind in ('serves', 'answered_by')))
               where f.depth < 6)
           select (array_agg(f.join_kind order by f.depth))[1] as "join!: Join", false as "outgoing!", s.id as "id!: SubjectId",
                  s.kind as "kind!: Kind", s.title as "title!", s.path as "path!"
           from forth f join subject s on s.agency_id = $1 and s.id = f.id
           where s.withdrawn_at is null and s.id <> $2
           group by s.id, s.kind, s.title, s.path, s.created_at
           order by array_position(array['barrier', 'goal', 'plan', 'commitment', 'loop'], s.kind) nulls last, min(f.depth), s.created_at, s.id
           limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Records of these kinds that this person may join to, the newest first, as choices of a form.
///
/// # Errors
/// When the database refuses.
pub async fn pickable(tx: &mut AgencyTx, kinds: &[Kind]) -> Result<Vec<Choice>, Error> {
    Ok(offer(tx, kinds, "", &[]).await?.choices)
}

/// What a form offers to join to: those it has chosen (`chosen`, as typed) and the newest with these words in their title.
///
/// # Errors
/// When the database refuses.
pub async fn offer(tx: &mut AgencyTx, kinds: &[Kind], titled: &str, chosen: &[String]) -> Result<Pick, Error> {
    let agency = tx.agency();
    let chosen: Vec<Uuid> = chosen.iter().filter_map(|one| one.parse().ok()).collect();
    let rows = sqlx::query!(
        r#"select s.id, s.kind as "kind: Kind", s.title, s.created_at, s.id = any($4) as "chosen!" from subject s
           where s.agency_id = $1 and s.kind = any($2) and s.withdrawn_at is null
             and not exists (select 1 from theme t where t.agency_id = $1 and t.id = s.id and t.merged_into is not null)
             and ($3 = '' or position(lower($3) in lower(s.title)) > 0 or s.id = any($4))
           order by s.id = any($4) desc, s.created_at desc, s.id
           limit $5::bigint + cardinality($4::uuid[])"#,
        agency.0,
        &texts(kinds),
        titled.trim(),
        &chosen,
        PICKABLE,
    )
    .fetch_all(tx.conn())
    .await?;
    let (sought, others) = (!titled.trim().is_empty(), rows.iter().filter(|row| !row.chosen).count() as i64);
    let hint = |kind: Kind, at: chrono::DateTime<chrono::Utc>| format!("{kind}, {}", words::day(tx.day(at)));
    let choices = rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.title).hint(hint(row.kind, row.created_at))).collect();
    Ok(Pick { words: titled.to_owned(), choices, has_more: sought || others >= PICKABLE, is_nothing: sought && others == 0 })
}

/// Themes and confirmed statements that a record could rest on and does not yet, the newest first, with the words they begin
/// with; narrowed to those with these words. What is not to be quoted is read here to be joined, and stands on its own page only.
///
/// # Errors
/// When the database refuses.
pub async fn sources(tx: &mut AgencyTx, from: SubjectId, said: &str, paging: Paging) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select s.id as "id!", s.kind as "kind!: Kind", s.title as "title!", s.created_at as "created_at!", st.words as "words?",
                  st.shown_as as "shown_as?"
           from subject s
           left join statement st on st.agency_id = s.agency_id and st.id = s.id and st.state in ('confirmed', 'corrected')
           where s.agency_id = $1 and (s.kind = 'theme' or (s.kind = 'statement' and st.words is not null)) and s.withdrawn_at is null
             and not exists (select 1 from theme t where t.agency_id = $1 and t.id = s.id and t.merged_into is not null)
             and ($3 = '' or position(lower($3) in lower(s.title)) > 0 or position($4 in coalesce(st.folded, '')) > 0)
             and not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = s.id and e.kind = 'evidence')
           order by s.created_at desc, s.id
           limit $5 offset $6"#,
        agency.0,
        from.0,
        said.trim(),
        fold(said),
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?;
    tx.shows(rows.iter().filter(|row| row.words.is_some()).map(|row| row.id));
    let choice = |id: Uuid, label: String, hint: String| Choice::new(id.to_string(), label).hint(hint);
    let heard = |words: &str| format!("“{}”", words::beginning(words, 140));
    Ok(rows
        .into_iter()
        .map(|row| match row.words {
            Some(words) => choice(row.id, heard(&words), format!("{}. {}", row.shown_as.unwrap_or_default(), row.title)),
            None => choice(row.id, row.title, format!("{}, {}", row.kind, words::day(tx.day(row.created_at)))),
        })
        .collect())
}

/// Notes what happened to a record, under the record's own audience.
///
/// # Errors
/// When the database refuses.
pub async fn happened(tx: &mut AgencyTx, subject: SubjectId, what: &str, text: &str) -> Result<(), Error> {
    let (agency, now, by) = (tx.agency(), tx.now(), tx.standing().membership);
    sqlx::query!(
        "insert into happening (agency_id, id, subject_id, what, text, by_id, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        agency.0,
        fresh(),
        subject.0,
        what,
        text,
        by.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What happened to a record, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(tx: &mut AgencyTx, subject: SubjectId) -> Result<Vec<Happened>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Happened,
        r#"select h.what, h.text, case when m.lived_experience then 'community member' else m.name end as "by!", (select p.name from partner p where p.agency_id = m.agency_id and p.id = m.partner_id) as body,
                  h.created_at as at
           from happening h join membership m on m.agency_id = h.agency_id and m.id = h.by_id
           where h.agency_id = $1 and h.subject_id = $2
           order by h.created_at desc, h.id desc
           limit 200"#,
        agency.0,
        subject.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Opens a draft of the agency to the whole partnership. A record that the partnership reads is never closed to it again.
///
/// # Errors
/// When the database refuses.
pub async fn open_draft(tx: &mut AgencyTx, subject: SubjectId, to: Audience) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update subject set audience = $3 where agency_id = $1 and id = $2 and audience = 'agency' and $3 = 'partnership'",
        agency.0,
        subject.0,
        to as Audience,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
