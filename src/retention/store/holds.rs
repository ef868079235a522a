//! Legal holds in and out. Two people confirm one and let one end; meanwhile it holds.

use super::{
    super::{
        model::{EndDecision, Hold, HoldId, NewHold, Scope},
        paths,
    },
    destructions::in_turn,
    unseen,
};
use crate::{
    audit::{self, Change},
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        db::AgencyTx,
        error::Error,
        form::Problems,
        ids::{MembershipId, PartnerId, SubjectId},
        paging::Paging,
        policy::{Hat, LiftHolds, SetHolds},
    },
};

/// The holds that the reader may know of, those in force first.
pub(in crate::retention) async fn list(tx: &mut AgencyTx, paging: Paging) -> Result<Vec<Hold>, Error> {
    select(tx, None, Some(paging)).await
}

/// One hold.
pub(in crate::retention) async fn find(tx: &mut AgencyTx, id: HoldId) -> Result<Hold, Error> {
    select(tx, Some(id), None).await?.pop().ok_or(Error::NotFound)
}

async fn select(tx: &mut AgencyTx, id: Option<HoldId>, paging: Option<Paging>) -> Result<Vec<Hold>, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_as!(
        Hold,
        r#"select h.id as "id: HoldId", h.scope as "scope: Scope",
                  case when s.kind = 'loop' then 'A question of ' || coalesce(b.name || ', of ', '') || to_char(s.created_at at time zone $5, 'FMDD FMMonth YYYY')
                       else s.title end as "title?", s.path as "path?", h.reason, h.authority, h.from_on,
                  m.name as set_by, h.set_at, is_another(h.set_by) as "set_by_another!", c.name as "confirmed_by?", h.confirmed_at,
                  e.name as "end_by?", h.end_at, is_another(h.end_by) as "end_by_another!", coalesce(e.role = 'director', false) as "end_by_director!",
                  l.name as "lifted_by?", h.lifted_at, h.lifted_because, h.version
           from legal_hold h
           join membership m on m.agency_id = h.agency_id and m.id = h.set_by
           left join membership c on c.agency_id = h.agency_id and c.id = h.confirmed_by
           left join membership e on e.agency_id = h.agency_id and e.id = h.end_by and (h.lifted_at is not null or still_answers(h.end_by))
           left join membership l on l.agency_id = h.agency_id and l.id = h.lifted_by
           left join subject s on s.agency_id = h.agency_id and s.id = h.subject_id
           left join partner b on b.agency_id = s.agency_id and b.id = s.body_id
           where h.agency_id = $1 and ($2::uuid is null or h.id = $2)
           order by h.lifted_at is not null, h.set_at desc, h.id desc limit $3 offset $4"#,
        agency.0,
        id.map(|id| id.0),
        paging.map(|paging| paging.limit()),
        paging.map_or(0, |paging| paging.offset()),
        tx.zone(),
    )
    .fetch_all(tx.conn())
    .await?)
}

/// Whether the asker may see the record: of another one nothing is said, not even that it cannot be held.
async fn is_there(tx: &mut AgencyTx, record: SubjectId) -> Result<bool, Error> {
    let agency = tx.agency();
    Ok(sqlx::query_scalar!(r#"select exists (select 1 from subject where agency_id = $1 and id = $2) as "there!""#, agency.0, record.0)
        .fetch_one(tx.conn())
        .await?)
}

/// Sets a hold on what the asker may see, on a matter, or on everything. It keeps from now on, confirmed or not.
pub(in crate::retention) async fn set(tx: &mut AgencyTx, can: &Can<SetHolds>, new: &NewHold) -> Result<HoldId, Error> {
    consent::in_own_words(tx, &[("reason", &new.reason), ("authority", &new.authority)]).await?;
    let (agency, now, id) = (tx.agency(), tx.now(), HoldId::fresh());
    in_turn(tx).await?;
    if let Some(record) = new.record
        && !is_there(tx, record).await?
    {
        return Err(Error::refused("record", "There is no such record. Enter the address of a page that you can open"));
    }
    sqlx::query!(
        "insert into legal_hold (agency_id, id, scope, subject_id, reason, authority, from_on, set_by, set_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency.0,
        id.0,
        new.scope as Scope,
        new.record.map(|id| id.0),
        new.reason,
        new.authority,
        new.from_on,
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("set", "legal hold").field("reason", &new.reason).field("authority", &new.authority)).await?;
    let said = format!("Legal hold {} was set. It holds already; somebody other than the one who set it confirms it", id.number());
    tell_those_who_answer(tx, said, paths::hold(can.slug(), id)).await?;
    tell_whose_words(tx, can.slug(), id, new).await?;
    Ok(id)
}

/// Directors and administrators, whatever their role lets them see of what is held: nobody is left alone with a hold, and no word of it
/// stands there.
async fn tell_those_who_answer(tx: &mut AgencyTx, said: String, path: String) -> Result<(), Error> {
    notices::tell_hats(tx, &[Hat::Director, Hat::Administrator], None, &Notice { kind: "legal_hold", said, path }).await
}

/// Whoever gave words that are held, and the stewards of bodies whose people did, hear that they are held; not why, and not by whom.
/// Nobody else learns whose words there are.
async fn tell_whose_words(tx: &mut AgencyTx, slug: &str, id: HoldId, new: &NewHold) -> Result<(), Error> {
    let (agency, mut members, mut bodies, mut page) = (tx.agency(), Vec::new(), Vec::new(), None);
    tx.as_keeper("tell those whose words a hold keeps", async |tx| {
        let rows = sqlx::query!(
            r#"select member_id as "member?: MembershipId", body_id as "body?: PartnerId" from whose_words_are_held($1)"#,
            id.0,
        )
        .fetch_all(tx.conn())
        .await?;
        for row in rows {
            members.extend(row.member);
            bodies.extend(row.body);
        }
        page = sqlx::query_scalar!("select path from subject where agency_id = $1 and id = $2", agency.0, new.record.map(|id| id.0))
            .fetch_optional(tx.conn())
            .await?;
        Ok(())
    })
    .await?;
    let path = page.filter(|_| new.scope == Scope::Record).unwrap_or_else(|| crate::members::paths::me(slug));
    let said = "Something that you contributed lies under a legal hold from now on. You can take it back all the same: it leaves every \
                page, nobody here reads it, and it is destroyed when the hold ends"
        .to_owned();
    notices::tell(tx, &members, &Notice { kind: "words_held", said, path }).await?;
    let said = "Words that your people contributed lie under a legal hold from now on. They can be taken back all the same: they leave \
                every page, nobody here reads them, and they are destroyed when the hold ends"
        .to_owned();
    let told = Notice { kind: "words_held", said, path: crate::desk::paths::desk(slug) };
    for body in bodies {
        notices::tell_stewards(tx, body, &told).await?;
    }
    Ok(())
}

/// Confirms a hold that somebody else set.
pub(in crate::retention) async fn confirm(tx: &mut AgencyTx, can: &Can<SetHolds>, id: HoldId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    in_turn(tx).await?;
    let hold = match find(tx, id).await {
        Err(Error::NotFound) => {
            unseen::confirm(tx, can, id).await?;
            return dealt_with(tx, can.slug(), id).await;
        }
        found => found?,
    };
    if !hold.is_unconfirmed() {
        return Err(Error::refused("", "This hold was confirmed already, or has ended"));
    }
    if !hold.set_by_another {
        return Err(Error::refused("", "Somebody other than the one who set it confirms it"));
    }
    let confirmed = sqlx::query!(
        "update legal_hold set confirmed_by = $4, confirmed_at = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and confirmed_by is null",
        agency.0,
        id.0,
        can.version(),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    once(confirmed.rows_affected())?;
    dealt_with(tx, can.slug(), id).await?;
    audit::record(tx, Change::about("confirmed", "legal hold")).await
}

/// Nothing that was said to whoever decided waits for them any more.
async fn dealt_with(tx: &mut AgencyTx, slug: &str, id: HoldId) -> Result<(), Error> {
    notices::done(tx, &paths::hold(slug, id)).await
}

pub(super) fn once(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Refused(Problems::stale())) } else { Ok(()) }
}

/// Proposes that a hold ends. It goes on meanwhile.
pub(in crate::retention) async fn propose_end(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId, because: &str) -> Result<(), Error> {
    consent::no_copied_words(tx, "because", because).await?;
    in_turn(tx).await?;
    match find(tx, id).await {
        Err(Error::NotFound) => unseen::propose_end(tx, can, id, because).await?,
        found => propose_end_of(tx, can, &found?, because).await?,
    }
    audit::record(tx, Change::about("proposed to end", "legal hold").field("because", because)).await?;
    dealt_with(tx, can.slug(), id).await?;
    let said = format!("It was proposed to end legal hold {}. It goes on until somebody else lets it end", id.number());
    tell_those_who_answer(tx, said, paths::hold(can.slug(), id)).await
}

/// What is said of an end that waits for somebody's word.
pub(super) const ALREADY: &str = "It was proposed already that this hold ends";

async fn propose_end_of(tx: &mut AgencyTx, can: &Can<LiftHolds>, hold: &Hold, because: &str) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    if hold.lifted_at.is_some() {
        return Err(Error::refused("", "This hold has ended already"));
    }
    if hold.is_proposed_to_end() {
        return Err(Error::refused("", ALREADY));
    }
    let proposed = sqlx::query!(
        "update legal_hold set end_by = $4, end_at = $5, lifted_because = $6, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and lifted_at is null and (end_by is null or not still_answers(end_by))",
        agency.0,
        hold.id.0,
        can.version(),
        can.me().0,
        now,
        because,
    )
    .execute(tx.conn())
    .await?;
    once(proposed.rows_affected())
}

/// Decides, as somebody other than the one who proposed it, whether a hold ends.
pub(in crate::retention) async fn decide_end(
    tx: &mut AgencyTx,
    can: &Can<LiftHolds>,
    id: HoldId,
    decision: EndDecision,
) -> Result<(), Error> {
    in_turn(tx).await?;
    dealt_with(tx, can.slug(), id).await?;
    let hold = match find(tx, id).await {
        Err(Error::NotFound) => return unseen::decide_end(tx, can, id, decision).await,
        found => found?,
    };
    if !hold.is_proposed_to_end() {
        return Err(Error::refused("", "Nobody proposes that this hold ends, or it has ended already"));
    }
    if decision == EndDecision::Keep {
        return go_on(tx, can, id).await;
    }
    if !hold.is_decided_by(can.hat()) {
        return Err(Error::refused("", "Two people let a hold end, and one of them is a director"));
    }
    lift(tx, can, id).await
}

async fn go_on(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId) -> Result<(), Error> {
    let agency = tx.agency();
    let kept = sqlx::query!(
        "update legal_hold set end_by = null, end_at = null, lifted_because = '', version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and lifted_at is null and end_by is not null",
        agency.0,
        id.0,
        can.version(),
    )
    .execute(tx.conn())
    .await?;
    once(kept.rows_affected())?;
    audit::record(tx, Change::about("did not end", "legal hold")).await
}

async fn lift(tx: &mut AgencyTx, can: &Can<LiftHolds>, id: HoldId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    let lifted = sqlx::query!(
        "update legal_hold set lifted_by = $4, lifted_at = $5, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and lifted_at is null and end_by is not null",
        agency.0,
        id.0,
        can.version(),
        can.me().0,
        now,
    )
    .execute(tx.conn())
    .await?;
    once(lifted.rows_affected())?;
    ended(tx, id).await
}

/// A hold has ended: what was sealed under it alone is destroyed now.
pub(super) async fn ended(tx: &mut AgencyTx, id: HoldId) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    audit::record(tx, Change::about("ended", "legal hold")).await?;
    let mut theirs: Vec<(MembershipId, String)> = Vec::new();
    tx.as_keeper("destroy what was sealed under a hold that ended", async |tx| {
        sqlx::query!("select open_seals($1, $2)", id.0, now).execute(tx.conn()).await?;
        let rows = sqlx::query!(
            r#"select coalesce(c.author_id, s.author_id) as "author!: MembershipId", s.path
               from sealed x
               join subject s on s.agency_id = x.agency_id and s.id = x.subject_id
               left join comment c on c.agency_id = x.agency_id and c.id = x.comment_id
               where x.agency_id = $1 and x.ended_at = $2 and coalesce(c.author_id, s.author_id) is not null"#,
            agency.0,
            now,
        )
        .fetch_all(tx.conn())
        .await?;
        theirs = rows.into_iter().map(|row| (row.author, row.path)).collect();
        Ok(())
    })
    .await?;
    // Whoever took the words back hears it; nobody else learns whose they were.
    for (author, path) in theirs {
        let said = "The legal hold on words that you took back has ended, and they are destroyed".to_owned();
        notices::tell(tx, &[author], &Notice { kind: "legal_hold", said, path }).await?;
    }
    Ok(())
}
