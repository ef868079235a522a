//! From which sides what a theme rests on came, as far as the reader may read it.

use crate::{
    listening::themes::model::{Side, Sides},
    platform::{db::AgencyTx, error::Error, ids::SubjectId},
};

/// Where an agency set no other.
pub const SMALLEST_GROUP: i64 = 5;

/// Fewer people than this are not told apart: what the agency set for answers that are shown together.
pub(in crate::listening::themes) async fn smallest_group(tx: &mut AgencyTx) -> Result<i64, Error> {
    let agency = tx.agency();
    let set = sqlx::query_scalar!("select smallest from trust_wording where agency_id = $1 order by version desc limit 1", agency.0)
        .fetch_optional(tx.conn())
        .await?;
    Ok(set.map_or(SMALLEST_GROUP, i64::from))
}

/// How many people of each side are among the readable sources. Somebody who wants no hint of who spoke is of no side here.
pub(in crate::listening::themes) async fn sides(tx: &mut AgencyTx, theme: SubjectId) -> Result<Sides, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select case when st.attribution = 'anonymous' then 'unsaid' when p.kind = 'tribe' then 'tribes' when p.id is not null then 'partners'
                       else 'lived' end as "side!: Side",
                  count(distinct coalesce(s.author_id, st.speaker_id, st.id)) as "people!"
           from statement st
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           left join partner p on p.agency_id = st.agency_id and p.id = st.body_id
           where st.agency_id = $1 and st.words is not null and st.state in ('confirmed', 'corrected')
             and exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $2 and e.to_id = st.id and e.kind = 'source')
           group by 1 order by 1"#,
        agency.0,
        theme.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Sides::of(rows.into_iter().map(|row| (row.side, row.people))))
}
