//! What stewards do: at once where there is one of them or where it narrows, after a second word where it widens.

use super::{
    super::{
        forms::Said,
        model::{Act, Became, Guests, NewLabel, NewProtocol, OwnPeople, Protocol, ProtocolId},
        paths,
    },
    items::{self, settle},
    labels, read, requests, stewarded, stewards, told,
};
use crate::{
    audit::{self, Change, Readers},
    consent,
    notices::{self, Notice},
    platform::{
        access::Can,
        asker::Asker,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{PartnerId, SubjectId},
        policy::{Hat, KeepProtocols, ViewProtocols},
        subject::Audience,
    },
};

/// Does the act where the asker is the only steward; else puts it before the others.
pub(in crate::protocols) async fn ask_or_do(tx: &mut AgencyTx, can: &Asker, act: &Act) -> Result<Became, Error> {
    let body = stewarded(can)?;
    own_words(tx, act).await?;
    check(tx, body, act).await?;
    if stewards(tx, body).await? < 2 {
        let made = perform(tx, body, act).await?;
        record(tx, body, act, act.said(), made).await?;
        told(tx, can, body, format!("One of your stewards settled {}", act.what())).await?;
        return Ok(Became::Done);
    }
    requests::ask(tx, body, act).await?;
    record(tx, body, act, "asked a second steward about", None).await?;
    told(tx, can, body, format!("One of your stewards asks for a second word on {}", act.what())).await?;
    Ok(Became::Waits)
}

/// Nobody's words are copied into a rule or a label.
async fn own_words(tx: &mut AgencyTx, act: &Act) -> Result<(), Error> {
    match act {
        Act::Make(new) => consent::in_own_words(tx, &[("words", &new.words), ("reasons", &new.reasons)]).await,
        Act::Label(label) => consent::in_own_words(tx, &[("words", &label.words)]).await,
        _ => Ok(()),
    }
}

/// What the act is about is still there, and the body's own. A refusal of row security would be nobody's fault to mend.
async fn check(tx: &mut AgencyTx, body: PartnerId, act: &Act) -> Result<(), Error> {
    if let Some(id) = act.protocol() {
        let protocol = read::find(tx, id).await?;
        if protocol.body != body || protocol.ended_at.is_some() {
            return Err(Error::NotFound);
        }
    }
    if let Some(id) = act.item() {
        let item = items::find(tx, id).await?;
        if item.body != Some(body) {
            return Err(Error::NotFound);
        }
    }
    if let Act::Make(NewProtocol { guests, .. }) | Act::Readers { guests, .. } = act {
        may_come(tx, body, guests).await?;
    }
    if let Some(label) = act.label() {
        labels::find_label(tx, body, label).await?;
    }
    Ok(())
}

/// Everybody who is to be let in could stand on the steward's list: nobody learns by trying who else is there.
async fn may_come(tx: &mut AgencyTx, body: PartnerId, guests: &Guests) -> Result<(), Error> {
    let agency = tx.agency();
    let known = sqlx::query!(
        r#"select (select count(*) from membership m left join subject e on e.agency_id = m.agency_id and e.id = m.partner_id
                   where m.agency_id = $1 and m.id = any($2) and m.role <> 'administrator' and not m.lived_experience
                     and (m.partner_id is null or e.id is not null)
                     and (m.state in ('active', 'suspended') or (m.state = 'invited' and m.partner_id = $4))) as "members!",
                  (select count(*) from partner p join subject e on e.agency_id = p.agency_id and e.id = p.id
                   where p.agency_id = $1 and p.id = any($3) and p.id <> $4 and p.merged_into is null) as "bodies!""#,
        agency.0,
        &guests.members.iter().map(|id| id.0).collect::<Vec<_>>(),
        &guests.bodies.iter().map(|id| id.0).collect::<Vec<_>>(),
        body.0,
    )
    .fetch_one(tx.conn())
    .await?;
    let all = |known: i64, asked: usize| usize::try_from(known).is_ok_and(|known| known == asked);
    if !all(known.members, guests.members.len()) {
        return Err(Error::refused("guest", "Choose somebody of the list"));
    }
    if !all(known.bodies, guests.bodies.len()) {
        return Err(Error::refused("guest_body", "Choose one of the list"));
    }
    Ok(())
}

/// Does what was asked for and settled. Answers what it made: a protocol or a label.
pub(super) async fn perform(tx: &mut AgencyTx, body: PartnerId, act: &Act) -> Result<Option<uuid::Uuid>, Error> {
    match act {
        Act::Make(new) => return make(tx, body, new).await.map(|made| Some(made.0)),
        Act::Label(label) => return labels::set(tx, body, label).await.map(Some),
        Act::Change { protocol, all_own_people, shows_reasons } => widen(tx, *protocol, *all_own_people, *shows_reasons).await,
        Act::Readers { protocol, guests } => let_in(tx, body, *protocol, guests).await,
        Act::End { protocol } => end(tx, *protocol).await,
        Act::Put { item, protocol } => items::carry(tx, *item, body, *protocol).await,
        Act::TakeOff { item, protocol } => items::take_off(tx, *item, *protocol).await,
        Act::Any { item } => items::set_way(tx, *item, false).await,
        Act::LabelEnd { label } => labels::end(tx, body, *label).await,
    }?;
    Ok(None)
}

/// Checks once more what was asked some days ago, and does it.
pub(super) async fn perform_later(tx: &mut AgencyTx, body: PartnerId, act: &Act) -> Result<(), Error> {
    check(tx, body, act).await?;
    let made = perform(tx, body, act).await?;
    record(tx, body, act, act.said(), made).await
}

async fn make(tx: &mut AgencyTx, body: PartnerId, new: &NewProtocol) -> Result<ProtocolId, Error> {
    let (agency, now, id, me) = (tx.agency(), tx.now(), ProtocolId::fresh(), tx.standing().membership);
    let own = if new.named_only { OwnPeople::Named } else { OwnPeople::All };
    sqlx::query!(
        "insert into protocol (agency_id, id, body_id, name, words, reasons, shows_reasons, own_people, made_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        id.0,
        body.0,
        new.name,
        new.words,
        new.reasons,
        new.shows_reasons,
        own as OwnPeople,
        me.map(|id| id.0),
        now,
    )
    .execute(tx.conn())
    .await
    .on_constraint("protocol_once", "name", "Enter another name: you have a protocol that is called so")?;
    let_in(tx, body, id, &new.guests).await?;
    Ok(id)
}

async fn let_in(tx: &mut AgencyTx, body: PartnerId, protocol: ProtocolId, guests: &Guests) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    let ends_at = guests.until.and_then(|day| day.succ_opt()).map(|day| tx.first_moment(day));
    let (members, roles) = (guests.members.iter().map(|id| id.0).collect::<Vec<_>>(), &guests.roles);
    let bodies = guests.bodies.iter().map(|id| id.0).collect::<Vec<_>>();
    items::take_turn(tx).await?;
    // Who was let in before is let in anew, until the day that is said now.
    sqlx::query!(
        "delete from protocol_reader where agency_id = $1 and protocol_id = $2 and (membership_id = any($3) or role = any($4) or guest_body_id = any($5))",
        agency.0,
        protocol.0,
        &members,
        roles,
        &bodies,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into protocol_reader (agency_id, id, protocol_id, body_id, membership_id, role, guest_body_id, until, ends_at, added_by, created_at)
         select $1, gen_random_uuid(), $2, $3, w.member, w.role, w.guest_body, $6, $7, $8, $9
         from (select unnest($4::uuid[]) as member, null::text as role, null::uuid as guest_body
               union all select null, unnest($5::text[]), null
               union all select null, null, unnest($10::uuid[])) w",
        agency.0,
        protocol.0,
        body.0,
        &members,
        roles,
        guests.until,
        ends_at,
        me.map(|id| id.0),
        now,
        &bodies,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

async fn widen(tx: &mut AgencyTx, id: ProtocolId, all_own_people: bool, shows_reasons: bool) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "update protocol set own_people = case when $3 then 'all' else own_people end, shows_reasons = shows_reasons or $4, version = version + 1
         where agency_id = $1 and id = $2",
        agency.0,
        id.0,
        all_own_people,
        shows_reasons,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// It is taken off everything that carries it, also what its author has narrowed to themselves.
async fn end(tx: &mut AgencyTx, id: ProtocolId) -> Result<(), Error> {
    items::take_turn(tx).await?;
    let (agency, now) = (tx.agency(), tx.now());
    let items =
        sqlx::query_scalar!("delete from item_protocol where agency_id = $1 and protocol_id = $2 returning item_id", agency.0, id.0)
            .fetch_all(tx.conn())
            .await?;
    items::let_go(tx, &items).await?;
    let ended = sqlx::query!(
        "update protocol set ended_at = $3, version = version + 1 where agency_id = $1 and id = $2 and ended_at is null",
        agency.0,
        id.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    // Somebody else ended it while this one waited for its turn.
    if ended.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    settle(tx, &items).await
}

/// Changes what a protocol says. What narrows it acts at once; what would let more people read waits for a second steward.
pub(in crate::protocols) async fn change(
    tx: &mut AgencyTx,
    can: &Can<KeepProtocols>,
    before: &Protocol,
    said: &Said,
) -> Result<Became, Error> {
    let (agency, body, id) = (tx.agency(), stewarded(can)?, before.id);
    if before.body != body || before.ended_at.is_some() {
        return Err(Error::NotFound);
    }
    consent::in_own_words(tx, &[("words", &said.words), ("reasons", &said.reasons)]).await?;
    let (all, shows) =
        (said.own_people == OwnPeople::All && before.own_people != OwnPeople::All, said.shows_reasons && !before.shows_reasons);
    let own_people = if all { before.own_people } else { said.own_people };
    let kept = sqlx::query!(
        "update protocol set name = $4, words = $5, reasons = $6, shows_reasons = $7, own_people = $8, version = version + 1
         where agency_id = $1 and id = $2 and version = $3",
        agency.0,
        id.0,
        can.version(),
        said.name,
        said.words,
        said.reasons,
        said.shows_reasons && !shows,
        own_people as OwnPeople,
    )
    .execute(tx.conn())
    .await
    .on_constraint("protocol_once", "name", "Enter another name: you have a protocol that is called so")?;
    if kept.rows_affected() == 0 {
        return Err(Error::Refused(Problems::stale()));
    }
    let change = log("changed", "protocol", body).differing([
        ("name", before.name.clone(), said.name.clone()),
        ("words", before.words.clone(), said.words.clone()),
        ("reasons", before.reasons.clone(), said.reasons.clone()),
    ]);
    audit::record(tx, change.naming(Some(id.0), None)).await?;
    told(tx, can, body, "One of your stewards changed what a protocol says".to_owned()).await?;
    if before.own_people == OwnPeople::All && own_people == OwnPeople::Named {
        let items = items::under(tx, id).await?;
        items::recalled(tx, &items).await?;
    }
    if !all && !shows {
        return Ok(Became::Done);
    }
    ask_or_do(tx, can, &Act::Change { protocol: id, all_own_people: all, shows_reasons: shows }).await
}

/// Takes a reader out: a steward anybody, everybody themselves, and their body where it was let in. It acts at once. Answers whose
/// protocol it is.
pub(in crate::protocols) async fn leave_or_take_out(
    tx: &mut AgencyTx,
    can: &Can<ViewProtocols>,
    protocol: ProtocolId,
    reader: uuid::Uuid,
) -> Result<PartnerId, Error> {
    let (agency, found, items) = (tx.agency(), read::find(tx, protocol).await?, items::under(tx, protocol).await?);
    let who = read::readers(tx, protocol).await?.into_iter().find(|one| one.id == reader).ok_or(Error::NotFound)?;
    let gone =
        sqlx::query!("delete from protocol_reader where agency_id = $1 and protocol_id = $2 and id = $3", agency.0, protocol.0, reader)
            .execute(tx.conn())
            .await?;
    if gone.rows_affected() == 0 {
        return Err(Error::NotFound);
    }
    items::recalled(tx, &items).await?;
    audit::record(tx, log("took a reader out of", "protocol", found.body).naming(Some(protocol.0), None)).await?;
    // Its stewards, whom alone it is told to, know the protocol and who reads under it.
    let how = if can.body() == Some(found.body) && can.hat() == Hat::Steward { "was taken out of" } else { "left" };
    let said = format!("{} {how} “{}”", who.called(), found.name);
    let path = paths::protocol(can.slug(), protocol);
    notices::tell_stewards(tx, found.body, &Notice { kind: "protocol", said, path }).await?;
    Ok(found.body)
}

/// What the log says of a body's protocols: to its own people, on its own entry.
pub(super) fn log<'a>(action: &'a str, kind: &'a str, body: PartnerId) -> Change<'a> {
    let change = Change { subject: Some(SubjectId(body.0)), body: Some(body), ..Change::about(action, kind) };
    change.for_readers(Readers::Of(Audience::Body))
}

async fn record(tx: &mut AgencyTx, body: PartnerId, act: &Act, action: &str, made: Option<uuid::Uuid>) -> Result<(), Error> {
    let change = log(action, act.kind(), body);
    let change = match act {
        Act::Make(NewProtocol { name, words, reasons, .. }) => change.field("name", name).field("words", words).field("reasons", reasons),
        Act::Label(NewLabel { name, words, .. }) => change.field("name", name).field("words", words),
        _ => change,
    };
    let is_label = matches!(act, Act::Label(_));
    let (protocol, label) = (act.protocol().map(|id| id.0).or(made.filter(|_| !is_label)), act.label().or(made.filter(|_| is_label)));
    audit::record(tx, change.naming(protocol, label).saying(act.what().to_string())).await
}
