//! Roles on the agency's side: who is a director, who gives which role, and what ends with one.

use super::{
    super::{
        delegations::Duty,
        model::{AgencyRole, Member, Role, State, Who},
        paths,
    },
    people::{find, fresh, of_member},
};
use crate::{
    audit,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::{MembershipId, PartnerId},
        policy::ChangeRoles,
    },
};

/// Whether a director serves; one who is suspended still counts.
pub(in crate::members) async fn has_director(tx: &mut AgencyTx) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select has_director() as "any!""#).fetch_one(tx.conn()).await?)
}

/// Of a membership that has ended nothing is changed.
pub(in crate::members) fn still_there(member: &Member) -> Result<(), Error> {
    if member.state == State::Ended { Err(Error::refused("", "This membership has ended")) } else { Ok(()) }
}

/// Somebody of this name is one of the body's people, or was proposed to it.
pub(in crate::members) async fn is_of_body(tx: &mut AgencyTx, body: PartnerId, name: &str) -> Result<bool, Error> {
    let agency = tx.agency();
    let found = sqlx::query_scalar!(
        r#"select exists (select 1 from membership where agency_id = $1 and partner_id = $2 and state <> 'ended' and lower(name) = lower($3)) as "found!""#,
        agency.0,
        body.0,
        name,
    );
    Ok(found.fetch_one(tx.conn()).await?)
}

/// Whether the asker signs in with this address.
pub(super) async fn is_own_address(tx: &mut AgencyTx, email: &str) -> Result<bool, Error> {
    let own = sqlx::query_scalar!(r#"select exists (select from account where id = current_account() and email = $1) as "own!""#, email);
    Ok(own.fetch_one(tx.conn()).await?)
}

/// Gives another role on the agency's side; it holds from the next request on.
pub(in crate::members) async fn change_role(
    tx: &mut AgencyTx,
    can: &Can<ChangeRoles>,
    id: MembershipId,
    role: AgencyRole,
) -> Result<(), Error> {
    let (agency, now, who) = (tx.agency(), tx.now(), Who::of(can));
    let member = find(tx, who, id).await?;
    still_there(&member)?;
    if !who.may_change_role(&member) {
        return Err(Error::NotAllowed);
    }
    if as_role(role) == member.role {
        return Err(Error::refused("role", format!("They are {} already. Choose another role", role.of_somebody())));
    }
    if !who.roles_to_give(Some(member.role), has_director(tx).await?).contains(&role) {
        return Err(Error::refused("role", "Choose one of these roles: a director makes directors"));
    }
    keep_one_administrator(tx, &member).await?;
    let changed = sqlx::query!(
        "update membership set role = $4, role_since = $5, sees_landscape = false, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        as_role(role) as Role,
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("membership_once", "role", "They have this role here already, in another membership")?;
    fresh(changed.rows_affected())?;
    end_lent(tx, &member, (role != AgencyRole::Director, true)).await?;
    end_what_it_opened(tx, id, as_role(role)).await?;
    let becomes = as_role(role);
    let change = of_member("changed the role of", &member).field("role", &becomes.to_string());
    audit::record(tx, change.saying(format!("{} → {becomes}", member.role))).await
}

/// What a director lent was theirs to lend while they were an active director: it ends with that, on the record, at once. Row
/// security shows delegations to the agency's side; the keeper ends them, because whoever suspends a director lends nothing.
pub(in crate::members) async fn end_what_they_lent(tx: &mut AgencyTx, member: &Member) -> Result<(), Error> {
    end_lent(tx, member, (true, false)).await
}

/// The same when the membership is over: what was lent to them ends as well.
pub(in crate::members) async fn end_every_duty(tx: &mut AgencyTx, member: &Member) -> Result<(), Error> {
    end_lent(tx, member, (true, true)).await
}

async fn end_lent(tx: &mut AgencyTx, member: &Member, (by_them, to_them): (bool, bool)) -> Result<(), Error> {
    if member.body.is_some() {
        return Ok(());
    }
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    let lent = sqlx::query!(
        r#"select d.id, d.lent_by as "by: MembershipId", d.lent_to as "to: MembershipId", nullif(d.duty, 'absence') as "duty: Duty", g.slug
           from delegation d join agency g on g.id = d.agency_id
           where d.agency_id = $1 and (($5 and d.lent_by = $2) or ($3 and d.lent_to = $2)) and d.ended_at is null and d.until >= $4 order by d.id"#,
        agency.0,
        member.id.0,
        to_them,
        today,
        by_them,
    )
    .fetch_all(tx.conn())
    .await?;
    let ids: Vec<uuid::Uuid> = lent.iter().map(|one| one.id).collect();
    tx.as_keeper("what a director lent ends with their place", async |tx| {
        sqlx::query!("update delegation set ended_at = $3 where agency_id = $1 and id = any($2)", agency.0, &ids, now)
            .execute(tx.conn())
            .await?;
        Ok(())
    })
    .await?;
    for one in lent {
        // It ends by what became of its lender or its bearer: nobody ended it.
        audit::record(tx, audit::Change::of_member("ended the duty lent to", one.to, None).by_itself()).await?;
        let (told, said) = match one.duty {
            Some(duty) if one.to == member.id => (one.to, format!("A duty that was lent to you ended with your role: {duty}")),
            Some(duty) => (one.to, format!("A duty that {} lent you is over: {duty}", member.name)),
            None if one.to == member.id => (one.by, format!("{} cannot stand in for you any longer: ask somebody else", member.name)),
            None => (one.to, format!("{} needs nobody to stand in any longer: their place here has changed", member.name)),
        };
        let path = if one.duty.is_some() { paths::delegations(&one.slug) } else { paths::absences(&one.slug) };
        notices::tell(tx, &[told], &Notice { kind: "duty", said, path }).await?;
    }
    Ok(())
}

/// Duties that were lent end with the role. Whoever no longer runs sessions loses their duties in them, the drafts that came with
/// these, and the names that people with lived experience let them know. Runs as keeper: most of it is not the asker's to see.
async fn end_what_it_opened(tx: &mut AgencyTx, id: MembershipId, role: Role) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    tx.as_keeper("what a role opened ends with it", async |tx| {
        sqlx::query!("update delegation set ended_at = $3 where agency_id = $1 and lent_to = $2 and ended_at is null", agency.0, id.0, now)
            .execute(tx.conn())
            .await?;
        if matches!(role, Role::Director | Role::Staff) {
            return Ok(());
        }
        sqlx::query!("delete from session_duty where agency_id = $1 and membership_id = $2", agency.0, id.0).execute(tx.conn()).await?;
        sqlx::query!("delete from subject_reader where agency_id = $1 and membership_id = $2", agency.0, id.0).execute(tx.conn()).await?;
        sqlx::query!("delete from identity_reader where agency_id = $1 and reader_id = $2", agency.0, id.0).execute(tx.conn()).await?;
        Ok(())
    })
    .await
}

/// The agency always keeps somebody who can let people in. The rows are held, so that two administrators cannot take the
/// duty from each other at the same moment.
pub(in crate::members) async fn keep_one_administrator(tx: &mut AgencyTx, member: &Member) -> Result<(), Error> {
    if member.role != Role::Administrator || member.state != State::Active {
        return Ok(());
    }
    let agency = tx.agency();
    let all = sqlx::query_scalar!(
        r#"select id as "id: MembershipId" from membership
           where agency_id = $1 and role = 'administrator' and state = 'active' order by id for update"#,
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    if all.iter().any(|id| *id != member.id) {
        Ok(())
    } else {
        Err(Error::refused("", "Make somebody else an administrator first: the agency needs at least one"))
    }
}

pub(super) fn as_role(role: AgencyRole) -> Role {
    match role {
        AgencyRole::Director => Role::Director,
        AgencyRole::Staff => Role::Staff,
        AgencyRole::Analyst => Role::Analyst,
        AgencyRole::Administrator => Role::Administrator,
    }
}
