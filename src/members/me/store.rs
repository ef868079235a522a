//! What a person keeps about themselves, in and out. Only they change it; only whom they chose can read it.

use super::{
    super::{
        delegations::Duty,
        model::{Member, Role, State},
        store::{end_every_duty, fresh, keep_one_administrator, of_member},
    },
    model::{Channel, LentToMe, OnCard, Reach},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Choice,
        ids::{MembershipId, SubjectId},
        policy::KeepOwnPage,
    },
};

/// How the asker may be reached.
pub(super) async fn reach(tx: &mut AgencyTx, me: MembershipId) -> Result<Reach, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select nullif(reach_channel, '') as "channel: Channel", reach_at, reach_hours, may_leave_message, may_name_agency, version
           from member_identity where agency_id = $1 and membership_id = $2"#,
        agency.0,
        me.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map_or_else(Reach::default, |row| Reach {
        channel: row.channel,
        at: row.reach_at,
        hours: row.reach_hours,
        may_leave_message: row.may_leave_message,
        may_name_agency: row.may_name_agency,
        version: row.version,
    }))
}

/// Makes the asker's own row, once, from their account, and holds it: what two windows say at one moment is said one after the other.
async fn ensure(tx: &mut AgencyTx, me: MembershipId) -> Result<(), Error> {
    let (agency, account) = (tx.agency(), tx.standing().account);
    sqlx::query!(
        "insert into member_identity (agency_id, membership_id, name, email, version)
         select $1, $2, a.name, a.email, 0 from account a where a.id = $3
         on conflict (agency_id, membership_id) do update set version = member_identity.version",
        agency.0,
        me.0,
        account.map(|id| id.0),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Keeps how the asker may be reached.
pub(super) async fn keep_reach(tx: &mut AgencyTx, can: &Can<KeepOwnPage>, reach: &Reach, forget: bool) -> Result<(), Error> {
    let (agency, me) = (tx.agency(), can.me());
    ensure(tx, me).await?;
    let before = self::reach(tx, me).await?;
    let kept = sqlx::query!(
        "update member_identity set reach_channel = $4, reach_hours = $5, may_leave_message = $6, may_name_agency = $7, reach_at = $8, version = version + 1
         where agency_id = $1 and membership_id = $2 and version = $3",
        agency.0,
        me.0,
        can.version(),
        reach.channel.map(|channel| crate::platform::labels::Label::as_str(channel)).unwrap_or_default(),
        reach.hours,
        reach.may_leave_message,
        reach.may_name_agency,
        reach.at,
    )
    .execute(tx.conn())
    .await?;
    fresh(kept.rows_affected())?;
    take_off_cards(tx, me, Some(before.at).filter(|at| !at.is_empty() && reach.at.is_empty()), forget).await?;
    carry_to_cards(tx, me).await?;
    audit::record(tx, Change::of_member("changed how to reach", me, None).for_oneself().field("hours", &reach.hours)).await
}

/// A number that the asker took away goes from their cards too; with `forget` also what waits aside there.
async fn take_off_cards(tx: &mut AgencyTx, me: MembershipId, number: Option<String>, forget: bool) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update speaker set reach_at = case when reach_at = $3 then '' else reach_at end, reach_aside = case when $4 then '{}' else reach_aside end,
             version = version + 1
         where agency_id = $1 and membership_id = $2 and (reach_at = $3 or $4 and reach_aside <> '{}')",
        agency.0,
        me.0,
        number,
        forget,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the asker says here holds on every consent card of theirs, but for those that say “not at all” or name a person in between:
/// nothing said here lets more people reach them than that. A number or an address stays with the way for which it was given: while
/// another way is wanted it waits aside, where nobody reads it. The address of the sign-in never comes onto a card, whose readers need
/// not know who the speaker is.
async fn carry_to_cards(tx: &mut AgencyTx, me: MembershipId) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update speaker sp set reach_how = i.reach_channel, reach_hours = left(i.reach_hours, 150), may_leave_message = i.may_leave_message,
             may_name_agency = i.may_name_agency, version = sp.version + 1,
             reach_at = case when i.reach_at <> '' then i.reach_at when reach_sort(sp.reach_how) = reach_sort(i.reach_channel) then sp.reach_at
                 else coalesce(sp.reach_aside ->> reach_sort(i.reach_channel), '') end,
             reach_aside = case when reach_sort(sp.reach_how) = reach_sort(i.reach_channel) or sp.reach_at = '' then sp.reach_aside
                 else sp.reach_aside || jsonb_build_object(reach_sort(sp.reach_how), sp.reach_at) end
         from member_identity i
         where sp.agency_id = $1 and sp.membership_id = $2 and i.agency_id = $1 and i.membership_id = $2 and i.reach_channel <> ''
           and sp.reach_how not in ('', 'through')
           and ((sp.reach_how, sp.reach_hours, sp.may_leave_message, sp.may_name_agency)
            <> (i.reach_channel, left(i.reach_hours, 150), i.may_leave_message, i.may_name_agency) or i.reach_at not in ('', sp.reach_at))",
        agency.0,
        me.0,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// What the asker's consent cards say about reaching them, the latest first.
pub(super) async fn on_cards(tx: &mut AgencyTx, me: MembershipId) -> Result<Vec<OnCard>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        OnCard,
        r#"select s.title as session, sp.session_id as "session_id: SubjectId", sp.id, sp.reach_how as how, sp.reach_at as at, sp.reach_hours as hours,
                  array(select case e.key when 'telephone' then 'by telephone or text, ' when 'email' then 'by email, ' else 'by letter, ' end || e.value
                        from jsonb_each_text(sp.reach_aside) e order by e.key) as "aside!",
                  coalesce(i.reach_channel <> '' and (sp.reach_how, sp.reach_hours, sp.may_leave_message, sp.may_name_agency)
                      = (i.reach_channel, left(i.reach_hours, 150), i.may_leave_message, i.may_name_agency) and i.reach_at in ('', sp.reach_at), false) as "same!"
           from speaker sp
           join subject s on s.agency_id = sp.agency_id and s.id = sp.session_id
           left join member_identity i on i.agency_id = sp.agency_id and i.membership_id = sp.membership_id
           where sp.agency_id = $1 and sp.membership_id = $2
           order by sp.created_at desc, sp.id limit 50"#,
        agency.0,
        me.0,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whom the asker may let know, and whom they have chosen.
pub(super) async fn readers(tx: &mut AgencyTx, me: MembershipId) -> Result<(Vec<Choice>, Vec<String>), Error> {
    let agency = tx.agency();
    let rows = sqlx::query!(
        r#"select m.id, m.name, m.role as "role: Role", r.reader_id is not null as "chosen!"
           from membership m
           left join identity_reader r on r.agency_id = m.agency_id and r.reader_id = m.id and r.membership_id = $2
           where m.agency_id = $1 and m.id <> $2
             and (r.reader_id is not null or (m.role in ('director', 'staff') and m.state = 'active'))
           order by m.name, m.id"#,
        agency.0,
        me.0,
    )
    .fetch_all(tx.conn())
    .await?;
    let chosen = rows.iter().filter(|row| row.chosen).map(|row| row.id.to_string()).collect();
    Ok((rows.into_iter().map(|row| Choice::new(row.id.to_string(), format!("{}, {}", row.name, row.role))).collect(), chosen))
}

/// Lets these people know, and nobody else; those who are not directors, staff or readers already are left out.
pub(super) async fn choose_readers(tx: &mut AgencyTx, can: &Can<KeepOwnPage>, chosen: &[MembershipId]) -> Result<(), Error> {
    let (agency, me) = (tx.agency(), can.me());
    let (open, _) = readers(tx, me).await?;
    if chosen.iter().any(|id| !open.iter().any(|choice| choice.value == id.to_string())) {
        return Err(Error::refused("reader", "Choose people of the list"));
    }
    ensure(tx, me).await?;
    let ids: Vec<uuid::Uuid> = chosen.iter().map(|id| id.0).collect();
    sqlx::query!("delete from identity_reader where agency_id = $1 and membership_id = $2", agency.0, me.0).execute(tx.conn()).await?;
    sqlx::query!(
        "insert into identity_reader (agency_id, membership_id, reader_id) select $1, $2, one from unnest($3::uuid[]) one group by one",
        agency.0,
        me.0,
        &ids,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of_member("changed who may know", me, None).for_oneself()).await
}

/// Duties lent to the asker that have not ended.
pub(super) async fn lent_to_me(tx: &mut AgencyTx, can: &Can<KeepOwnPage>) -> Result<Vec<LentToMe>, Error> {
    let (agency, today) = (tx.agency(), can.today());
    Ok(sqlx::query_as!(
        LentToMe,
        r#"select d.duty as "duty: Duty", m.name as lent_by, d.until
           from delegation d join membership m on m.agency_id = d.agency_id and m.id = d.lent_by
           where d.agency_id = $1 and d.lent_to = $2 and d.duty <> 'absence' and d.ended_at is null and d.until >= $3
           order by d.until, d.id"#,
        agency.0,
        can.me().0,
        today,
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether no other steward serves the body.
pub(super) async fn is_last_steward(tx: &mut AgencyTx, member: &Member) -> Result<bool, Error> {
    let agency = tx.agency();
    let others = sqlx::query_scalar!(
        r#"select exists (select 1 from membership where agency_id = $1 and partner_id = $2 and steward and state = 'active' and id <> $3) as "any!""#,
        agency.0,
        member.body.map(|id| id.0),
        member.id.0,
    );
    Ok(member.steward && !others.fetch_one(tx.conn()).await?)
}

/// Leaves the agency's partnership under this hat.
pub(super) async fn leave(tx: &mut AgencyTx, member: &Member) -> Result<(), Error> {
    keep_one_administrator(tx, member).await?;
    let (agency, now) = (tx.agency(), tx.now());
    sqlx::query!(
        "update membership set state = $3, ended_at = $4, version = version + 1 where agency_id = $1 and id = $2 and state = 'active'",
        agency.0,
        member.id.0,
        State::Ended as State,
        now,
    )
    .execute(tx.conn())
    .await?;
    end_every_duty(tx, member).await?;
    audit::record(tx, of_member("left", member)).await
}
