//! Protocols as their stewards and readers see them.

use super::super::model::{CopiedProtocol, GuestRole, OwnPeople, Protocol, ProtocolId, Reader};
use crate::platform::{db::AgencyTx, error::Error, ids::PartnerId, paging::Paging, subject::Audience};
use sqlx::types::Json;

/// Those of a body that the asker may see, those in force first.
pub(in crate::protocols) async fn list(tx: &mut AgencyTx, body: PartnerId, paging: Paging) -> Result<Vec<Protocol>, Error> {
    rows(tx, Some(body), None, paging.limit(), paging.offset()).await
}

/// One protocol, if the asker may see it.
pub(in crate::protocols) async fn find(tx: &mut AgencyTx, id: ProtocolId) -> Result<Protocol, Error> {
    rows(tx, None, Some(id), 1, 0).await?.pop().ok_or(Error::NotFound)
}

async fn rows(tx: &mut AgencyTx, body: Option<PartnerId>, id: Option<ProtocolId>, limit: i64, offset: i64) -> Result<Vec<Protocol>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Protocol,
        r#"select p.id as "id: ProtocolId", p.body_id as "body: PartnerId", p.name, p.words,
                  case when p.shows_reasons or p.body_id = (select stewards_body()) then p.reasons else '' end as "reasons!",
                  p.shows_reasons, p.own_people as "own_people: OwnPeople", p.version, p.created_at, p.ended_at,
                  (select count(*) from item_protocol i where i.agency_id = p.agency_id and i.protocol_id = p.id
                     and (exists (select 1 from subject s where s.agency_id = i.agency_id and s.id = i.item_id)
                          or exists (select 1 from comment c where c.agency_id = i.agency_id and c.id = i.item_id))) as "items!",
                  (select count(*) from protocol_reader r where r.agency_id = p.agency_id and r.protocol_id = p.id) as "readers!"
           from protocol p
           where p.agency_id = $1 and ($2::uuid is null or p.body_id = $2) and ($3::uuid is null or p.id = $3)
           order by p.ended_at is not null, p.name, p.id
           limit $4 offset $5"#,
        agency.0,
        body.map(|id| id.0),
        id.map(|id| id.0),
        limit,
        offset,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// The protocols of one item, as the asker sees them; empty where there are none.
pub(in crate::protocols) async fn carried_by(tx: &mut AgencyTx, item: uuid::Uuid) -> Result<Vec<Protocol>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query_scalar!(
        r#"select coalesce(json_agg(json_build_object('id', p.id, 'body', p.body_id, 'name', p.name, 'words', p.words, 'reasons', '',
                  'shows_reasons', p.shows_reasons, 'own_people', p.own_people, 'version', p.version, 'created_at', p.created_at,
                  'ended_at', p.ended_at, 'items', 0, 'readers', 0) order by i.created_at, p.id), '[]') as "rows!: Json<Vec<Protocol>>"
           from item_protocol i join protocol p on p.agency_id = i.agency_id and p.id = i.protocol_id
           where i.agency_id = $1 and i.item_id = $2"#,
        agency.0,
        item,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(rows.0)
}

/// Who reads under it beside the body's people: all of them for its stewards, oneself for anybody else.
pub(in crate::protocols) async fn readers(tx: &mut AgencyTx, id: ProtocolId) -> Result<Vec<Reader>, Error> {
    let (agency, me, today) = (tx.agency(), tx.standing().membership.map(|id| id.0), tx.today());
    Ok(sqlx::query_as!(
        Reader,
        r#"select r.id, case when m.lived_experience then 'community member' else m.name end as "name?", r.role as "role: GuestRole", b.name as "guest_body?",
                  case when m.id is null then null else coalesce(p.name, m.role) end as "from?", r.until,
                  coalesce(r.membership_id = $3, false) or coalesce(r.guest_body_id = (select stewards_body()), false) as "mine!", coalesce(r.until < $4, false) as "over!"
           from protocol_reader r
           left join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           left join partner b on b.agency_id = r.agency_id and b.id = r.guest_body_id
           where r.agency_id = $1 and r.protocol_id = $2
           order by r.role nulls last, b.sort_name nulls last, m.name, r.id
           limit 500"#,
        agency.0,
        id.0,
        me,
        today,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// All protocols of a body with their readers, for a copy that its steward takes.
///
/// # Errors
/// When the database is away.
pub async fn copied(tx: &mut AgencyTx, body: PartnerId) -> Result<Vec<CopiedProtocol>, Error> {
    let (agency, zone) = (tx.agency(), tx.zone());
    Ok(sqlx::query_as!(
        CopiedProtocol,
        r#"select p.id, p.name, p.words, p.reasons, p.own_people, (p.ended_at at time zone $3)::date as ended_on,
                  coalesce((select string_agg(coalesce(case when m.lived_experience then 'community member' else m.name end, 'the people of ' || b.name, r.role)
                                || coalesce(' until ' || r.until::text, ''), '; ' order by r.created_at, r.id)
                            from protocol_reader r left join membership m on m.agency_id = r.agency_id and m.id = r.membership_id
                            left join partner b on b.agency_id = r.agency_id and b.id = r.guest_body_id
                            where r.agency_id = p.agency_id and r.protocol_id = p.id), '') as "readers!"
           from protocol p
           where p.agency_id = $1 and p.body_id = $2 and p.body_id = (select stewards_body())
           order by p.created_at, p.id
           limit 1000"#,
        agency.0,
        body.0,
        zone,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// A record or comment that carries a protocol.
#[derive(Debug)]
pub(in crate::protocols) struct Carrying {
    pub(in crate::protocols) item: uuid::Uuid,
    pub(in crate::protocols) kind: String,
    pub(in crate::protocols) title: String,
    /// Who reads it, as far as its protocols let them in.
    pub(in crate::protocols) audience: Audience,
    /// The other protocols that it carries, by name.
    pub(in crate::protocols) others: String,
}

/// What carries the protocol, as far as the asker may read it, the latest first.
pub(in crate::protocols) async fn carrying(tx: &mut AgencyTx, id: ProtocolId) -> Result<Vec<Carrying>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Carrying,
        r#"select i.item_id as item, case when c.id is not null then 'comment' when s.kind = 'loop' then 'question' else s.kind end as "kind!", s.title,
                  coalesce(c.audience, s.audience) as "audience!: Audience",
                  coalesce((select string_agg(p.name, '; ' order by p.name, p.id) from item_protocol o
                            join protocol p on p.agency_id = o.agency_id and p.id = o.protocol_id
                            where o.agency_id = i.agency_id and o.item_id = i.item_id and o.protocol_id <> i.protocol_id), '') as "others!"
           from item_protocol i
           left join comment c on c.agency_id = i.agency_id and c.id = i.item_id
           join subject s on s.agency_id = i.agency_id and s.id = coalesce(c.subject_id, i.item_id)
           where i.agency_id = $1 and i.protocol_id = $2
           order by i.created_at desc, i.item_id
           limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?)
}
