//! What letters about news say, and which letter says it: one of its own, one together with others, or none. Whoever the letter is for
//! chose that; it is asked, and kept, under their own standing.

use super::super::model::{COLLECTED, Hours, Topic, When};
use crate::{
    mail::{self, Language},
    platform::{
        db::{AgencyTx, Db, Standing},
        error::Error,
        ids::{AccountId, AgencyId, MembershipId, PartnerId, SubjectId},
        labels::Label as _,
        policy::Hat,
    },
};
use chrono::{DateTime, Duration, Utc};

/// A letter that could not go for so long goes no more: what it says stands on the first page.
const NEWS: Duration = Duration::days(3);
/// So many lines a letter has; the page has the others.
const LINES: i64 = 20;

/// What a letter says, while it is unread and its reader has an account and a place here.
#[derive(Debug)]
pub(in crate::notices) struct ToSend {
    pub(in crate::notices) email: String,
    pub(in crate::notices) language: Language,
    pub(in crate::notices) agency_name: String,
    pub(in crate::notices) slug: String,
    /// The agency may not be named in it, nor what it is about.
    pub(in crate::notices) neutral: bool,
    pub(in crate::notices) lines: Vec<Line>,
    /// There is more than the letter says.
    pub(in crate::notices) more: bool,
}

/// One notice in it.
#[derive(Debug)]
pub(in crate::notices) struct Line {
    pub(in crate::notices) kind: String,
    pub(in crate::notices) said: String,
    pub(in crate::notices) path: String,
}

/// Who reads a letter.
struct Reader {
    member: MembershipId,
    account: AccountId,
    role: String,
    steward: bool,
    body: Option<PartnerId>,
    lived_experience: bool,
    email: String,
    language: Option<String>,
    agency_name: String,
    slug: String,
    zone: String,
}

impl Reader {
    /// As whom they read here: what they may not see any more is in no letter.
    fn standing(&self, agency: AgencyId) -> Standing {
        let hat = Hat::parse(&self.role).unwrap_or(Hat::Partner);
        let hat = if hat == Hat::Partner && self.steward { Hat::Steward } else { hat };
        Standing { hat, body: self.body, ..Standing::plain(agency, self.account, self.member) }
    }

    fn letter(self, neutral: bool, mut lines: Vec<Line>) -> ToSend {
        let most = usize::try_from(LINES).unwrap_or_default();
        let more = lines.len() > most;
        lines.truncate(most);
        let language = Language::known(self.language.as_deref());
        ToSend { email: self.email, language, agency_name: self.agency_name, slug: self.slug, neutral, lines, more }
    }
}

/// A notice whose letter is due: the letter, where it is one of its own. Where its reader wants it later it is in another letter then.
pub(in crate::notices) async fn to_send(db: &Db, agency: AgencyId, id: uuid::Uuid) -> Result<Option<ToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let (now, since) = (tx.now(), tx.now() - NEWS);
    let row = sqlx::query!(
        r#"select n.kind, n.said, n.path, n.record_id as "record: SubjectId", m.id as "member: MembershipId", m.account_id as "account!: AccountId", m.role,
                  m.steward, m.partner_id as "body: PartnerId", m.lived_experience, a.email, a.language, g.name, g.slug, g.zone
           from notice n
           join membership m on m.agency_id = n.agency_id and m.id = n.membership_id and (m.state = 'active' or (m.state = 'suspended' and n.kind = 'membership' and n.path = '/hats'))
           join account a on a.id = m.account_id and a.closed_at is null and not a.is_demo
           join agency g on g.id = n.agency_id
           where n.agency_id = $1 and n.id = $2 and n.read_at is null and n.made_at > $3"#,
        agency.0,
        id,
        since,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let reader = Reader {
        member: row.member,
        account: row.account,
        role: row.role,
        steward: row.steward,
        body: row.body,
        lived_experience: row.lived_experience,
        email: row.email,
        language: row.language,
        agency_name: row.name,
        slug: row.slug,
        zone: row.zone,
    };
    let mut own = tx.become_member(reader.standing(agency)).await?;
    if !is_shown(&mut own, row.record).await? {
        own.end().await?;
        return Ok(None);
    }
    let neutral = neutral(&mut own, &reader).await?;
    let when = match (neutral, Topic::of(&row.kind, &row.path)) {
        (None, _) => When::Never,
        (Some(_), None) => When::Now,
        (Some(_), Some(topic)) => when(&mut own, topic, &reader, now).await?,
    };
    if let When::At(due) = when {
        collect(&mut own, &reader, id, due).await?;
    }
    own.end().await?;
    let line = Line { kind: row.kind, said: row.said, path: row.path };
    Ok(neutral.filter(|_| when == When::Now).map(|neutral| reader.letter(neutral, vec![line])))
}

/// Whether they may see by now what it is about.
async fn is_shown(own: &mut AgencyTx, record: Option<SubjectId>) -> Result<bool, Error> {
    let Some(record) = record else { return Ok(true) };
    let agency = own.agency();
    let shown =
        sqlx::query_scalar!(r#"select exists (select 1 from subject where agency_id = $1 and id = $2) as "shown!""#, agency.0, record.0);
    Ok(shown.fetch_one(own.conn()).await?)
}

/// Whether a letter to this person names nothing; none: they get no letter. How somebody with lived experience is reached, and whether
/// the agency may be named, is theirs to say, and theirs to read.
async fn neutral(own: &mut AgencyTx, reader: &Reader) -> Result<Option<bool>, Error> {
    if !reader.lived_experience {
        return Ok(Some(false));
    }
    let agency = own.agency();
    let reach = sqlx::query!(
        r#"select may_name_agency, reach_channel in ('', 'email') as "by_letter!" from member_identity where agency_id = $1 and membership_id = $2"#,
        agency.0,
        reader.member.0,
    )
    .fetch_optional(own.conn())
    .await?;
    Ok(match reach {
        Some(reach) if !reach.by_letter => None,
        reach => Some(!reach.is_some_and(|reach| reach.may_name_agency)),
    })
}

/// When they want a letter about this.
async fn when(own: &mut AgencyTx, topic: Topic, reader: &Reader, now: DateTime<Utc>) -> Result<When, Error> {
    let wishes = super::wishes(own, reader.member, &reader.zone).await?;
    let zone = wishes.zone.as_tz();
    Ok(Hours { zone, quiet: wishes.quiet }.when(wishes.pace(topic), now))
}

/// Puts a notice into the letter that is due then. One that is being written meanwhile is closed, and this begins another.
async fn collect(own: &mut AgencyTx, reader: &Reader, notice: uuid::Uuid, due: DateTime<Utc>) -> Result<(), Error> {
    let (agency, fresh) = (own.agency(), crate::platform::ids::fresh());
    let letter = sqlx::query_scalar!(
        "insert into notice_letter (agency_id, id, membership_id, due_at) values ($1, $2, $3, $4)
         on conflict (agency_id, membership_id, due_at) where closed_at is null do update set due_at = excluded.due_at
         returning id",
        agency.0,
        fresh,
        reader.member.0,
        due,
    )
    .fetch_one(own.conn())
    .await?;
    sqlx::query!(
        "update notice set letter_id = $4 where agency_id = $1 and membership_id = $2 and id = $3 and letter_id is null",
        agency.0,
        reader.member.0,
        notice,
        letter,
    )
    .execute(own.conn())
    .await?;
    if letter == fresh { mail::enqueue_at(own, COLLECTED, letter, due).await } else { Ok(()) }
}

/// A letter of several notices that is due: from now on it is closed. What was read meanwhile is not in it.
pub(in crate::notices) async fn collected(db: &Db, agency: AgencyId, letter: uuid::Uuid) -> Result<Option<ToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let reader = sqlx::query_as!(
        Reader,
        r#"select m.id as "member: MembershipId", m.account_id as "account!: AccountId", m.role, m.steward, m.partner_id as "body: PartnerId",
                  m.lived_experience, a.email, a.language, g.name as agency_name, g.slug, g.zone
           from notice_letter l
           join membership m on m.agency_id = l.agency_id and m.id = l.membership_id and m.state = 'active'
           join account a on a.id = m.account_id and a.closed_at is null and not a.is_demo
           join agency g on g.id = l.agency_id
           where l.agency_id = $1 and l.id = $2"#,
        agency.0,
        letter,
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(reader) = reader else { return Ok(None) };
    let now = tx.now();
    let mut own = tx.become_member(reader.standing(agency)).await?;
    let neutral = neutral(&mut own, &reader).await?;
    sqlx::query!("update notice_letter set closed_at = coalesce(closed_at, $3) where agency_id = $1 and id = $2", agency.0, letter, now)
        .execute(own.conn())
        .await?;
    let lines = sqlx::query_as!(
        Line,
        "select n.kind, n.said, n.path from notice n
         where n.agency_id = $1 and n.membership_id = $2 and n.letter_id = $3 and n.read_at is null
           and (n.record_id is null or exists (select 1 from subject s where s.agency_id = $1 and s.id = n.record_id))
         order by n.made_at, n.id limit $4",
        agency.0,
        reader.member.0,
        letter,
        LINES + 1,
    )
    .fetch_all(own.conn())
    .await?;
    own.end().await?;
    Ok(neutral.filter(|_| !lines.is_empty()).map(|neutral| reader.letter(neutral, lines)))
}
