//! Roles on the agency's side: who is a director, who gives which role, and what ends with one.

use super::{
    super::model::{AgencyRole, Member, Role, State, Who},
    people::{find, fresh, of_member},
};
use crate::{
    audit,
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::MembershipId,
        policy::ChangeRoles,
    },
};

/// Whether a director serves; one who is suspended still counts.
pub(in crate::members) async fn has_director(tx: &mut AgencyTx) -> Result<bool, Error> {
    Ok(sqlx::query_scalar!(r#"select has_director() as "any!""#).fetch_one(tx.conn()).await?)
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
    let (agency, who) = (tx.agency(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_change_role(&member) {
        return Err(Error::NotAllowed);
    }
    if !who.roles_to_give(Some(member.role), has_director(tx).await?).contains(&role) {
        return Err(Error::refused("role", "Choose one of these roles: a director makes directors"));
    }
    keep_one_administrator(tx, &member).await?;
    let changed = sqlx::query!(
        "update membership set role = $4, sees_landscape = false, version = version + 1 where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        as_role(role) as Role,
    )
    .execute(tx.conn())
    .await
    .on_constraint("membership_once", "role", "They have this role here already, in another membership")?;
    fresh(changed.rows_affected())?;
    end_what_it_opened(tx, id, as_role(role)).await?;
    audit::record(tx, of_member("changed the role of", &member).field("role", &role.to_string())).await
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
