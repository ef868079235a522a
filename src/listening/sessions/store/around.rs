//! What stands around a session: duties, guests, numbers, acknowledgements, neighbours, and the lists its forms offer.

use crate::{
    listening::sessions::model::{Acknowledged, Constituency, Neighbour},
    partners,
    platform::{
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        subject::Kind,
    },
};

/// Its facilitators and note-takers, each once: the readers of every draft.
///
/// # Errors
/// When the database refuses.
pub async fn duty_holders(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<MembershipId>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select distinct membership_id as "id: MembershipId" from session_duty where agency_id = $1 and session_id = $2 order by 1"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Sessions that the reader may see, the latest first, as choices of a form.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select id, title, to_char(starts_at at time zone zone, 'FMDD FMMonth YYYY') as "day!"
           from listening_session where agency_id = $1 order by starts_at desc, id limit 200"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.title, row.day))).collect())
}

/// The bodies that are invited: id and name.
pub(in super::super) async fn invited(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<(PartnerId, String)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select p.id as "id: PartnerId", p.name from session_invited i join partner p on p.agency_id = i.agency_id and p.id = i.partner_id
           where i.agency_id = $1 and i.session_id = $2 order by p.is_tribe desc, p.sort_name, p.id"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// How many came, by constituency, in the order in which people read them; nobody is left out.
pub(in super::super) async fn attendance(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<(Constituency, i32)>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select constituency as "constituency: Constituency", number from attendance
           where agency_id = $1 and session_id = $2 and number > 0 order by constituency"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let mut all: Vec<(Constituency, i32)> = rows.into_iter().map(|row| (row.constituency, row.number)).collect();
    all.sort_unstable_by_key(|(one, _)| *one);
    Ok(all)
}

/// What the agency acknowledged, in order.
pub(in super::super) async fn acknowledged(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Acknowledged>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Acknowledged,
        "select what, said_by, said_to, created_at as at from acknowledgement where agency_id = $1 and session_id = $2 order by created_at, id",
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Records that came from the session or rest on it or on words that were heard in it, near or far, as far as the reader may see
/// them and what lies between.
pub(in super::super) async fn neighbours(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Neighbour>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Neighbour,
        r#"with recursive forth (id, depth) as (
               select $2::uuid, 0
               union
               select e.from_id, f.depth + 1 from forth f join edge e on e.agency_id = $1 and e.to_id = f.id where f.depth < 5)
           select s.kind as "kind: Kind", coalesce(near.joint, '') as "joint!", s.title, s.path
           from subject s
           left join lateral (select min(e.kind) as joint from edge e
                              where e.agency_id = $1 and e.from_id = s.id and e.to_id = $2 and e.kind <> 'heard_in') near on true
           where s.agency_id = $1 and s.id in (select f.id from forth f where f.depth > 0) and s.withdrawn_at is null
             and (near.joint is not null or s.kind in ('theme', 'barrier', 'goal', 'plan', 'loop'))
           order by array_position(array['theme', 'barrier', 'goal', 'plan', 'loop'], s.kind), s.created_at, s.id
           limit 60"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The lists that the plan's form offers.
#[derive(Debug, Default)]
pub(in super::super) struct Lists {
    pub(in super::super) partners: Vec<Choice>,
    pub(in super::super) series: Vec<Choice>,
    pub(in super::super) people: Vec<Choice>,
}

/// Partners, series, and the people who may have a duty: the agency's, and the co-host's of a session that is there.
pub(in super::super) async fn lists(tx: &mut AgencyTx, session: Option<SubjectId>) -> Result<Lists, Error> {
    let agency = tx.agency();
    let partners = partners::choices(tx).await?;
    let series =
        sqlx::query!("select id, name from series where agency_id = $1 order by name, id limit 500", agency.0).fetch_all(tx.conn()).await?;
    let people = sqlx::query!(
        r#"select m.id, m.name, m.role, p.name as "body?" from membership m
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.state = 'active' and (m.role in ('director', 'staff') or (m.role = 'partner'
             and m.partner_id = (select l.cohost_id from listening_session l where l.agency_id = $1 and l.id = $2)))
           order by m.role = 'partner', m.name, m.id"#,
        agency.0,
        session.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(Lists {
        partners,
        series: series.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect(),
        people: people
            .into_iter()
            .map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.name, row.body.unwrap_or(row.role))))
            .collect(),
    })
}

/// What the agency says before anybody speaks, and its rule for people under 18.
#[derive(Debug)]
pub(in super::super) struct Rules {
    pub(in super::super) notice: String,
    pub(in super::super) minors: Option<String>,
}

/// The agency's own texts.
pub(in super::super) async fn rules(tx: &mut AgencyTx) -> Result<Rules, Error> {
    let agency = tx.agency();
    let row = sqlx::query!("select reporting_notice, nullif(minors_rule, '') as minors from agency where id = $1", agency.0)
        .fetch_one(tx.conn())
        .await?;
    Ok(Rules { notice: row.reporting_notice, minors: row.minors })
}

/// What is read aloud before anybody speaks.
///
/// # Errors
/// When the database refuses.
pub async fn notice(tx: &mut AgencyTx) -> Result<String, Error> {
    Ok(rules(tx).await?.notice)
}
