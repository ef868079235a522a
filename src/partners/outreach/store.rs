//! Outreach entries in and out of the database.

use super::model::{Entry, How, NewEntry};
use crate::{
    audit::{self, Change},
    partners::{find_name, store::keepers},
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

/// A page of the log, latest first; with `open`, only next steps that wait, the earliest first.
pub(super) async fn list(
    tx: &mut AgencyTx,
    partner: Option<PartnerId>,
    went: Option<MembershipId>,
    open: bool,
    paging: Paging,
) -> Result<Vec<Entry>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Entry,
        r#"select o.id as "id: SubjectId", o.partner_id as "partner: PartnerId", p.name as partner_name, p.is_tribe, o.held_on,
                  o.went_id as "went: MembershipId", m.name as went_name, m.role as went_role, o.delegate_reason, o.how as "how: How",
                  o.said, o.next_step, o.next_on, o.done_at is not null as "done!", o.version
           from outreach o
           join partner p on p.agency_id = o.agency_id and p.id = o.partner_id
           join membership m on m.agency_id = o.agency_id and m.id = o.went_id
           where o.agency_id = $1
             and ($2::uuid is null or o.partner_id = $2 or p.merged_into = $2)
             and ($3::uuid is null or o.went_id = $3)
             and (not $4 or (o.next_step <> '' and o.done_at is null))
           order by case when $4 then o.next_on end nulls last, o.held_on desc, o.id desc
           limit $5 offset $6"#,
        agency.0,
        partner.map(|id| id.0),
        went.map(|id| id.0),
        open,
        paging.limit(),
        paging.offset(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// One entry.
pub(super) async fn find(tx: &mut AgencyTx, id: SubjectId) -> Result<Option<Entry>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Entry,
        r#"select o.id as "id: SubjectId", o.partner_id as "partner: PartnerId", p.name as partner_name, p.is_tribe, o.held_on,
                  o.went_id as "went: MembershipId", m.name as went_name, m.role as went_role, o.delegate_reason, o.how as "how: How",
                  o.said, o.next_step, o.next_on, o.done_at is not null as "done!", o.version
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

/// Who may have gone.
pub(super) async fn who_may_go(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    keepers(tx).await
}

/// Adds an entry.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<LogOutreach>, new: &NewEntry) -> Result<SubjectId, Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), SubjectId::fresh());
    let name = checked(tx, new).await?;
    let title = format!("Outreach to {name}, {}", words::day(new.held_on));
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
        "insert into outreach (agency_id, id, partner_id, held_on, went_id, delegate_reason, how, said, next_step, next_on, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
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
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("added", Kind::Outreach, id).field("said", &new.said).field("next_step", &new.next_step)).await?;
    Ok(id)
}

/// Keeps an entry.
pub(super) async fn keep(tx: &mut AgencyTx, can: &Can<LogOutreach>, id: SubjectId, new: &NewEntry) -> Result<(), Error> {
    let agency = tx.agency();
    let name = checked(tx, new).await?;
    let kept = sqlx::query!(
        "update outreach set partner_id = $4, held_on = $5, went_id = $6, delegate_reason = $7, how = $8, said = $9, next_step = $10,
             next_on = $11, version = version + 1
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
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    subject::rename(tx, id, &format!("Outreach to {name}, {}", words::day(new.held_on))).await?;
    audit::record(tx, Change::of("changed", Kind::Outreach, id).field("said", &new.said).field("next_step", &new.next_step)).await
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

/// The partner and the person who went must be of this agency; answers the partner's name.
async fn checked(tx: &mut AgencyTx, new: &NewEntry) -> Result<String, Error> {
    crate::consent::in_own_words(tx, &[("said", &new.said), ("next_step", &new.next_step), ("delegate_reason", &new.delegate_reason)])
        .await?;
    let name = find_name(tx, new.partner).await?.ok_or_else(|| Error::refused("partner", "Choose one of the partners"))?;
    let went = new.went.to_string();
    if who_may_go(tx).await?.iter().any(|choice| choice.value == went) {
        Ok(name)
    } else {
        Err(Error::refused("went", "Choose one of the directors and staff"))
    }
}
