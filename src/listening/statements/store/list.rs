//! Lists of statements, as far as row security shows them.

use crate::{
    consent::{Asked, Attribution, Ends, How, Uses},
    listening::{
        speakers::SpeakerId,
        statements::model::{State, Statement, Told},
    },
    platform::{
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::Choice,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        subject::Audience,
    },
    protocols::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use sqlx::types::Json;

/// What a list is narrowed to; what is empty narrows nothing.
#[derive(Debug, Default)]
pub(in crate::listening::statements) struct Narrowed<'a> {
    pub(in crate::listening::statements) words: &'a str,
    pub(in crate::listening::statements) session: Option<SubjectId>,
    pub(in crate::listening::statements) theme: Option<SubjectId>,
    pub(in crate::listening::statements) language: &'a str,
    /// `mine`, `wanted` (waiting for my word), `body`, `back` (taken back or struck), `held` (I bring them back), or empty.
    pub(in crate::listening::statements) whose: &'a str,
    /// Asks also what the list can be narrowed to, and how many statements wait.
    pub(in crate::listening::statements) filters: bool,
}

/// A statement as the database answers it.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: SubjectId,
    pub(super) title: String,
    pub(super) session: SubjectId,
    pub(super) session_title: Option<String>,
    pub(super) heard_at: DateTime<Utc>,
    pub(super) speaker: Option<SpeakerId>,
    pub(super) author: Option<MembershipId>,
    pub(super) body: Option<PartnerId>,
    pub(super) body_name: Option<String>,
    pub(super) words: Option<String>,
    pub(super) language: String,
    pub(super) attribution: Attribution,
    pub(super) shown_as: String,
    #[serde(default)]
    pub(super) card_name: Option<String>,
    #[serde(default)]
    pub(super) card_label: Option<String>,
    #[serde(default)]
    pub(super) card_community: Option<String>,
    pub(super) sensitivity: String,
    pub(super) wanted: Audience,
    pub(super) audience: Audience,
    pub(super) may_keep: bool,
    pub(super) may_quote: bool,
    pub(super) may_name: bool,
    pub(super) may_export: bool,
    pub(super) may_publish: bool,
    pub(super) may_research: bool,
    #[serde(default)]
    pub(super) quote_until: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) export_until: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) publish_until: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) research_until: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) asked: Option<Json<Asked>>,
    #[serde(default)]
    pub(super) told_how: Option<Told>,
    #[serde(default)]
    pub(super) written_by: Option<String>,
    pub(super) state: State,
    pub(super) confirmed_how: Option<How>,
    pub(super) confirmed_at: Option<DateTime<Utc>>,
    pub(super) witness: String,
    pub(super) owner: Option<MembershipId>,
    pub(super) owner_name: Option<String>,
    pub(super) next_step: String,
    pub(super) next_on: Option<NaiveDate>,
    pub(super) withdrawn_at: Option<DateTime<Utc>>,
    pub(super) is_holder: bool,
    pub(super) beside: Option<Json<Vec<Mark>>>,
    pub(super) version: i32,
}

impl From<Row> for Statement {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            title: row.title,
            session: row.session,
            session_title: row.session_title,
            heard_at: row.heard_at,
            speaker: row.speaker,
            author: row.author,
            body: row.body,
            body_name: row.body_name,
            words: row.words,
            language: row.language,
            told_how: row.told_how,
            written_by: row.written_by,
            attribution: row.attribution,
            shown_as: row.shown_as,
            card: row.card_name.zip(row.card_label).zip(row.card_community).map(|((name, label), community)| (name, label, community)),
            sensitivity: row.sensitivity,
            wanted: row.wanted,
            audience: row.audience,
            uses: Uses {
                kept: row.may_keep,
                quoted: row.may_quote,
                named: row.may_name,
                exported: row.may_export,
                published: row.may_publish,
                research: row.may_research,
            },
            ends: Ends { quoted: row.quote_until, exported: row.export_until, published: row.publish_until, research: row.research_until },
            asked: row.asked.map(|one| one.0).unwrap_or_default(),
            state: row.state,
            confirmed_how: row.confirmed_how,
            confirmed_at: row.confirmed_at,
            witness: row.witness,
            owner: row.owner,
            owner_name: row.owner_name,
            next_step: row.next_step,
            next_on: row.next_on,
            withdrawn_at: row.withdrawn_at,
            is_holder: row.is_holder,
            beside: row.beside.map(|all| all.0).unwrap_or_default(),
            version: row.version,
        }
    }
}

/// A page of statements, with what they can be narrowed to where that was asked for.
pub(in crate::listening::statements) struct Listed {
    pub(in crate::listening::statements) statements: Vec<Statement>,
    /// Sessions that hold something the asker may read.
    pub(in crate::listening::statements) sessions: Vec<Choice>,
    /// Themes that do.
    pub(in crate::listening::statements) themes: Vec<Choice>,
    /// Codes of languages.
    pub(in crate::listening::statements) languages: Vec<String>,
    /// How many statements wait for their speakers, as far as the asker is named to bring them back: a number, never the words.
    pub(in crate::listening::statements) waiting: i64,
    /// Whether the asker facilitates a session or takes its notes.
    pub(in crate::listening::statements) on_duty: bool,
}

/// A page of what the asker may read, their own that wait first, then the newest sessions, in one query that reads no more than its page; within a session in no order that tells who spoke
/// after whom, but for those who wrote it down. Words that wait for their speaker are not in it, but for the speaker's own, and
/// (asked for by `held`) for those who bring them back.
pub(in crate::listening::statements) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Listed, Error> {
    let agency = tx.agency();
    let (me, body) = (tx.standing().membership.map(|id| id.0), tx.standing().body.map(|id| id.0));
    let like = format!("%{}%", fold(narrowed.words));
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(l), '[]')
           from (select st.id, s.title, st.session_id as session, ls.title as session_title, coalesce(ls.starts_at, s.created_at) as heard_at,
                  st.speaker_id as speaker, s.author_id as author, st.body_id as body, p.name as body_name, st.words, st.language,
                  st.attribution, st.shown_as, st.sensitivity, st.wanted_audience as wanted, s.audience, st.may_keep,
                  quotable(st) as may_quote, st.may_name, exportable(st) as may_export, publishable(st) as may_publish,
                  researchable(st) as may_research, st.state, st.confirmed_how, st.confirmed_at, st.witness,
                  st.owner_id as owner, null::text as owner_name, st.next_step, st.next_on, st.withdrawn_at,
                  exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = st.session_id and d.membership_id = $7) as is_holder,
                  case when s.marked or p.labelled then marks_beside(st.id, st.body_id) end as beside,
                  st.version
           from (select w.id, true as wanted from subject a join statement w on w.agency_id = $1 and w.id = a.id
                 where a.agency_id = $1 and a.author_id = $7 and w.state in ('draft', 'with_speaker') and $6 not in ('body', 'back', 'held')
                 union all
                 (select w.id, false from subject a join statement w on w.agency_id = $1 and w.id = a.id
                  where a.agency_id = $1 and a.kind = 'statement'
                    and ($2 = '%%' or w.folded like $2)
                    and ($3::uuid is null or w.session_id = $3)
                    and ($4::uuid is null or exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $4 and e.to_id = w.id and e.kind = 'source'))
                    and ($5 = '' or w.language = $5)
                    and case $6
                        when 'mine' then a.author_id = $7 and w.state not in ('draft', 'with_speaker')
                        when 'wanted' then false
                        when 'body' then w.body_id = $8 and w.state in ('confirmed', 'corrected')
                        when 'back' then w.state in ('struck', 'withdrawn')
                        when 'held' then w.state in ('draft', 'with_speaker')
                            and exists (select 1 from session_duty d where d.agency_id = $1 and d.session_id = w.session_id and d.membership_id = $7)
                        else w.state in ('confirmed', 'corrected') end
                  order by case when $6 = 'held' then w.created_at end desc nulls last, a.created_at desc, a.id desc
                  limit $9::bigint + $10::bigint)) f
           join statement st on st.agency_id = $1 and st.id = f.id
           join subject s on s.agency_id = st.agency_id and s.id = st.id
           left join listening_session ls on ls.agency_id = st.agency_id and ls.id = st.session_id
           left join partner p on p.agency_id = st.agency_id and p.id = st.body_id
           where ($2 = '%%' or st.folded like $2)
             and ($3::uuid is null or st.session_id = $3)
             and ($4::uuid is null or exists (select 1 from edge e where e.agency_id = $1 and e.from_id = $4 and e.to_id = st.id and e.kind = 'source'))
             and ($5 = '' or st.language = $5)
           order by f.wanted desc, case when $6 = 'held' then st.created_at end desc nulls last, s.created_at desc, st.id desc
           limit $9 offset $10) l) as "rows!: Json<Vec<Row>>",
           case when $11 then (select json_agg(json_build_object('value', f.id, 'label', f.title))
               from (select ls.id, ls.title from listening_session ls
                     where ls.agency_id = $1 and exists (select 1 from statement st where st.agency_id = $1 and st.session_id = ls.id)
                     order by ls.starts_at desc, ls.id limit 200) f) end as "sessions: Json<Vec<Choice>>",
           case when $11 then (select json_agg(json_build_object('value', f.id, 'label', f.name))
               from (select t.id, t.name from theme t
                     where t.agency_id = $1 and exists (select 1 from edge e where e.agency_id = $1 and e.from_id = t.id and e.kind = 'source')
                     order by t.name, t.id limit 200) f) end as "themes: Json<Vec<Choice>>",
           case when $11 then array(
               with recursive spoken (language) as (
                   (select st.language from statement st where st.agency_id = $1 and st.words is not null order by st.language limit 1)
                   union all
                   select (select st.language from statement st
                           where st.agency_id = $1 and st.words is not null and st.language > spoken.language order by st.language limit 1)
                   from spoken where spoken.language is not null)
               select language from spoken where language is not null order by language) end as languages,
           case when $11 then (select count(*) from statement st
               where st.agency_id = $1 and st.state in ('draft', 'with_speaker') and exists (select 1 from session_duty d
                   where d.agency_id = $1 and d.session_id = st.session_id and d.membership_id = $7)) end as waiting,
           case when $11 then exists (select 1 from session_duty d where d.agency_id = $1 and d.membership_id = $7) end as on_duty"#,
        agency.0,
        like,
        narrowed.session.map(|id| id.0),
        narrowed.theme.map(|id| id.0),
        narrowed.language,
        narrowed.whose,
        me,
        body,
        paging.limit(),
        paging.offset(),
        narrowed.filters,
    )
    .fetch_one(tx.conn())
    .await?;
    let rows = row.rows.0;
    tx.shows(rows.iter().filter(|row| row.words.is_some()).map(|row| row.id));
    Ok(Listed {
        statements: rows.into_iter().map(Statement::from).collect(),
        sessions: row.sessions.map(|all| all.0).unwrap_or_default(),
        themes: row.themes.map(|all| all.0).unwrap_or_default(),
        languages: row.languages.unwrap_or_default(),
        waiting: row.waiting.unwrap_or_default(),
        on_duty: row.on_duty.unwrap_or_default(),
    })
}
