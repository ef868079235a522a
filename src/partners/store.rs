//! Partners in and out of the database.

use super::model::{Entry, Kind, Listed, OWN_WORDS, Partner, Recognition, Rhythm, Stage, differing};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        fold::fold,
        form::{Choice, Problems},
        ids::{AgencyId, MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::EditPartners,
        subject::{self, Audience, Kind as RecordKind, NewSubject},
    },
};

/// What a list is narrowed to; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) words: &'a str,
    pub(super) kind: &'a str,
    pub(super) stage: &'a str,
    pub(super) county: &'a str,
    pub(super) language: &'a str,
    pub(super) contracted: Option<bool>,
    pub(super) keeper: Option<MembershipId>,
    pub(super) by_next: bool,
    /// The day it is at the agency.
    pub(super) today: chrono::NaiveDate,
}

impl Narrowed<'_> {
    /// Nothing is narrowed, and the order is that of the names.
    fn is_whole(&self) -> bool {
        let texts = [self.words, self.kind, self.stage, self.county, self.language];
        texts.iter().all(|text| text.is_empty()) && self.contracted.is_none() && self.keeper.is_none() && !self.by_next
    }
}

/// A page of the list: Tribal governments first, then by name (or by when the relationship is next kept). One query: every
/// row carries how many Tribal governments and partners there are.
pub(super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Vec<Listed>, Error> {
    let agency = tx.agency();
    Ok(list_of(tx.conn(), agency, narrowed, paging).await?)
}

/// A page of the list with the keepers' names read once for all its rows: which partners, and in which order.
macro_rules! page_of {
    ($connection:expr, $which:literal, $order:literal, $($asked:expr),* $(,)?) => {
        sqlx::query_as!(
            Listed,
            "with page as (select p.id, p.name, p.kind, p.is_tribe, p.stage, p.contracted, p.counties, p.keeper_id, p.rhythm_next,
                                  p.sort_name from partner p where p.agency_id = $1 and p.merged_into is null " + $which + $order
                + " limit $3 offset $4)
             select p.id as \"id: PartnerId\", p.name, p.kind as \"kind: Kind\", p.is_tribe, p.stage as \"stage: Stage\", p.contracted, p.counties,
                    m.name as \"keeper?\", p.rhythm_next, coalesce(p.rhythm_next < $2, false) as \"overdue!\",
                    there.tribes as \"tribes!\", there.others as \"others!\"
             from page p left join membership m on m.agency_id = $1 and m.id = p.keeper_id
                  cross join (select count(*) filter (where t.is_tribe) as tribes, count(*) filter (where not t.is_tribe) as others
                              from partner t where t.agency_id = $1 and t.merged_into is null) there"
                + $order,
            $($asked),*
        )
        .fetch_all($connection)
        .await
    };
}

/// The same on a bare connection, so that the benchmark measures the very same statement. The list as it opens is asked by a
/// statement of its own: it is read in the order of an index, and reading stops where the page does.
pub(super) async fn list_of(
    connection: &mut sqlx::PgConnection,
    agency: AgencyId,
    narrowed: &Narrowed<'_>,
    paging: Paging,
) -> Result<Vec<Listed>, sqlx::Error> {
    if narrowed.is_whole() {
        return page_of!(
            connection,
            "",
            " order by p.is_tribe desc, p.sort_name, p.id",
            agency.0,
            narrowed.today,
            paging.limit(),
            paging.offset(),
        );
    }
    page_of!(
        connection,
        "and ($5 = '%%' or p.folded like $5
              or exists (select 1 from partner_name n where n.agency_id = $1 and n.partner_id = p.id and n.folded like $5))
         and ($6 = '' or p.kind = $6)
         and ($7 = '' or p.stage = $7)
         and ($8 = '' or $8 = any(p.counties))
         and ($9 = '' or $9 = any(p.languages))
         and ($10::boolean is null or p.contracted = $10)
         and ($11::uuid is null or p.keeper_id = $11)",
        " order by p.is_tribe desc, case when $12 then p.rhythm_next end nulls last, p.sort_name, p.id",
        agency.0,
        narrowed.today,
        paging.limit(),
        paging.offset(),
        format!("%{}%", fold(narrowed.words)),
        narrowed.kind,
        narrowed.stage,
        narrowed.county,
        narrowed.language,
        narrowed.contracted,
        narrowed.keeper.map(|id| id.0),
        narrowed.by_next,
    )
}

/// Counties and languages that occur, and who keeps relationships, for the filters.
pub(super) async fn filters(tx: &mut AgencyTx) -> Result<(Vec<String>, Vec<String>, Vec<Choice>), Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select coalesce((select array_agg(distinct one order by one) from partner p, unnest(p.counties) one
                      where p.agency_id = $1 and p.merged_into is null), '{}') as "counties!",
                  coalesce((select array_agg(distinct one order by one) from partner p, unnest(p.languages) one
                      where p.agency_id = $1 and p.merged_into is null), '{}') as "languages!""#,
        agency.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.counties, row.languages, keepers(tx, None).await?))
}

/// Who may keep a relationship: directors and staff, and whoever keeps it now, also when they have left.
pub(super) async fn keepers(tx: &mut AgencyTx, present: Option<MembershipId>) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, m.name, m.role, m.role in ('director', 'staff') and m.state = 'active' as "serves!"
           from membership m
           where m.agency_id = $1 and ((m.role in ('director', 'staff') and m.state = 'active') or m.id = $2)
           order by 4 desc, m.name, m.id"#,
        agency.0,
        present.map(|id| id.0),
    )
    .fetch_all(tx.conn())
    .await?;
    let label = |name: &str, role: &str, serves: bool| if serves { format!("{name}, {role}") } else { format!("{name}, no longer here") };
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), label(&row.name, &row.role, row.serves))).collect())
}

/// The entry that stands for the asker's own body: another one, when theirs was joined to it.
///
/// # Errors
/// When the database refuses.
pub async fn own_body(tx: &mut AgencyTx) -> Result<Option<PartnerId>, Error> {
    Ok(sqlx::query_scalar!(r#"select standing_body() as "body: PartnerId""#).fetch_one(tx.conn()).await?)
}

/// The entry that stands for this one: itself, or the one that it was joined to.
///
/// # Errors
/// When the database refuses.
pub async fn kept_entry(tx: &mut AgencyTx, id: PartnerId) -> Result<PartnerId, Error> {
    Ok(sqlx::query_scalar!(r#"select standing_of($1) as "id!: PartnerId""#, id.0).fetch_one(tx.conn()).await?)
}

/// All partners as choices of a form, Tribal governments first.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select id, name from partner where agency_id = $1 and merged_into is null order by is_tribe desc, sort_name, id",
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), row.name)).collect())
}

/// A partner's name, or nothing when there is no such partner here.
///
/// # Errors
/// When the database refuses.
pub async fn find_name(tx: &mut AgencyTx, id: PartnerId) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!("select name from partner where agency_id = $1 and id = $2", agency.0, id.0).fetch_optional(tx.conn()).await?)
}

/// One partner's whole entry.
pub(super) async fn find(tx: &mut AgencyTx, id: PartnerId) -> Result<Option<Partner>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Partner,
        r#"select p.id as "id: PartnerId", p.name, p.kind as "kind: Kind", p.stage as "stage: Stage", p.contracted, p.communities, p.languages,
                  p.counties, p.brings, p.description, p.city, p.state, p.website, p.email, p.phone,
                  p.recognition as "recognition: Recognition", p.recognition_words, p.recognition_source, p.recognition_on,
                  p.keeper_id as "keeper: MembershipId",
                  (select m.name from membership m where m.agency_id = p.agency_id and m.id = p.keeper_id) as keeper_name,
                  p.keeper_reason, p.rhythm as "rhythm: Rhythm", p.rhythm_next, p.agenda_ours, p.agenda_theirs,
                  p.recognition_spoken_at is not null as "has_spoken!", p.own_kept_at is not null as "keeps_itself!",
                  words_are_its_own(p.id) as "words_are_its_own!", p.version
           from partner p where p.agency_id = $1 and p.id = $2"#,
        agency.0, id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Former and alternate names.
pub(super) async fn former_names(tx: &mut AgencyTx, id: PartnerId) -> Result<Vec<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        "select name from partner_name where agency_id = $1 and partner_id = $2 order by created_at, name",
        agency.0,
        id.0
    )
    .fetch_all(tx.conn())
    .await?)
}

/// What the search finds a partner by.
pub(super) fn folded(name: &str, communities: &[String], city: &str) -> String {
    fold(&format!("{name} {} {city}", communities.join(" ")))
}

/// Who is to keep a relationship is a director or on the staff, or keeps it already.
async fn is_keeper(tx: &mut AgencyTx, keeper: Option<MembershipId>, before: Option<MembershipId>) -> Result<(), Error> {
    let Some(keeper) = keeper.map(|id| id.to_string()) else { return Ok(()) };
    if keepers(tx, before).await?.iter().any(|choice| choice.value == keeper) {
        Ok(())
    } else {
        Err(Error::refused("keeper", "Choose one of the directors and staff"))
    }
}

/// Adds a partner.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<EditPartners>, entry: &Entry) -> Result<PartnerId, Error> {
    crate::consent::in_own_words(
        tx,
        &[
            ("description", &entry.description),
            ("keeper_reason", &entry.keeper_reason),
            ("agenda_ours", &entry.agenda_ours),
            ("agenda_theirs", &entry.agenda_theirs),
        ],
    )
    .await?;
    let (agency, now, id) = (tx.agency(), tx.now(), PartnerId::fresh());
    is_keeper(tx, entry.keeper, None).await?;
    sqlx::query!(
        "insert into partner (agency_id, id, name, sort_name, folded, is_tribe, kind, stage, contracted, communities, languages, counties, brings,
             description, city, state, website, email, phone, recognition, recognition_words, recognition_source, recognition_on,
             keeper_id, keeper_reason, rhythm, rhythm_next, agenda_ours, agenda_theirs, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $30)",
        agency.0, id.0, entry.name, fold(&entry.name), folded(&entry.name, &entry.communities, &entry.city), entry.kind == Kind::Tribe,
        entry.kind as Kind, entry.stage as Stage, entry.contracted, &entry.communities, &entry.languages, &entry.counties, &entry.brings, entry.description, entry.city, entry.state,
        entry.website, entry.email, entry.phone, entry.recognition as Recognition, entry.recognition_words, entry.recognition_source,
        entry.recognition_on, entry.keeper.map(|id| id.0), entry.keeper_reason, entry.rhythm as Option<Rhythm>, entry.rhythm_next,
        entry.agenda_ours, entry.agenda_theirs, now,
    )
    .execute(tx.conn())
    .await?;
    let path = super::paths::partner(can.slug(), id);
    let subject = SubjectId(id.0);
    subject::add(
        tx,
        NewSubject {
            id: subject,
            kind: RecordKind::Partner,
            title: &entry.name,
            path,
            audience: Audience::Partnership,
            body: Some(id),
            author: None,
        },
    )
    .await?;
    if let Some(listed) = entry.listed {
        super::import::take_name(tx, id, listed, &entry.name).await?;
    }
    audit::record(tx, Change::of("added", RecordKind::Partner, subject).field("name", &entry.name)).await?;
    Ok(id)
}

/// Keeps a partner's entry; a former name stays findable. What the Tribe said of its recognition stays as the Tribe said it.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<EditPartners>, id: PartnerId, entry: &Entry) -> Result<(), Error> {
    crate::consent::in_own_words(
        tx,
        &[
            ("description", &entry.description),
            ("keeper_reason", &entry.keeper_reason),
            ("agenda_ours", &entry.agenda_ours),
            ("agenda_theirs", &entry.agenda_theirs),
        ],
    )
    .await?;
    let (agency, now) = (tx.agency(), tx.now());
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    is_keeper(tx, entry.keeper, before.keeper).await?;
    if before.words_are_its_own && differing(&before, entry).iter().any(|(name, was, is)| OWN_WORDS.contains(name) && was != is) {
        // Its steward came in since the form was opened.
        return Err(Error::Refused(Problems::stale()));
    }
    if entry.kind != before.kind && says_itself(tx, id).await? {
        return Err(Error::refused("kind", "Leave this as it is: the body’s people are here, and say themselves what it is"));
    }
    let kept = sqlx::query!(
        "update partner set name = $4, sort_name = $5, folded = $6, is_tribe = $7, kind = $8, stage = $9, contracted = $10, communities = $11,
             languages = $12, counties = $13, brings = $14, description = $15, city = $16, state = $17, website = $18, email = $19, phone = $20,
             recognition = case when recognition_spoken_at is null then $21 else recognition end,
             recognition_words = case when recognition_spoken_at is null then $22 else recognition_words end,
             recognition_source = case when recognition_spoken_at is null then $23 else recognition_source end,
             recognition_on = case when recognition_spoken_at is null then $24::date else recognition_on end, keeper_reason = $26,
             keeper_before = case when keeper_id <> $25 then keeper_id else keeper_before end,
             keeper_since = case when keeper_id <> $25 then $32 else keeper_since end, keeper_id = $25,
             rhythm = $27, rhythm_next = $28, agenda_ours = $29, agenda_theirs = $30, updated_at = $31, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0, id.0, can.version(), entry.name, fold(&entry.name), folded(&entry.name, &entry.communities, &entry.city),
        entry.kind == Kind::Tribe, entry.kind as Kind, entry.stage as Stage, entry.contracted, &entry.communities, &entry.languages,
        &entry.counties, &entry.brings, entry.description, entry.city, entry.state, entry.website, entry.email, entry.phone,
        entry.recognition as Recognition, entry.recognition_words, entry.recognition_source, entry.recognition_on,
        entry.keeper.map(|id| id.0), entry.keeper_reason, entry.rhythm as Option<Rhythm>, entry.rhythm_next, entry.agenda_ours,
        entry.agenda_theirs, now, tx.today(),
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    called_otherwise(tx, id, &before.name, &entry.name).await?;
    audit::record(tx, Change::of("changed", RecordKind::Partner, SubjectId(id.0)).differing(differing(&before, entry))).await
}

/// Whether the body says itself what it is: somebody of it has come in, and the asker does not speak for it.
async fn says_itself(tx: &mut AgencyTx, id: PartnerId) -> Result<bool, Error> {
    let said = sqlx::query_scalar!(r#"select has_come_in($1) and not speaks_for($1) as "itself!""#, id.0);
    Ok(said.fetch_one(tx.conn()).await?)
}

/// Another name: the former one stays findable.
pub(super) async fn called_otherwise(tx: &mut AgencyTx, id: PartnerId, before: &str, name: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    if before == name {
        return Ok(());
    }
    sqlx::query!(
        "insert into partner_name (agency_id, id, partner_id, name, folded, source, created_at) values ($1, $2, $3, $4, $5, 'renamed here', $6)",
        agency.0,
        crate::platform::ids::fresh(),
        id.0,
        before,
        fold(before),
        now,
    )
    .execute(tx.conn())
    .await?;
    subject::rename(tx, SubjectId(id.0), name).await
}
