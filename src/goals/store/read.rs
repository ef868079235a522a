//! What is read of goals. Row security decides which there are.

use super::super::model::{Former, Given, Goal, Listed, State, Value, Word};
use crate::platform::{
    db::AgencyTx,
    error::Error,
    ids::{MembershipId, PartnerId, SubjectId},
    paging::Paging,
    subject::Audience,
};
use chrono::NaiveDate;

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(in super::super) struct Narrowed<'a> {
    pub(in super::super) words: &'a str,
    pub(in super::super) state: &'a str,
    /// `all` drafts, or `mine` alone; anything else is every record.
    pub(in super::super) drafts: &'a str,
    pub(in super::super) me: Option<MembershipId>,
    /// Only goals whose present version lacks the word of this person, who may give it.
    pub(in super::super) mine: bool,
    /// Owner on the partners' side.
    pub(in super::super) partner: Option<PartnerId>,
    /// Owner on the agency's side.
    pub(in super::super) owner: Option<MembershipId>,
    /// `new` or `name`; anything else is what is in force or proposed first.
    pub(in super::super) sort: &'a str,
    pub(in super::super) today: NaiveDate,
}

/// A page of the list: what is in force or proposed first.
pub(in super::super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Listed,
        r#"select g.id as "id: SubjectId", s.audience = 'agency' as "draft!", g.text, g.state as "state: State", g.version, g.indicator, g.unit,
                  last.value as "latest?", last.on_day as "latest_on?", g.target, agreed.version as "agreed_version?",
                  (select r.fields -> 0 ->> 1 from revision r where r.agency_id = g.agency_id and r.subject_id = g.id and r.version = agreed.version) as former_text,
                  (select count(*) from agreement a where a.agency_id = g.agency_id and a.subject_id = g.id
                     and a.version = g.version and a.word = 'agreed') as "agreed!",
                  coalesce((select array_agg(distinct p.name order by p.name) from agreement a
                     join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
                     where a.agency_id = g.agency_id and a.subject_id = g.id and a.version = g.version and a.word = 'not_agreed'), '{}') as "not_agreed!",
                  (select m.name from membership m where m.agency_id = g.agency_id and m.id = g.owner_id) as owner,
                  (select p.name from partner p where p.agency_id = g.agency_id and p.id = g.owner_partner_id) as partner_owner
           from goal g
           join subject s on s.agency_id = g.agency_id and s.id = g.id
           left join lateral (select v.value, v.on_day from goal_value v where v.agency_id = g.agency_id and v.goal_id = g.id
                              order by v.on_day desc limit 1) last on true
           left join lateral (select max(a.version) as version from agreement a
                              where a.agency_id = g.agency_id and a.subject_id = g.id and a.word = 'agreed'
                                and is_partners_word(a.membership_id, a.created_at)) agreed on true
           where g.agency_id = $1
             and ($2 = '' or position(lower($2) in lower(g.text)) > 0)
             and ($3 = '' or g.state = $3)
             and (not $4 or wants_my_word(g, $5))
             and ($6::uuid is null or g.owner_partner_id = $6)
             and ($7::uuid is null or g.owner_id = $7)
             and ($11 not in ('all', 'mine') or s.audience = 'agency' and ($11 = 'all' or g.created_by = $12))
           order by case when $8 = 'new' then g.created_at end desc, case when $8 = 'name' then lower(g.text) end,
                    g.state in ('met', 'set_aside'), g.created_at, g.id
           limit $9 offset $10"#,
        agency.0,
        narrowed.words.trim(),
        narrowed.state,
        narrowed.mine,
        narrowed.today,
        narrowed.partner.map(|id| id.0),
        narrowed.owner.map(|id| id.0),
        narrowed.sort,
        paging.limit(),
        paging.offset(),
        narrowed.drafts,
        narrowed.me.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One goal.
pub(in super::super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Goal>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Goal,
        r#"select g.id as "id: SubjectId", g.text, g.owner_id as "owner_id: MembershipId",
                  (select m.name from membership m where m.agency_id = g.agency_id and m.id = g.owner_id) as owner,
                  g.owner_partner_id as "partner_owner_id: PartnerId",
                  (select p.name from partner p where p.agency_id = g.agency_id and p.id = g.owner_partner_id) as partner_owner,
                  g.indicator, g.unit, g.baseline, g.baseline_on, g.target, g.target_on, g.story, g.story_version,
                  g.state as "state: State", s.audience as "audience: Audience", g.version, g.created_at,
                  coalesce((select max(r.created_at) from revision r where r.agency_id = g.agency_id and r.subject_id = g.id), g.created_at) as "since!"
           from goal g join subject s on s.agency_id = g.agency_id and s.id = g.id
           where g.agency_id = $1 and g.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Its values, the earliest first; at most the 400 latest.
pub(in super::super) async fn values(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Value>, Error> {
    let agency = tx.agency();
    let mut rows = sqlx::query_as!(
        Value,
        r#"select v.on_day, v.value, v.source,
                  coalesce((select m.name from membership m where m.agency_id = v.agency_id and m.id = v.entered_by), '') as "entered_by!"
           from goal_value v where v.agency_id = $1 and v.goal_id = $2 order by v.on_day desc limit 400"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    rows.reverse();
    Ok(rows)
}

/// Every word given on any of its versions, the newest version first, Tribal governments first within it.
pub(in super::super) async fn given(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Given>, Error> {
    let (agency, standing) = (tx.agency(), *tx.standing());
    Ok(sqlx::query_as!(
        Given,
        r#"select a.version, a.word as "word: Word", is_partners_word(a.membership_id, a.created_at) as "partners_side!", a.note, m.name as by, p.name as "body?", a.created_at as at,
                  coalesce(a.membership_id = $3 or a.partner_id = $4, false) as "ours!"
           from agreement a
           join membership m on m.agency_id = a.agency_id and m.id = a.membership_id
           left join partner p on p.agency_id = a.agency_id and p.id = a.partner_id
           where a.agency_id = $1 and a.subject_id = $2
           order by a.version desc, p.is_tribe desc nulls last, a.created_at, a.membership_id
           limit 500"#,
        agency.0,
        id.0,
        standing.membership.map(|id| id.0),
        standing.body.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Its former versions, the newest first.
pub(in super::super) async fn former(tx: &mut AgencyTx, id: SubjectId) -> Result<Vec<Former>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select r.version, r.fields, r.created_at, m.name as "by?"
           from revision r left join membership m on m.agency_id = r.agency_id and m.id = r.by_id
           where r.agency_id = $1 and r.subject_id = $2
           order by r.version desc
           limit 100"#,
        agency.0,
        id.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let told = |fields: &serde_json::Value| {
        let pairs = fields.as_array().into_iter().flatten().filter_map(serde_json::Value::as_array);
        pairs.filter_map(|pair| Some((pair.first()?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned()))).collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| Former { version: row.version, fields: told(&row.fields), by: row.by.unwrap_or_default(), replaced_at: row.created_at })
        .collect())
}
