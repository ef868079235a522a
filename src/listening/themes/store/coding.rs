//! How each person read a source, where they differ, and what was settled. Row security shows of it what its reader may read.

use crate::{
    audit::{self, Change},
    consent,
    listening::themes::model::{Coded, Differing, How, Read, Settled, Settlement},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        ids::{SubjectId, fresh},
        paging::Paging,
        policy::EditThemes,
        subject::Kind,
    },
};

/// What people put under different themes and nobody settled since, the newest first.
pub(in crate::listening::themes) async fn differing(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Differing>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Differing,
        r#"select s.id as "id: SubjectId", s.kind as "kind: Kind", s.title, c.coders as "coders!"
           from (select e.to_id, array_agg(distinct m.name order by m.name) as coders
                 from edge e join membership m on m.agency_id = e.agency_id and m.id = e.by_id
                 where e.agency_id = $1 and e.kind = 'source'
                 group by e.to_id having count(distinct e.by_id) > 1) c
           join subject s on s.agency_id = $1 and s.id = c.to_id
           where is_read_differently(s.id)
           order by s.created_at desc, s.id
           limit $2 offset $3"#,
        agency.0,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One source with how it was read, as far as the asker may see it.
pub(in crate::listening::themes) async fn read(tx: &mut AgencyTx, source: SubjectId) -> Result<Option<Read>, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select s.kind as "kind: Kind", s.title, s.path, is_read_differently(s.id) as "differs!", quoted.words as "words?",
                  coalesce(quoted.shown_as, '') as "shown_as!", coalesce(quoted.sensitivity, '') as "sensitivity!"
           from subject s
           left join lateral (select st.words, st.shown_as, st.sensitivity from statement st
                              where st.agency_id = $1 and st.id = s.id and quotable(st)) quoted on true
           where s.agency_id = $1 and s.id = $2 and s.kind in ('statement', 'session')"#,
        agency.0,
        source.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (coded, settled) = (coded(tx, source).await?, settled(tx, source).await?);
    if coded.is_empty() {
        return Ok(None);
    }
    tx.shows(row.words.iter().map(|_| source));
    let (words, shown_as, sensitivity) = (row.words, row.shown_as, row.sensitivity);
    Ok(Some(Read {
        id: source,
        kind: row.kind,
        title: row.title,
        path: row.path,
        words,
        shown_as,
        sensitivity,
        differs: row.differs,
        coded,
        settled,
    }))
}

async fn coded(tx: &mut AgencyTx, source: SubjectId) -> Result<Vec<Coded>, Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|one| one.0));
    Ok(sqlx::query_as!(
        Coded,
        r#"select m.name as coder, t.id as "theme: SubjectId", t.name as theme_name, c.coded_at, c.left_at, c.coder_id = $3 as "is_mine!",
                  exists (select 1 from edge e where e.agency_id = $1 and e.from_id = t.id and e.to_id = $2 and e.kind = 'source') as "rests!"
           from coding c
           join theme t on t.agency_id = c.agency_id and t.id = c.theme_id
           join membership m on m.agency_id = c.agency_id and m.id = c.coder_id
           where c.agency_id = $1 and c.source_id = $2
           order by m.name, c.coder_id, c.coded_at, t.id
           limit 200"#,
        agency.0,
        source.0,
        me,
    )
    .fetch_all(tx.conn())
    .await?)
}

async fn settled(tx: &mut AgencyTx, source: SubjectId) -> Result<Vec<Settled>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Settled,
        r#"select s.settled_at as at, s.how as "how: How", s.reason, m.name as by,
                  array(select t.name from theme t where t.agency_id = $1 and t.id = any(s.themes) order by t.name) as "themes!"
           from coding_settlement s join membership m on m.agency_id = s.agency_id and m.id = s.by_id
           where s.agency_id = $1 and s.source_id = $2
           order by s.settled_at desc, s.id
           limit 50"#,
        agency.0,
        source.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Settles where a source belongs: as a third person, or after talking with the others. How each one read it stays.
pub(in crate::listening::themes) async fn settle(
    tx: &mut AgencyTx,
    can: &Can<EditThemes>,
    read: &Read,
    settlement: &Settlement,
) -> Result<(), Error> {
    consent::no_copied_words(tx, "reason", &settlement.reason).await?;
    let (agency, now, me) = (tx.agency(), tx.now(), can.me().0);
    let chosen: Vec<uuid::Uuid> = settlement.themes.iter().map(|one| one.0).collect();
    sqlx::query!(
        "insert into coding_settlement (agency_id, id, source_id, by_id, how, reason, themes, settled_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        fresh(),
        read.id.0,
        me,
        read.settled_how() as How,
        settlement.reason,
        &chosen,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into edge (agency_id, from_id, to_id, kind, by_id, created_at)
         select $1, t.id, $2, 'source', $4, $5 from theme t
         where t.agency_id = $1 and t.id = any($3) and t.merged_into is null
           and not exists (select 1 from edge e where e.agency_id = $1 and e.from_id = t.id and e.to_id = $2 and e.kind = 'source')
         on conflict do nothing",
        agency.0,
        read.id.0,
        &chosen,
        me,
        now,
    )
    .execute(tx.conn())
    .await?;
    let left = sqlx::query_scalar!(
        r#"delete from edge where agency_id = $1 and to_id = $2 and kind = 'source' and from_id <> all($3)
             and from_id in (select t.id from theme t where t.agency_id = $1)
           returning from_id as "theme: SubjectId""#,
        agency.0,
        read.id.0,
        &chosen,
    )
    .fetch_all(tx.conn())
    .await?;
    let once: std::collections::BTreeSet<SubjectId> = left.into_iter().collect();
    for theme in once {
        consent::lost_source(tx, theme, "It was settled that a source belongs elsewhere").await?;
    }
    audit::record(tx, Change::of("settled where it belongs", read.kind, read.id).field("reason", &settlement.reason)).await
}
