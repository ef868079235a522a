//! Outreach entries in and out of the database.

use super::model::{Entry, How, Kept, NewEntry, called};
use crate::{
    audit::{self, Change},
    partners::{choices, find_name, model::Rhythm, store::keepers},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::LogOutreach,
        subject::{self, Audience, Kind, NewSubject},
        words,
    },
};
use chrono::NaiveDate;
use sqlx::types::Json;

/// What the log is narrowed to, and its order; empty texts narrow nothing.
#[derive(Debug, Default)]
pub(super) struct Narrowed<'a> {
    pub(super) partner: Option<PartnerId>,
    pub(super) went: Option<MembershipId>,
    pub(super) how: &'a str,
    pub(super) open: bool,
    pub(super) delegated: bool,
    pub(super) since: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    /// Contacts between governments, or everything but them.
    pub(super) between_governments: bool,
    pub(super) sort: &'a str,
}

/// A page of the log, with those whom it can be narrowed to.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) entries: Vec<Entry>,
    /// The partners on the list.
    pub(super) partners: Vec<Choice>,
    /// Directors and staff.
    pub(super) people: Vec<Choice>,
}

/// A page of the log, latest first unless another order is asked for; next steps that wait stand by their day.
pub(super) async fn list(tx: &mut AgencyTx, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Log, Error> {
    let agency = tx.agency();
    let by_next = narrowed.sort == "next" || (narrowed.open && narrowed.sort.is_empty());
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(l), '[]')
                   from (select o.id, o.partner_id as partner, p.name as partner_name, o.held_on, o.went_id as went,
                                m.name as went_name, m.role as went_role, o.delegate_reason, o.how, o.said, o.next_step, o.next_on,
                                o.done_at is not null as done, o.between_governments, o.spoke_for_agency, o.spoke_for_tribe, o.version
                         from outreach o
                         join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
                         join membership m on m.agency_id = o.agency_id and m.id = o.went_id
                         where o.agency_id = $1 and o.between_governments = $13
                           and ($2::uuid is null or o.partner_id = $2 or p.merged_into = $2)
                           and ($3::uuid is null or o.went_id = $3)
                           and (not $4 or (o.next_step <> '' and o.done_at is null))
                           and ($5 = '' or o.how = $5)
                           and (not $6 or o.delegate_reason <> '')
                           and ($7::date is null or o.held_on >= $7)
                           and ($8::date is null or o.held_on <= $8)
                         order by case when $9 and o.done_at is null then o.next_on end nulls last,
                                  case when $10 = 'partner' then p.sort_name end, case when $10 = 'oldest' then o.held_on end,
                                  o.held_on desc, o.id desc
                         limit $11 offset $12) l) as "entries!: Json<Vec<Entry>>",
                  (select coalesce(json_agg(json_build_object('value', p.id, 'label', p.name) order by p.is_tribe desc, p.sort_name, p.id), '[]')
                   from partner p where p.agency_id = $1 and p.merged_into is null and (p.is_tribe or not $13)) as "partners!: Json<Vec<Choice>>",
                  (select coalesce(json_agg(json_build_object('value', m.id, 'label', m.name || ', ' || m.role) order by m.name, m.id), '[]')
                   from membership m
                   where m.agency_id = $1 and m.role in ('director', 'staff') and m.state = 'active') as "people!: Json<Vec<Choice>>""#,
        agency.0,
        narrowed.partner.map(|id| id.0),
        narrowed.went.map(|id| id.0),
        narrowed.open,
        narrowed.how,
        narrowed.delegated,
        narrowed.since,
        narrowed.until,
        by_next,
        narrowed.sort,
        paging.limit(),
        paging.offset(),
        narrowed.between_governments,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Log { entries: row.entries.0, partners: row.partners.0, people: row.people.0 })
}

/// One entry.
pub(super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Entry>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Entry,
        r#"select o.id as "id: SubjectId", o.partner_id as "partner: PartnerId", p.name as partner_name, o.held_on,
                  o.went_id as "went: MembershipId", m.name as went_name, m.role as went_role, o.delegate_reason, o.how as "how: How",
                  o.said, o.next_step, o.next_on, o.done_at is not null as "done!",
                  o.between_governments, o.spoke_for_agency, o.spoke_for_tribe, o.version
           from outreach o
           join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
           join membership m on m.agency_id = o.agency_id and m.id = o.went_id
           where o.agency_id = $1 and o.id = $2"#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// How often the agency and a Tribe spoke as governments, as far as the reader may see.
///
/// # Errors
/// When the database refuses.
pub async fn between_governments(tx: &mut AgencyTx, partner: PartnerId) -> Result<i64, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "contacts!" from outreach o join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
           where o.agency_id = $1 and o.between_governments and (p.id = $2 or p.merged_into = $2)"#,
        agency.0,
        partner.0,
    )
    .fetch_one(tx.conn())
    .await?)
}

/// Who may have gone: those who serve, and whoever an older entry names.
pub(super) async fn who_may_go(tx: &mut AgencyTx, before: Option<&Entry>) -> Result<Vec<Choice>, Error> {
    keepers(tx, before.map(|entry| entry.went)).await
}

/// The partners of which an entry may speak: those on the list, and the one that an older entry speaks of, also when it has
/// been joined to another.
pub(super) async fn partners(tx: &mut AgencyTx, before: Option<&Entry>) -> Result<Vec<Choice>, Error> {
    let list = choices(tx).await?;
    Ok(with_present(list, before.map(|entry| Choice::new(entry.partner.to_string(), format!("{}, joined since", entry.partner_name)))))
}

fn with_present(mut choices: Vec<Choice>, present: Option<Choice>) -> Vec<Choice> {
    let missing = present.filter(|one| !choices.iter().any(|choice| choice.value == one.value));
    choices.extend(missing);
    choices
}

/// How often a partner's relationship is kept, where it has a rhythm.
pub(super) async fn kept(tx: &mut AgencyTx, partner: PartnerId) -> Result<Option<Kept>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Kept,
        r#"select rhythm as "rhythm!: Rhythm", rhythm_next as next from partner
           where agency_id = $1 and id = $2 and rhythm is not null and merged_into is null"#,
        agency.0,
        partner.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Puts down when the relationship with the partner of an entry is kept next.
pub(super) async fn keep_next(tx: &mut AgencyTx, _: &Can<LogOutreach>, entry: &Entry, next: NaiveDate) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let kept = sqlx::query!(
        "update partner set rhythm_next = $3, updated_at = $4, version = version + 1 where agency_id = $1 and id = $2 and rhythm is not null",
        agency.0,
        entry.partner.0,
        next,
        now,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("changed", Kind::Partner, SubjectId(entry.partner.0)).field("next_date", &next.to_string())).await
}

/// Adds an entry.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<LogOutreach>, new: &NewEntry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    let name = checked(tx, new, None).await?;
    let title = title(new, &name);
    let path = super::paths::entry(can.slug(), id);
    let subject = NewSubject {
        id,
        kind: Kind::Outreach,
        title: &title,
        path,
        audience: Audience::Agency,
        body: Some(new.partner),
        author: Some(can.me()),
    };
    subject::add(tx, subject).await?;
    sqlx::query!(
        "insert into outreach (agency_id, id, partner_id, held_on, went_id, delegate_reason, how, said, next_step, next_on, created_by, created_at,
             between_governments, spoke_for_agency, spoke_for_tribe)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        agency.0,
        id.0,
        new.partner.0,
        new.held_on,
        new.went.0,
        new.delegate_reason,
        new.how as How,
        new.said,
        new.next_step,
        new.next_on,
        can.me().0,
        now,
        new.between_governments(),
        new.spoke().0,
        new.spoke().1,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("added", Kind::Outreach, id).field("said", &new.said).field("next_step", &new.next_step)).await?;
    Ok(id)
}

/// Keeps an entry. Another next step, or another day for it, is to be done again. An entry that was written under the wrong
/// partner goes to the right one, and with it who reads it.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<LogOutreach>, before: &Entry, new: &NewEntry) -> Result<(), Error> {
    let (agency, id) = (tx.agency(), before.id);
    let name = checked(tx, new, Some(before)).await?;
    let kept = sqlx::query!(
        "update outreach set partner_id = $4, held_on = $5, went_id = $6, delegate_reason = $7, how = $8, said = $9, next_step = $10,
             next_on = $11, done_at = case when next_step = $10 and next_on is not distinct from $11 then done_at end,
             between_governments = $12, spoke_for_agency = $13, spoke_for_tribe = $14, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        new.partner.0,
        new.held_on,
        new.went.0,
        new.delegate_reason,
        new.how as How,
        new.said,
        new.next_step,
        new.next_on,
        new.between_governments(),
        new.spoke().0,
        new.spoke().1,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    if new.partner != before.partner {
        let duty = "an entry goes to the partner it speaks of";
        let stays =
            "Leave it with this partner: somebody on the partners’ side has read it or spoken of it. Write a new entry for the other";
        let give = async |tx: &mut AgencyTx| {
            if subject::give_to(tx, id, Some(new.partner)).await? { Ok(()) } else { Err(Error::refused("partner", stays)) }
        };
        tx.as_keeper(duty, give).await?;
    }
    subject::rename(tx, id, &title(new, &name)).await?;
    audit::record(tx, Change::of("changed", Kind::Outreach, id).differing(differing(before, new))).await
}

/// How lists and links call an entry.
fn title(new: &NewEntry, name: &str) -> String {
    format!("{} {name}, {}", called(new.between_governments()), words::day(new.held_on))
}

/// The fields of an entry before and after.
fn differing(before: &Entry, new: &NewEntry) -> [(&'static str, String, String); 11] {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    [
        ("partner", before.partner.to_string(), new.partner.to_string()),
        ("day", before.held_on.to_string(), new.held_on.to_string()),
        ("who went", before.went.to_string(), new.went.to_string()),
        ("why a delegate", before.delegate_reason.clone(), new.delegate_reason.clone()),
        ("how", before.how.to_string(), new.how.to_string()),
        ("said", before.said.clone(), new.said.clone()),
        ("next step", before.next_step.clone(), new.next_step.clone()),
        ("next day", day(before.next_on), day(new.next_on)),
        ("between governments", before.between_governments.to_string(), new.between_governments().to_string()),
        ("who spoke for the agency", before.spoke_for_agency.clone(), new.spoke().0.to_owned()),
        ("who spoke for the Tribe", before.spoke_for_tribe.clone(), new.spoke().1.to_owned()),
    ]
}

/// The next step is done.
pub(super) async fn finish(tx: &mut AgencyTx, _: &Can<LogOutreach>, id: SubjectId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let done = sqlx::query!(
        "update outreach set done_at = $3, version = version + 1 where agency_id = $1 and id = $2 and done_at is null and next_step <> ''",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, Change::of("did the next step of", Kind::Outreach, id)).await
}

/// The partner and the person who went must be of this agency; where a director keeps the relationship, somebody else who
/// went says why. Answers the partner's name.
async fn checked(tx: &mut AgencyTx, new: &NewEntry, before: Option<&Entry>) -> Result<String, Error> {
    let (ours, theirs) = new.spoke();
    crate::consent::in_own_words(
        tx,
        &[
            ("said", &new.said),
            ("next_step", &new.next_step),
            ("delegate_reason", &new.delegate_reason),
            ("spoke_ours", ours),
            ("spoke_theirs", theirs),
        ],
    )
    .await?;
    let partner = new.partner.to_string();
    if !partners(tx, before).await?.iter().any(|choice| choice.value == partner) {
        return Err(Error::refused("partner", "Choose one of the partners"));
    }
    let went = new.went.to_string();
    if !who_may_go(tx, before).await?.iter().any(|choice| choice.value == went) {
        return Err(Error::refused("went", "Choose one of the directors and staff"));
    }
    if new.between_governments() && !is_tribe(tx, new.partner).await? {
        return Err(Error::refused("government", "Leave this open, or choose a Tribe: only a Tribe is met as a government"));
    }
    if new.delegate_reason.is_empty() && is_directors_to_keep(tx, new.partner, new.went).await? {
        return Err(Error::refused("delegate_reason", "Enter why somebody else went: a director keeps this relationship"));
    }
    find_name(tx, new.partner).await?.ok_or(Error::NotFound)
}

/// Whether the body is a Tribal government.
async fn is_tribe(tx: &mut AgencyTx, partner: PartnerId) -> Result<bool, Error> {
    let agency = tx.agency();
    let asked = sqlx::query_scalar!("select is_tribe from partner where agency_id = $1 and id = $2", agency.0, partner.0);
    Ok(asked.fetch_optional(tx.conn()).await?.unwrap_or_default())
}

/// Whether a director who is not this person keeps the relationship.
async fn is_directors_to_keep(tx: &mut AgencyTx, partner: PartnerId, went: MembershipId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from partner p join membership k on k.agency_id = p.agency_id and k.id = p.keeper_id
               where p.agency_id = $1 and p.id = $2 and k.role = 'director' and k.state = 'active' and k.id <> $3) as "directors!""#,
        agency.0,
        partner.0,
        went.0,
    )
    .fetch_one(tx.conn())
    .await?)
}
