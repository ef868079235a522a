//! What a letter to somebody who is invited says, from what is true when it goes. It is read as the bearer of their link reads it.

use super::super::model::Plan;
use crate::{
    listening::sessions::State,
    mail::Language,
    platform::{
        db::{Db, Standing},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, SubjectId},
        policy::Hat,
        session::Token,
    },
};

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Telling {
    Invited,
    Moved,
    CalledOff,
    /// Nothing is settled yet: which of a few times and places would suit.
    Times,
}

/// A letter as it goes out.
#[derive(Debug)]
pub(in super::super) struct ToSend {
    pub(in super::super) email: String,
    pub(in super::super) language: Language,
    pub(in super::super) slug: String,
    pub(in super::super) agency_name: String,
    pub(in super::super) contact: String,
    pub(in super::super) telling: Telling,
    pub(in super::super) plan: Plan,
    /// The agency may not be named in it, nor the place.
    pub(in super::super) neutral: bool,
}

/// The invitation, as its link shows it.
struct Open {
    plan: Plan,
    member: Option<MembershipId>,
    email: String,
    language: String,
    may_name_agency: bool,
    telling: Telling,
}

/// A letter that is wanted still; its link is this one from now on.
pub(in super::super) async fn to_send(db: &Db, agency: AgencyId, id: uuid::Uuid, token: &Token) -> Result<Option<ToSend>, Error> {
    let Some(open) = open(db, agency, id).await? else { return Ok(None) };
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select g.slug, g.name, g.contact, m.id as "member?: MembershipId", a.id as "account?: AccountId", a.email as "email?", a.language as language,
                  coalesce(m.lived_experience, false) as "lived!"
           from agency g
           left join membership m on m.agency_id = g.id and m.id = $2 and m.state = 'active'
           left join account a on a.id = m.account_id and a.closed_at is null
           where g.id = $1"#,
        agency.0,
        open.member.map(|id| id.0),
    )
    .fetch_one(tx.conn())
    .await?;
    sqlx::query!(
        "update return_link set token_hash = $3 where agency_id = $1 and invitee_id = $2 and spent_at is null",
        agency.0,
        id,
        &token.hash(),
    )
    .execute(tx.conn())
    .await?;
    tx.commit().await?;
    let of_member = open.member.is_some();
    let Some(email) = (if of_member { row.email } else { Some(open.email).filter(|email| !email.is_empty()) }) else { return Ok(None) };
    let mut neutral = !of_member && !open.may_name_agency;
    if let (true, Some(member), Some(account)) = (row.lived, row.member, row.account) {
        let Some(may_name) = may_be_written_to(db, Standing::plain(agency, account, member)).await? else { return Ok(None) };
        neutral = !may_name;
    }
    let language = Language::known(if of_member { row.language.as_deref() } else { Some(&open.language) });
    let (slug, agency_name, contact) = (row.slug, row.name, row.contact);
    Ok(Some(ToSend { email, language, slug, agency_name, contact, telling: open.telling, plan: open.plan, neutral }))
}

/// Read as the link's bearer: a letter says nothing that its link would not show.
async fn open(db: &Db, agency: AgencyId, id: uuid::Uuid) -> Result<Option<Open>, Error> {
    let zone = chrono_tz::Tz::UTC;
    let bearer = Standing { agency, account: None, membership: None, hat: Hat::Link, body: None, landscape: false, link: Some(id), zone };
    let mut tx = db.begin_system().await?.become_member(bearer).await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select l.id as "session: SubjectId", l.state as "state: State", l.starts_at, l.minutes, l.zone, l.place, l.sequence,
                  coalesce(l.told_at, l.created_at) as "told_at!", i.membership_id as "member: MembershipId", i.email, i.language, i.may_name_agency,
                  coalesce(i.asked_about, l.sequence) < l.sequence as "moved!",
                  l.state = 'planned' and exists (select 1 from session_time t where t.agency_id = l.agency_id and t.session_id = l.id) as "times!"
           from session_invitee i join listening_session l on l.agency_id = i.agency_id and l.id = i.session_id
           where i.agency_id = $1 and i.id = $2"#,
        agency.0,
        id,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.end().await?;
    Ok(row.and_then(|row| {
        let telling = match row.state {
            State::Cancelled => Telling::CalledOff,
            State::Planned => Telling::Times,
            _ if row.moved => Telling::Moved,
            _ => Telling::Invited,
        };
        let plan = Plan {
            session: row.session,
            state: row.state,
            starts_at: row.starts_at,
            minutes: row.minutes,
            zone: row.zone,
            place: row.place,
            sequence: row.sequence,
            told_at: row.told_at,
        };
        let wanted = plan.is_open(now) || (plan.is_off() || row.times) && !plan.has_ended(now);
        let (member, email, language, may_name_agency) = (row.member, row.email, row.language, row.may_name_agency);
        wanted.then_some(Open { plan, member, email, language, may_name_agency, telling })
    }))
}

/// How somebody with lived experience is reached is theirs to say and to read: it is asked as the person. None: not by letter.
async fn may_be_written_to(db: &Db, person: Standing) -> Result<Option<bool>, Error> {
    let mut own = db.begin_system().await?.become_member(person).await?;
    let reach = sqlx::query!(
        r#"select may_name_agency, reach_channel in ('', 'email') as "by_letter!" from member_identity where agency_id = $1 and membership_id = $2"#,
        person.agency.0,
        person.membership.map(|id| id.0),
    )
    .fetch_optional(own.conn())
    .await?;
    own.end().await?;
    Ok(match reach {
        Some(reach) if !reach.by_letter => None,
        Some(reach) => Some(reach.may_name_agency),
        None => Some(false),
    })
}
