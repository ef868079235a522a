//! People are put down, asked, asked again and taken off. A link is made with each asking, and its letter alone learns it.

use super::{
    super::{
        forms::Invited,
        model::{InviteeId, LETTER, Named},
    },
    find, kept,
};
use crate::{
    audit::{self, Change},
    consent,
    mail::Language,
    platform::{
        access::Can,
        db::AgencyTx,
        error::{Error, OnConstraint as _},
        form::Problems,
        ids::{self, SubjectId},
        policy::KeepInvitees,
        session::Token,
        subject::Kind,
    },
};
use chrono::{DateTime, Utc};

/// Puts people down, and asks them where the session is announced. Whoever is down already is left as they are.
pub(in super::super) async fn add(tx: &mut AgencyTx, can: &Can<KeepInvitees>, session: SubjectId, new: &Invited) -> Result<u64, Error> {
    kept(tx, session).await?;
    refuse_the_same_name(tx, session, &new.people).await?;
    let names: Vec<&str> = new.people.iter().map(|one| one.name.as_str()).collect();
    consent::no_copied_words(tx, "people", &names.join("\n")).await?;
    let (agency, now, language) = (tx.agency(), tx.now(), new.language.code());
    let text = |of: fn(&Named) -> &String| new.people.iter().map(|one| of(one).clone()).collect::<Vec<String>>();
    let fresh = |number: usize| (0..number).map(|_| ids::fresh()).collect::<Vec<_>>();
    let people = sqlx::query!(
        "insert into session_invitee (agency_id, id, session_id, name, email, language, may_name_agency, made_by, created_at)
         select $1, t.id, $2, t.name, t.email, $3, $4, $5, $6 from unnest($7::uuid[], $8::text[], $9::text[]) as t (id, name, email)
         on conflict do nothing",
        agency.0,
        session.0,
        language,
        new.may_name_agency,
        can.me().0,
        now,
        &fresh(new.people.len()),
        &text(|one| &one.name),
        &text(|one| &one.email),
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    let members = known(tx, new).await?;
    let members = sqlx::query!(
        "insert into session_invitee (agency_id, id, session_id, membership_id, name, language, made_by, created_at)
         select $1, t.id, $2, m.id, '', $3, $4, $5 from unnest($6::uuid[], $7::uuid[]) as t (id, member)
         join membership m on m.agency_id = $1 and m.id = t.member and m.role = 'partner' and m.state = 'active'
         on conflict do nothing",
        agency.0,
        session.0,
        language,
        can.me().0,
        now,
        &fresh(members.len()),
        &members,
    )
    .execute(tx.conn())
    .await?
    .rows_affected();
    ask_new(tx, session).await?;
    let added = people + members;
    audit::record(tx, Change::of("people invited", Kind::Session, session).rows(i64::try_from(added).unwrap_or(i64::MAX))).await?;
    Ok(added)
}

/// Of two of one name, one without an address, nobody could say whether they are two people: neither is put down unasked.
async fn refuse_the_same_name(tx: &mut AgencyTx, session: SubjectId, people: &[Named]) -> Result<(), Error> {
    let agency = tx.agency();
    let there = sqlx::query!(
        "select name, email from session_invitee where agency_id = $1 and session_id = $2 and membership_id is null order by name, id limit 5000",
        agency.0,
        session.0,
    )
    .fetch_all(tx.conn())
    .await?;
    match people.iter().find(|one| there.iter().any(|row| one.may_be(&row.name, &row.email))) {
        Some(one) => Err(Error::refused(
            "people",
            format!(
                "Take out the line of {}: somebody of that name is on the list. Add an address there, or write the name so that it differs",
                one.name
            ),
        )),
        None => Ok(()),
    }
}

/// The members to invite: all of them are on the partners' side, and are there now.
async fn known(tx: &mut AgencyTx, new: &Invited) -> Result<Vec<uuid::Uuid>, Error> {
    let (agency, members) = (tx.agency(), new.members.iter().map(|one| one.0).collect::<Vec<_>>());
    let known = sqlx::query_scalar!(
        r#"select count(*) as "known!" from membership where agency_id = $1 and id = any($2) and role = 'partner' and state = 'active'"#,
        agency.0,
        &members,
    )
    .fetch_one(tx.conn())
    .await?;
    if usize::try_from(known).is_ok_and(|known| known == members.len()) {
        Ok(members)
    } else {
        Err(Error::refused("members", "Choose from the list"))
    }
}

/// Asks those who were not asked yet.
async fn ask_new(tx: &mut AgencyTx, session: SubjectId) -> Result<(), Error> {
    letters(tx, session, None, true).await
}

/// Tells everybody who is invited what is true now: that it is announced, moved or called off. Answers stay, and what they were about.
///
/// # Errors
/// When the database refuses.
pub async fn tell_all(tx: &mut AgencyTx, session: SubjectId) -> Result<(), Error> {
    letters(tx, session, None, false).await
}

/// Asks one of them again.
async fn ask(tx: &mut AgencyTx, session: SubjectId, one: InviteeId) -> Result<(), Error> {
    letters(tx, session, Some(one), false).await
}

/// A letter for each, and a link that lapses when the session is over; links from before end. As keeper: whoever announces or moves a
/// session need not know who is invited. The link's secret is chance that nobody was told; the letter gets another when it is written.
async fn letters(tx: &mut AgencyTx, session: SubjectId, one: Option<InviteeId>, only_new: bool) -> Result<(), Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    let one = one.map(|id| id.0);
    tx.as_keeper("letters to those who are invited", async |tx| {
        sqlx::query!(
            "update return_link l set spent_at = $3 from session_invitee i
             where l.agency_id = $1 and i.agency_id = $1 and i.session_id = $2 and l.invitee_id = i.id and l.spent_at is null
               and ($4::uuid is null or i.id = $4) and (not $5 or i.asked_at is null and i.times_asked_at is null)",
            agency.0,
            session.0,
            now,
            one,
            only_new,
        )
        .execute(tx.conn())
        .await?;
        sqlx::query!(
            "insert into return_link (agency_id, id, token_hash, subject_id, invitee_id, purpose, made_by, created_at, expires_at)
             select i.agency_id, gen_random_uuid(), sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), i.session_id, i.id, 'reply', $6, $3,
                    l.starts_at + l.minutes * interval '1 minute'
             from session_invitee i join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
             where i.agency_id = $1 and i.session_id = $2 and ($4::uuid is null or i.id = $4) and (not $5 or i.asked_at is null and i.times_asked_at is null)
               and (l.state = 'announced' or l.state = 'cancelled' and i.asked_at is not null or l.state = 'planned' and exists (
                    select 1 from session_time t where t.agency_id = l.agency_id and t.session_id = l.id))",
            agency.0,
            session.0,
            now,
            one,
            only_new,
            me.map(|id| id.0),
        )
        .execute(tx.conn())
        .await?;
        enqueue(tx, session, (one, only_new), now).await?;
        sqlx::query!(
            "update session_invitee i
             set asked_at = case when l.state = 'announced' and (i.email <> '' or i.membership_id is not null)
                     then coalesce(i.asked_at, $3) else i.asked_at end,
                 asked_about = case when l.state = 'announced' then coalesce(i.asked_about, l.sequence) else i.asked_about end,
                 times_asked_at = case when l.state = 'planned' then $3 else i.times_asked_at end
             from listening_session l
             where i.agency_id = $1 and i.session_id = $2 and l.agency_id = $1 and l.id = $2
               and (l.state = 'announced' or l.state = 'planned' and exists (
                    select 1 from session_time t where t.agency_id = l.agency_id and t.session_id = l.id))
               and ($4::uuid is null or i.id = $4)",
            agency.0,
            session.0,
            now,
            one,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}

/// One letter each: where one waits still, it will say what is true when it goes. The members of a demonstration get none.
async fn enqueue(
    tx: &mut AgencyTx,
    session: SubjectId,
    (one, only_new): (Option<uuid::Uuid>, bool),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into letter (id, for_agency, kind, about, made_at, run_at)
         select gen_random_uuid(), i.agency_id, $6, i.id, $3, $3
         from session_invitee i
         join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
         join agency g on g.id = i.agency_id
         where i.agency_id = $1 and i.session_id = $2 and ($4::uuid is null or i.id = $4) and (not $5 or i.asked_at is null and i.times_asked_at is null)
           and (i.email <> '' or i.membership_id is not null and not g.is_demo)
           and (l.state = 'announced' or l.state = 'cancelled' and i.asked_at is not null or l.state = 'planned' and exists (
                select 1 from session_time t where t.agency_id = l.agency_id and t.session_id = l.id))
           and not exists (select from letter w where w.for_agency = i.agency_id and w.kind = $6 and w.about = i.id
                           and w.sent_at is null and w.dropped_at is null and w.failed_at is null)",
        agency.0,
        session.0,
        now,
        one,
        only_new,
        LETTER,
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Corrects how one of them is called and reached, and asks them again.
pub(in super::super) async fn correct(
    tx: &mut AgencyTx,
    can: &Can<KeepInvitees>,
    (session, id): (SubjectId, InviteeId),
    (who, language, may_name_agency): &(Named, Language, bool),
) -> Result<(), Error> {
    let agency = tx.agency();
    let before = find(tx, session, id).await?;
    let kept = sqlx::query!(
        "update session_invitee set name = $4, email = $5, language = $6, may_name_agency = $7, version = version + 1
         where agency_id = $1 and id = $2 and version = $3 and membership_id is null",
        agency.0,
        id.0,
        can.version(),
        who.name,
        who.email,
        language.code(),
        *may_name_agency,
    )
    .execute(tx.conn())
    .await
    .on_constraint("invitee_once", "email", "Enter another address: somebody with this one is invited already")?;
    if kept.rows_affected() == 0 && !before.is_member {
        return Err(Error::Refused(Problems::stale()));
    }
    ask(tx, session, id).await?;
    audit::record(tx, Change::of("an invitation sent again", Kind::Session, session)).await
}

/// A link that is handed over: whoever has no address, or is asked by telephone.
pub(in super::super) async fn hand_link(
    tx: &mut AgencyTx,
    can: &Can<KeepInvitees>,
    (session, id): (SubjectId, InviteeId),
) -> Result<Token, Error> {
    let (agency, now, token) = (tx.agency(), tx.now(), Token::fresh());
    find(tx, session, id).await?;
    tx.as_keeper("a link for somebody who is invited", async |tx| {
        sqlx::query!(
            "update return_link set spent_at = $3 where agency_id = $1 and invitee_id = $2 and spent_at is null",
            agency.0,
            id.0,
            now
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await?;
    let made = sqlx::query!(
        "insert into return_link (agency_id, id, token_hash, subject_id, invitee_id, purpose, made_by, created_at, expires_at)
         select $1, $2, $3, l.id, $4, 'reply', $5, $6, l.starts_at + l.minutes * interval '1 minute'
         from listening_session l
         where l.agency_id = $1 and l.id = $7 and l.starts_at + l.minutes * interval '1 minute' > $6
           and (l.state = 'announced' or l.state = 'planned' and exists (
                select 1 from session_time t where t.agency_id = l.agency_id and t.session_id = l.id))",
        agency.0,
        ids::fresh(),
        &token.hash(),
        id.0,
        can.me().0,
        now,
        session.0,
    )
    .execute(tx.conn())
    .await?;
    if made.rows_affected() == 0 {
        return Err(Error::refused(
            "",
            "A link is made while times are asked about, and from the announcement of the session until it is over",
        ));
    }
    sqlx::query!(
        "update session_invitee i set asked_at = coalesce(i.asked_at, $3), asked_about = coalesce(i.asked_about, l.sequence)
         from listening_session l where i.agency_id = $1 and i.id = $2 and l.agency_id = $1 and l.id = $4 and l.state = 'announced'",
        agency.0,
        id.0,
        now,
        session.0,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::of("link made for somebody invited to", Kind::Session, session)).await?;
    Ok(token)
}

/// Takes one of them off the list; their link and what they told go with it.
pub(in super::super) async fn drop_one(
    tx: &mut AgencyTx,
    _: &Can<KeepInvitees>,
    (session, id): (SubjectId, InviteeId),
) -> Result<(), Error> {
    let agency = tx.agency();
    find(tx, session, id).await?;
    sqlx::query!("delete from session_invitee where agency_id = $1 and id = $2", agency.0, id.0).execute(tx.conn()).await?;
    audit::record(tx, Change::of("somebody taken off the invited of", Kind::Session, session)).await
}

/// So many days after a session as they were told, or fewer where the agency set fewer since, nobody knows any more who was invited, who
/// answered what, and what anybody needed; what a legal hold keeps goes when it has ended.
pub(in super::super) async fn sweep(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now) = (tx.agency(), tx.now());
    tx.as_keeper("invitations of former sessions", async |tx| {
        sqlx::query!(
            "delete from session_invitee i using listening_session l
             where i.agency_id = $1 and l.agency_id = $1 and l.id = i.session_id
               and l.starts_at + l.minutes * interval '1 minute' < $2::timestamptz - least(i.kept_days, invitees_days()) * interval '1 day'
               and not exists (select holds_of(l.id))",
            agency.0,
            now,
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    })
    .await
}
