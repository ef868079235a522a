//! Links of invitations: made, brought by a letter or handed over, and made anew.

use super::{
    super::model::{OpenLink, Who},
    people::{find, of_member},
};
use crate::{
    accounts, audit,
    mail::{self, Language},
    platform::{access::Can, asker::Asker, db::AgencyTx, error::Error, ids::MembershipId, policy::RenewLinks, session::Token},
};
use chrono::Duration;

/// How long an invitation may be taken up, in days.
pub(in crate::members) const INVITATION_DAYS: i64 = 7;

/// The open link of an invitation, where the asker may know, and what became of its letter.
pub(in crate::members) async fn open_link(tx: &mut AgencyTx, member: MembershipId) -> Result<Option<OpenLink>, Error> {
    let (agency, now) = (tx.agency(), tx.now());
    Ok(sqlx::query_as!(
        OpenLink,
        r#"select i.email, i.expires_at as until, l.id is not null as "by_letter!", l.sent_at as "sent_at?", l.failed_at as "failed_at?", l.error as "error?"
           from invitation i
           left join lateral (select id, sent_at, failed_at, error from letter
                              where for_agency = i.agency_id and about = i.id order by made_at desc, id desc limit 1) l on true
           where i.agency_id = $1 and i.membership_id = $2 and i.accepted_at is null and i.expires_at > $3
           order by i.created_at desc, i.id limit 1"#,
        agency.0,
        member.0,
        now,
    )
    .fetch_optional(tx.conn())
    .await?)
}

/// Makes a link for an invited membership; the one before it ends. Where letters leave, nobody here is given it: a letter of its own
/// brings it to the address.
pub(in crate::members) async fn make_link(
    tx: &mut AgencyTx,
    asker: &Asker,
    member: MembershipId,
    email: &str,
    language: Option<Language>,
) -> Result<Option<Token>, Error> {
    make_link_as(tx, asker, member, email, (language, None)).await
}

/// The same. To a person with lived experience it is handed over, until somebody asked them whether a letter may come, and whether it
/// may name the agency.
pub(super) async fn make_link_as(
    tx: &mut AgencyTx,
    asker: &Asker,
    member: MembershipId,
    email: &str,
    (language, may_name): (Option<Language>, Option<bool>),
) -> Result<Option<Token>, Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership);
    let (id, link) = (crate::platform::ids::fresh(), Token::fresh());
    sqlx::query!(
        "update invitation set expires_at = $3 where agency_id = $1 and membership_id = $2 and accepted_at is null and expires_at > $3",
        agency.0,
        member.0,
        now,
    )
    .execute(tx.conn())
    .await?;
    sqlx::query!(
        "insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at, language, letter_may_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        id,
        member.0,
        &link.hash(),
        email,
        me.map(|id| id.0),
        now,
        now + Duration::days(INVITATION_DAYS),
        language.map(Language::code),
        may_name,
    )
    .execute(tx.conn())
    .await?;
    let community = sqlx::query_scalar!("select lived_experience from membership where agency_id = $1 and id = $2", agency.0, member.0);
    if asker.here().sends_letters() && (may_name.is_some() || !community.fetch_one(tx.conn()).await?) {
        mail::enqueue(tx, accounts::INVITATION, id).await?;
        return Ok(None);
    }
    Ok(Some(link))
}

/// A new link for the address that the last one was for, in the same language and by the same way.
pub(in crate::members) async fn renew_link(tx: &mut AgencyTx, can: &Can<RenewLinks>, id: MembershipId) -> Result<Option<Token>, Error> {
    let (agency, who) = (tx.agency(), Who::of(can));
    let member = find(tx, who, id).await?;
    if !who.may_make_link(&member) {
        return Err(Error::NotAllowed);
    }
    let before = sqlx::query!(
        "select email, language, letter_may_name from invitation where agency_id = $1 and membership_id = $2 order by created_at desc, id limit 1",
        agency.0,
        id.0,
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(Error::NotFound)?;
    let language = before.language.as_deref().and_then(Language::parse);
    let link = make_link_as(tx, can, id, &before.email, (language, before.letter_may_name)).await.map_err(taken_up_meanwhile)?;
    audit::record(tx, of_member("made the link anew for", &member)).await?;
    Ok(link)
}

/// Row security refuses a link for somebody who came in while this was under way.
fn taken_up_meanwhile(error: Error) -> Error {
    let said =
        |error: &sqlx::Error| error.as_database_error().and_then(sqlx::error::DatabaseError::code).is_some_and(|code| code == "42501");
    let is_refused = matches!(&error, Error::Internal(source) if source.downcast_ref().is_some_and(said));
    if is_refused { Error::refused("", "It was taken up meanwhile. Load the page again") } else { error }
}
