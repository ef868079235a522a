//! Members in and out of the database. Row security holds the same rules once more (0070_members.sql).

use super::{
    super::{
        me::{Channel, Reach},
        model::{Invited, Member, Role, State, Unused, Who},
    },
    links::make_link_as,
    roles::{as_role, has_director, is_own_address},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{MembershipId, PartnerId, SubjectId},
        labels::Label,
        paging::Paging,
        policy::InviteMembers,
        session::Token,
    },
};
use sqlx::types::Json;

/// What the list is narrowed to; empty texts narrow nothing, and without a state those who have gone are left out.
#[derive(Debug, Default)]
pub(in crate::members) struct Narrowed<'a> {
    pub(in crate::members) words: &'a str,
    pub(in crate::members) role: &'a str,
    pub(in crate::members) state: &'a str,
    pub(in crate::members) body: Option<PartnerId>,
    /// Not used for as long; only where the asker may know.
    pub(in crate::members) unused: Option<Unused>,
    /// Came in without a second factor when they were last here; only where the asker may know.
    pub(in crate::members) single: bool,
    pub(in crate::members) member: Option<MembershipId>,
}

/// A page of members, the bodies that have members, for the filter, and how many members there are.
#[derive(Debug)]
pub(in crate::members) struct Listed {
    pub(in crate::members) members: Vec<Member>,
    pub(in crate::members) bodies: Vec<Choice>,
    pub(in crate::members) total: i64,
}

/// The memberships that the asker may know of, the agency's side first; and, unless one is asked for, the bodies that have
/// members.
pub(in crate::members) async fn list(tx: &mut AgencyTx, who: Who, narrowed: &Narrowed<'_>, paging: Paging) -> Result<Listed, Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let unused = narrowed.unused.filter(|_| who.sees_use());
    let row = sqlx::query!(
        r#"with found as materialized (
               select m.id, coalesce(i.name, m.name) as name, m.role, m.partner_id as body, p.name as body_name, p.sort_name, s.path as body_path,
                      m.lived_experience as community, i.membership_id is not null as known, m.state, m.suspended_by,
                      coalesce(w.why, '') as suspended_because, m.suspended_at, m.steward,
                      m.speaks, m.binds, m.mandate, m.mandate_from, m.mandate_until, m.sees_landscape, m.invited_by, m.version,
                      m.created_at, m.ended_at, v.seen_on, v.two_factors, o.may_know as use_known,
                      exists (select 1 from steward_act a where a.agency_id = m.agency_id and a.membership_id = m.id
                          and a.confirmed_at is not null and $9 = a.received_by) as by_my_act
               from membership m
               cross join lateral (select $13 and not m.lived_experience and coalesce($7 or m.partner_id = $8, false) as may_know) o
               left join member_identity i on i.agency_id = m.agency_id and i.membership_id = m.id
               left join suspension w on w.agency_id = m.agency_id and w.membership_id = m.id
               left join member_seen v on v.agency_id = m.agency_id and v.membership_id = m.id and o.may_know
               left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
               left join subject s on s.agency_id = m.agency_id and s.id = m.partner_id
               where m.agency_id = $1
                 and ($2 = '' or position(lower($2) in lower(coalesce(i.name, m.name))) > 0)
                 and ($3 = '' or m.role = $3)
                 and (m.state = $4 or ($4 = '' and (m.state <> 'ended' or $6::uuid is not null)))
                 and ($5::uuid is null or m.partner_id = $5)
                 and ($6::uuid is null or m.id = $6)
                 and ($7 or m.state = 'active' or m.partner_id = $8 or m.id = $9)
                 and (not $14 or (o.may_know and m.state in ('active', 'suspended')
                      and case when $12::int is null then v.seen_on is null
                          else coalesce(v.seen_on, (m.created_at at time zone $15)::date) <= $16::date - $12::int end))
                 and (not $17 or (o.may_know and m.state = 'active' and not v.two_factors)))
           select (select coalesce(json_agg(l), '[]')
                   from (select f.* from found f
                         order by f.body is not null, f.community, f.sort_name, f.steward desc, f.name, f.id
                         limit $10 offset $11) l) as "members!: Json<Vec<Member>>",
                  (select count(*) from found) as "total!",
                  case when $6::uuid is null then
                  (select json_agg(json_build_object('value', p.id, 'label', p.name) order by p.is_tribe desc, p.sort_name, p.id)
                   from partner p
                   where p.agency_id = $1 and exists (select 1 from membership m where m.agency_id = p.agency_id and m.partner_id = p.id
                       and ($7 or m.state = 'active' or m.partner_id = $8 or m.id = $9)))
                  end as "bodies: Json<Vec<Choice>>""#,
        agency.0,
        narrowed.words,
        narrowed.role,
        narrowed.state,
        narrowed.body.map(|id| id.0),
        narrowed.member.map(|id| id.0),
        who.sees_all_states(),
        who.body.map(|id| id.0),
        who.me.0,
        paging.limit(),
        paging.offset(),
        unused.and_then(Unused::days),
        who.sees_use(),
        unused.is_some(),
        tx.zone(),
        today,
        narrowed.single && who.sees_use(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Listed { members: row.members.0, bodies: row.bodies.map(|bodies| bodies.0).unwrap_or_default(), total: row.total })
}

/// One membership that the asker may know of.
pub(in crate::members) async fn find(tx: &mut AgencyTx, who: Who, id: MembershipId) -> Result<Member, Error> {
    let one = Narrowed { member: Some(id), ..Narrowed::default() };
    list(tx, who, &one, Paging::from_text("")).await?.members.pop().ok_or(Error::NotFound)
}

/// Puts a new row in, not yet anybody's account.
pub(in crate::members) async fn insert(
    tx: &mut AgencyTx,
    name: &str,
    role: Role,
    body: Option<PartnerId>,
    state: State,
) -> Result<MembershipId, Error> {
    let (agency, now, me, id) = (tx.agency(), tx.now(), tx.standing().membership, MembershipId::fresh());
    sqlx::query!(
        "insert into membership (agency_id, id, name, role, partner_id, lived_experience, state, invited_by, created_at)
         values ($1, $2, $3, $4, $5, $4 = 'partner' and $5::uuid is null, $6, $7, $8)",
        agency.0,
        id.0,
        name,
        role as Role,
        body.map(|id| id.0),
        state as State,
        me.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await?;
    Ok(id)
}

/// The facilitators who may come to know a person with lived experience: directors and staff who serve.
pub(in crate::members) async fn facilitators(tx: &mut AgencyTx) -> Result<Vec<Choice>, Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        "select id, name, role from membership where agency_id = $1 and role in ('director', 'staff') and state = 'active' order by name, id",
        agency.0,
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows.into_iter().map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.name, row.role))).collect())
}

/// Invites somebody onto the agency's side, each role by those who give it, or a person with lived experience, whose name
/// stays apart.
pub(in crate::members) async fn invite(
    tx: &mut AgencyTx,
    can: &Can<InviteMembers>,
    new: &Invited,
) -> Result<(MembershipId, Option<Token>), Error> {
    let open = Who::of(can).roles_to_give(None, has_director(tx).await?);
    if is_own_address(tx, &new.email).await? {
        return Err(Error::refused("email", "Enter somebody else’s address: nobody invites themselves"));
    }
    let role = match new.role {
        Some(_) if open.is_empty() => return Err(Error::NotAllowed),
        Some(role) if !open.contains(&role) => return Err(Error::refused("role", "Choose one of these roles: a director makes directors")),
        role => role,
    };
    if let Some(role) = role
        && let Some(who) = has_role(tx, &new.email, as_role(role)).await?
    {
        let told =
            format!("{who} is {} here already, with this same address. Choose another role, or enter another address", role.of_somebody());
        return Err(Error::refused("email", told));
    }
    if !new.again
        && let Some(who) = already(tx, new).await?
    {
        let ask = "Tick this if they are to have one more role, or if it is somebody else of that name";
        return Err(Error::refused("again", format!("{who} is here already. {ask}")));
    }
    let id = match role {
        Some(role) => insert(tx, &new.name, as_role(role), None, State::Invited).await?,
        None => {
            let id = insert(tx, "Community member", Role::Partner, None, State::Invited).await?;
            keep_identity(tx, id, new).await?;
            id
        }
    };
    let link = make_link_as(tx, can, id, &new.email, (new.language, new.letter_may_name())).await?;
    audit::record(tx, Change::of_member("invited", id, None)).await?;
    Ok((id, link))
}

/// Who was invited to this role with this address, and has not gone: one address has a role once.
async fn has_role(tx: &mut AgencyTx, email: &str, role: Role) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        "select m.name from membership m join invitation i on i.agency_id = m.agency_id and i.membership_id = m.id
         where m.agency_id = $1 and m.role = $3 and m.partner_id is null and m.state <> 'ended' and not m.lived_experience and i.email = $2
         order by m.created_at, m.id limit 1",
        agency.0,
        email,
        role as Role,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A membership that has not ended of somebody with this name, or with this address as far as the asker may know it. People with
/// lived experience are never among them: nobody learns from an invitation who they are.
async fn already(tx: &mut AgencyTx, new: &Invited) -> Result<Option<String>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(
        r#"select m.name || ', ' || coalesce(case when m.steward then 'steward of ' else '' end || p.name, m.role) as "who!"
           from membership m
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where m.agency_id = $1 and m.state <> 'ended' and not m.lived_experience
             and (lower(m.name) = lower($2)
                  or exists (select 1 from invitation i where i.agency_id = m.agency_id and i.membership_id = m.id and i.email = $3))
           order by m.created_at, m.id
           limit 1"#,
        agency.0,
        new.name,
        new.email,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Who somebody is, for themselves and the facilitators whom the invitation names; not for whoever typed it.
async fn keep_identity(tx: &mut AgencyTx, id: MembershipId, new: &Invited) -> Result<(), Error> {
    let agency = tx.agency();
    let open = facilitators(tx).await?;
    if !new.readers.iter().all(|reader| open.iter().any(|choice| choice.value == reader.to_string())) {
        return Err(Error::refused("reader", "Choose facilitators of the list"));
    }
    sqlx::query!(
        "insert into member_identity (agency_id, membership_id, name, email, reach_channel, may_name_agency) values ($1, $2, $3, $4, $5, $6)",
        agency.0,
        id.0,
        new.name,
        new.email,
        new.channel.map(Label::as_str).unwrap_or_default(),
        new.may_name_agency,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into identity_reader (agency_id, membership_id, reader_id) select $1, $2, one from unnest($3::uuid[]) one group by one",
        agency.0,
        id.0,
        &new.readers.iter().map(|id| id.0).collect::<Vec<_>>(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// How somebody may be reached safely, for those whom they chose.
pub(in crate::members) async fn reach_of(tx: &mut AgencyTx, member: MembershipId) -> Result<Option<Reach>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Reach,
        r#"select nullif(reach_channel, '') as "channel: Channel", reach_at as at, reach_hours as hours, may_leave_message, may_name_agency, version
           from member_identity where agency_id = $1 and membership_id = $2"#,
        agency.0,
        member.0,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// A change of a membership as the log has it: of a body's people it stands on the body's record.
pub(in crate::members) fn of_member<'a>(action: &'a str, member: &Member) -> Change<'a> {
    Change::of_member(action, member.id, member.body.map(|body| SubjectId(body.0)))
}

/// An edit of a row that somebody changed meanwhile is refused.
pub(in crate::members) fn fresh(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}
