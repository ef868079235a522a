//! Absences in and out. Row security holds once more who says, takes on and ends what (0363_somebody_stands_in.sql).

use super::{
    model::{Absence, Asked, EitherOf, NewAbsence, Takes, Turn},
    paths,
};
use crate::{
    audit::{self, Change},
    notices::{self, Notice},
    platform::{
        access::Can,
        asker::Asker,
        db::AgencyTx,
        error::Error,
        form::{Choice, Problems},
        ids::{self, MembershipId},
        paging::Paging,
        policy::{BeAway, StandIn},
        words,
    },
};
use chrono::NaiveDate;
use sqlx::types::Json;

/// Absences, those that are not over first, and who can be asked to stand in for this member.
pub(super) async fn list(tx: &mut AgencyTx, me: MembershipId, paging: Paging) -> Result<(Vec<Absence>, Vec<Choice>), Error> {
    let (agency, today) = (tx.agency(), tx.today());
    let row = sqlx::query!(
        r#"select (select coalesce(json_agg(l), '[]')
                   from (select d.id, d.lent_by as away, b.name as away_name, d.lent_to as deputy, t.name as deputy_name, d.from_on, d.until,
                                d.taken_at is not null as taken, d.ended_at
                         from delegation d
                         join membership b on b.agency_id = d.agency_id and b.id = d.lent_by
                         join membership t on t.agency_id = d.agency_id and t.id = d.lent_to
                         where d.agency_id = $1 and d.duty = 'absence'
                         order by d.ended_at is null and d.until >= $3 desc, d.from_on desc, d.id
                         limit $4 offset $5) l) as "absences!: Json<Vec<Absence>>",
                  (select coalesce(json_agg(json_build_object('value', m.id, 'label', m.name || ', ' || m.role) order by m.name, m.id), '[]')
                   from membership m
                   where m.agency_id = $1 and m.role in ('director', 'staff') and m.state = 'active' and m.id <> $2) as "people!: Json<Vec<Choice>>""#,
        agency.0,
        me.0,
        today,
        paging.limit(),
        paging.offset(),
    )
    .fetch_one(tx.conn())
    .await?;
    Ok((row.absences.0, row.people.0))
}

/// One of them.
pub(super) async fn find(tx: &mut AgencyTx, id: uuid::Uuid) -> Result<Absence, Error> {
    let agency = tx.agency();
    sqlx::query_as!(
        Absence,
        r#"select d.id, d.lent_by as "away: MembershipId", b.name as away_name, d.lent_to as "deputy: MembershipId", t.name as deputy_name,
                  d.from_on as "from_on!", d.until, d.taken_at is not null as "taken!", d.ended_at
           from delegation d
           join membership b on b.agency_id = d.agency_id and b.id = d.lent_by
           join membership t on t.agency_id = d.agency_id and t.id = d.lent_to
           where d.agency_id = $1 and d.id = $2 and d.duty = 'absence'"#,
        agency.0,
        id,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)
}

fn by(asker: &Asker) -> String {
    asker.member().map_or_else(String::new, |member| member.name.clone())
}

fn notice(said: String, path: String) -> Notice {
    Notice { kind: "duty", said, path }
}

/// Says that one is away, and asks somebody to stand in.
pub(super) async fn add(tx: &mut AgencyTx, can: &Can<BeAway>, new: &NewAbsence) -> Result<(), Error> {
    let (agency, now, id) = (tx.agency(), tx.now(), ids::fresh());
    sqlx::query!("select absence_turn($1)", can.me().0).execute(tx.conn()).await?;
    may_be(tx, can.me(), new).await?;
    sqlx::query!(
        "insert into delegation (agency_id, id, duty, lent_by, lent_to, from_on, until, created_at) values ($1, $2, 'absence', $3, $4, $5, $6, $7)",
        agency.0,
        id,
        can.me().0,
        new.deputy.0,
        new.from_on,
        new.until,
        now,
    )
    .execute(tx.conn())
    .await?;
    let said = format!("{} is away {} and asks whether you stand in", by(can), days(new.from_on, new.until));
    notices::tell(tx, &[new.deputy], &notice(said, paths::standing_in(can.slug(), &id))).await?;
    audit::record(tx, Change::of_member("asked to stand in", new.deputy, None)).await
}

fn days(from: NaiveDate, until: NaiveDate) -> String {
    if from == until { format!("on {}", words::day(from)) } else { format!("from {} to {}", words::day(from), words::day(until)) }
}

/// One person stands in at a time, and nobody who is away then.
async fn may_be(tx: &mut AgencyTx, me: MembershipId, new: &NewAbsence) -> Result<(), Error> {
    let agency = tx.agency();
    let found = sqlx::query!(
        r#"select exists (select 1 from membership m where m.agency_id = $1 and m.id = $3 and m.id <> $2 and m.state = 'active'
                      and m.role in ('director', 'staff')) as "may!",
                  count(*) filter (where d.lent_by = $2) as "mine!", count(*) filter (where d.lent_by = $3) as "theirs!"
           from delegation d
           where d.agency_id = $1 and d.duty = 'absence' and d.ended_at is null and d.from_on <= $5 and d.until >= $4"#,
        agency.0,
        me.0,
        new.deputy.0,
        new.from_on,
        new.until,
    )
    .fetch_one(tx.conn())
    .await?;
    match (found.may, found.mine, found.theirs) {
        (false, ..) => Err(Error::refused("deputy", "Choose who stands in for you")),
        (_, 1.., _) => Err(Error::refused("from", "You said already that you are away on some of these days: end that first")),
        (_, _, 1..) => Err(Error::refused("deputy", "Choose somebody else: they are away themselves on some of these days")),
        _ => Ok(()),
    }
}

/// Keeps the word of whoever was asked: with a no somebody else can be asked.
pub(super) async fn answer(tx: &mut AgencyTx, can: &Can<StandIn>, Asked(id): Asked, word: Takes) -> Result<(), Error> {
    let (agency, now, yes) = (tx.agency(), tx.now(), word == Takes::Yes);
    let kept = sqlx::query!(
        "update delegation set taken_at = case when $4 then $3::timestamptz end, ended_at = case when $4 then ended_at else $3 end
         where agency_id = $1 and id = $2 and taken_at is null and ended_at is null",
        agency.0,
        id,
        now,
        yes,
    )
    .execute(tx.conn())
    .await?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let absence = find(tx, id).await?;
    notices::done(tx, &paths::standing_in(can.slug(), &id)).await?;
    let when = days(absence.from_on, absence.until);
    let said = if yes {
        format!("{} stands in for you {when}", by(can))
    } else {
        format!("{} cannot stand in for you {when}: ask somebody else", by(can))
    };
    notices::tell(tx, &[absence.away], &notice(said, paths::absences(can.slug()))).await?;
    let action = if yes { "stands in for" } else { "declined to stand in for" };
    audit::record(tx, Change::of_member(action, absence.away, None)).await
}

/// Ends it before its day: whoever is away is back, or whoever stands in cannot any more.
pub(super) async fn end(tx: &mut AgencyTx, can: &Can<StandIn>, EitherOf(id): EitherOf) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    let absence = find(tx, id).await?;
    let ended =
        sqlx::query!("update delegation set ended_at = $3 where agency_id = $1 and id = $2 and ended_at is null", agency.0, id, now)
            .execute(tx.conn())
            .await?;
    if ended.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let (other, said) = match (absence.away == can.me(), absence.has_begun(today)) {
        (true, true) => (absence.deputy, format!("{} is back: what waited for them is theirs again", by(can))),
        (true, false) => (absence.deputy, format!("{} is not away after all", by(can))),
        (false, _) => (absence.away, format!("{} cannot stand in for you any longer: ask somebody else", by(can))),
    };
    notices::tell(tx, &[other], &notice(said, paths::absences(can.slug()))).await?;
    audit::record(tx, Change::of_member("ended an absence with", other, None)).await
}

/// Tells both sides of absences that begin or are over, each once. For the keeper.
pub(super) async fn tell_due(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    let due = sqlx::query_as!(
        Turn,
        r#"select d.id, d.lent_by as "away: MembershipId", b.name as away_name, d.lent_to as "deputy: MembershipId", t.name as deputy_name,
                  d.until, d.taken_at is not null as "taken!", d.until < $2 as "over!"
           from delegation d
           join membership b on b.agency_id = d.agency_id and b.id = d.lent_by
           join membership t on t.agency_id = d.agency_id and t.id = d.lent_to
           where d.agency_id = $1 and d.duty = 'absence' and d.ended_at is null and d.end_told_at is null and d.from_on <= $2
             and (d.begin_told_at is null or d.until < $2)
           order by d.until, d.id limit 500
           for update of d skip locked"#,
        agency.0,
        today,
    )
    .fetch_all(tx.conn())
    .await?;
    if due.is_empty() {
        return Ok(());
    }
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_one(tx.conn()).await?;
    for one in &due {
        tell_both(tx, &slug, one).await?;
    }
    sqlx::query!(
        "update delegation set begin_told_at = coalesce(begin_told_at, $3), end_told_at = case when until < $4 then $3 end
         where agency_id = $1 and id = any($2)",
        agency.0,
        &due.iter().map(|one| one.id).collect::<Vec<_>>(),
        now,
        today,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("told of absences of", "member").rows(due.len() as i64)).await
}

async fn tell_both(tx: &mut AgencyTx, slug: &str, one: &Turn) -> Result<(), Error> {
    let path = paths::absences(slug);
    if !one.taken {
        if !one.over {
            let said = format!("You are away from today on, and {} has not said whether they stand in", one.deputy_name);
            notices::tell(tx, &[one.away], &notice(said, path)).await?;
        }
        return Ok(());
    }
    let until = words::day(one.until);
    let (to_deputy, to_away) = if one.over {
        (
            format!("{} was away until {until}: what waited for them is theirs again", one.away_name),
            format!("{} stood in for you until {until}: what waits is yours again", one.deputy_name),
        )
    } else {
        (
            format!("From today until {until} you stand in for {}: what waits for them stands on your first page", one.away_name),
            format!("{} stands in for you until {until}", one.deputy_name),
        )
    };
    notices::tell(tx, &[one.deputy], &notice(to_deputy, path.clone())).await?;
    notices::tell(tx, &[one.away], &notice(to_away, path)).await
}
