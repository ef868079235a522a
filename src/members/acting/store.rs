//! Times to enter for somebody, in and out. Whether one runs is asked of the database at everything that is entered.

use super::{
    super::{
        model::{Member, Who},
        store::{find, of_member},
    },
    model::{Begun, Item, May, Own, Shown, Time},
};
use crate::{
    audit::{self, Change},
    platform::{
        access::Can,
        acting::{ActingId, ToldHow},
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        ids::MembershipId,
        policy::{ActFor, BeginActing, ConfirmEntered},
    },
};
use sqlx::types::Json;

/// The member for whom the asker would enter, and whether they may. Nobody finds one whom they may not know.
pub(super) async fn member(tx: &mut AgencyTx, can: &Can<BeginActing>, id: MembershipId) -> Result<(Member, May), Error> {
    let (agency, who) = (tx.agency(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_enter_for(&member) {
        return Err(Error::NotFound);
    }
    let row = sqlx::query!(
        r#"select may_act_for($2) as "may!",
                  exists (select 1 from not_acted_for where agency_id = $1 and membership_id = $2) as "forbidden!""#,
        agency.0,
        id.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let may = match (row.may, row.forbidden) {
        (true, _) => May::Enter,
        (false, true) => May::Forbidden,
        (false, false) => May::Oneself,
    };
    Ok((member, may))
}

/// Begins it, now; one that is over is noted first.
pub(super) async fn begin(tx: &mut AgencyTx, can: &Can<BeginActing>, id: MembershipId, new: &Begun) -> Result<ActingId, Error> {
    let (member, may) = self::member(tx, can, id).await?;
    match may {
        May::Enter => {}
        May::Forbidden => return Err(Error::refused("", "They do not want anybody to enter for them")),
        May::Oneself => return Err(Error::refused("", "This is you in another role. Write it as yourself")),
    }
    note_over(tx).await?;
    let (agency, acting) = (tx.agency(), ActingId::fresh());
    // The moment is the database's own for this transaction, so that its rule and the row agree to the microsecond.
    sqlx::query!(
        "insert into acting (agency_id, id, helper_id, member_id, told_how, begun_at, until)
         values ($1, $2, $3, $4, $5, current_moment(), current_moment() + make_interval(mins => $6))",
        agency.0,
        acting.0,
        can.me().0,
        id.0,
        new.how as ToldHow,
        i32::try_from(new.minutes.span().num_minutes()).unwrap_or(0),
    )
    .execute(tx.conn())
    .await
    .on_constraint("acting_now", "", "You enter for somebody already. End that first")?;
    audit::record(tx, of_member("began to enter for", &member)).await?;
    Ok(acting)
}

/// Ends it at once, by whoever enters or by the member.
pub(super) async fn end(tx: &mut AgencyTx, _: &Can<ActFor>, id: ActingId) -> Result<(), Error> {
    let agency = tx.agency();
    let ended = sqlx::query_scalar!(
        r#"update acting set ended_at = least(until, current_moment()) where agency_id = $1 and id = $2 and ended_at is null
           returning member_id as "member: MembershipId""#,
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    match ended {
        Some(member) => audit::record(tx, Change::of_member("stopped entering for", member, None)).await,
        None => Err(Error::NotFound),
    }
}

/// Notes those that are over: of all as keeper, else of the asker's own.
pub(super) async fn note_over(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let over = sqlx::query_scalar!(
        r#"update acting set ended_at = until
           where agency_id = $1 and id in (select t.id from acting t where t.agency_id = $1 and t.ended_at is null and t.until <= $2 order by t.until limit 500)
           returning member_id as "member: MembershipId""#,
        agency.0,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    for member in over {
        audit::record(tx, Change::of_member("ended the time to enter for", member, None).by_itself()).await?;
    }
    Ok(())
}

/// One such time, for whoever entered in it and for the member, with what was entered as far as the reader may read it.
pub(super) async fn shown(tx: &mut AgencyTx, id: ActingId) -> Result<Shown, Error> {
    let (agency, me, now) = (tx.agency(), tx.standing().membership.map(|id| id.0), tx.now());
    let row = sqlx::query!(
        r#"select t.helper_id = $3 as "is_helper!", h.name as helper, coalesce(i.name, m.name) as "member!", p.name as "body_name?",
                  t.told_how as "how: ToldHow", t.begun_at, t.until, t.ended_at,
                  t.ended_at is null and t.until > $4 and (t.helper_id <> $3 or may_act_for(t.member_id)) as "runs!",
                  (select json_agg(w order by w.at, w.path) from (
                       select l.id, l.kind, s.title, s.path, l.created_at as at, h.name as by, l.told_how as how, l.confirmed_at, l.struck_at
                       from loop l join subject s on s.agency_id = l.agency_id and s.id = l.id
                       where l.agency_id = $1 and l.acting_id = $2
                       union all
                       select null, 'comment', s.title, s.path || '#comment-' || c.id, c.created_at, h.name, c.told_how, c.confirmed_at, c.struck_at
                       from comment c join subject s on s.agency_id = c.agency_id and s.id = c.subject_id
                       where c.agency_id = $1 and c.acting_id = $2) w) as "items: Json<Vec<Item>>"
           from acting t
           join membership h on h.agency_id = t.agency_id and h.id = t.helper_id
           join membership m on m.agency_id = t.agency_id and m.id = t.member_id
           left join member_identity i on i.agency_id = t.agency_id and i.membership_id = t.member_id
           left join partner p on p.agency_id = m.agency_id and p.id = m.partner_id
           where t.agency_id = $1 and t.id = $2"#,
        agency.0,
        id.0,
        me,
        now,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let items = row.items.map(|items| items.0).unwrap_or_default();
    // A question is called by its first words.
    tx.shows(items.iter().filter_map(|item| item.id));
    Ok(Shown {
        id,
        is_helper: row.is_helper,
        helper: row.helper,
        member: row.member,
        body_name: row.body_name,
        how: row.how,
        begun_at: row.begun_at,
        until: row.until,
        ended_at: row.ended_at,
        runs: row.runs,
        items,
    })
}

/// What one's own page says of it: the wish, and the latest times.
pub(in crate::members) async fn own(tx: &mut AgencyTx, me: MembershipId) -> Result<Own, Error> {
    let agency = tx.agency();
    let row = sqlx::query!(
        r#"select exists (select 1 from not_acted_for where agency_id = $1 and membership_id = $2) as "forbidden!",
                  (select json_agg(w order by w.begun_at desc) from (
                       select t.id, h.name as helper, t.told_how as how, t.begun_at
                       from acting t join membership h on h.agency_id = t.agency_id and h.id = t.helper_id
                       where t.agency_id = $1 and t.member_id = $2
                       order by t.begun_at desc, t.id limit 10) w) as "times: Json<Vec<Time>>""#,
        agency.0,
        me.0,
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Own { forbidden: row.forbidden, times: row.times.map(|times| times.0).unwrap_or_default() })
}

/// Keeps whether anybody may enter for the asker. It acts at once, on a time that runs too.
pub(super) async fn keep_wish(tx: &mut AgencyTx, can: &Can<ConfirmEntered>, nobody: bool) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), can.me());
    if nobody {
        sqlx::query!(
            "insert into not_acted_for (agency_id, membership_id, since) values ($1, $2, $3) on conflict (agency_id, membership_id) do nothing",
            agency.0,
            me.0,
            now,
        )
        .execute(tx.conn())
        .await?;
    } else {
        sqlx::query!("delete from not_acted_for where agency_id = $1 and membership_id = $2", agency.0, me.0).execute(tx.conn()).await?;
    }
    let action = if nobody { "wants nobody to enter for" } else { "lets others enter for" };
    audit::record(tx, Change::of_member(action, me, None).for_oneself()).await
}
