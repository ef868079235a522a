//! The letter about what waits: whose turn it is, and what stands in it, each read as the person it goes to and never by anybody else.

use super::super::model::{Line, Pace, WANTED, Way, has_code, hash_of};
use crate::{
    accounts::Code,
    audit::{self, Change},
    mail::{self, Language},
    notices,
    platform::{
        access::Can,
        db::{AgencyTx, Db, Standing},
        error::Error,
        ids::{self, AccountId, AgencyId, MembershipId, PartnerId},
        labels::Label as _,
        paging::Paging,
        policy::{Hat, KeepOwnPage},
        session::Token,
    },
};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// A line opens its one thing for so long; then it lapses, and nothing has happened.
pub(in super::super) const LINES: Duration = Duration::days(30);

/// Queues a letter for everybody for whom something may wait and whose turn has come; forgets lines that lapsed long ago. For the
/// worker, agency by agency.
pub(in super::super) async fn queue(tx: &mut AgencyTx) -> Result<(), Error> {
    let (agency, now, today) = (tx.agency(), tx.now(), tx.today());
    tx.as_keeper("the letter about what waits", async |tx| {
        sqlx::query!("select letters_that_ask($1, $2)", now, today).execute(tx.conn()).await?;
        sqlx::query!("delete from word_link where agency_id = $1 and expires_at < $2", agency.0, now - LINES).execute(tx.conn()).await?;
        Ok(())
    })
    .await
}

/// A letter as it is to be written.
#[derive(Debug)]
pub(in super::super) struct Open {
    pub(in super::super) email: String,
    pub(in super::super) language: Language,
    pub(in super::super) agency_name: String,
    pub(in super::super) slug: String,
    pub(in super::super) until: NaiveDate,
    /// Whom to telephone.
    pub(in super::super) contact: String,
    /// It may say neither which agency it is from nor what is wanted.
    pub(in super::super) neutral: bool,
    pub(in super::super) agency_side: bool,
    pub(in super::super) lines: Vec<Line>,
    /// More waits than the letter names.
    pub(in super::super) more: bool,
}

/// To whom a letter goes.
struct To {
    email: String,
    language: Language,
    agency_name: String,
    slug: String,
    contact: String,
    lived_experience: bool,
    standing: Standing,
}

/// The letter of a member, if it is their turn, a letter reaches them, and something waits. It takes the turn, and its links are made
/// now; another try of the same letter makes them anew. In their quiet hours another one waits for the end of them.
pub(in super::super) async fn to_send(db: &Db, agency: AgencyId, member: uuid::Uuid, letter: uuid::Uuid) -> Result<Option<Open>, Error> {
    let Some(to) = receiver(db, agency, member).await? else { return Ok(None) };
    let mut own = db.begin_system().await?.become_member(to.standing).await?;
    let neutral = if to.lived_experience { reached(&mut own).await? } else { Some(false) };
    let today = own.today();
    let waiting = match neutral {
        Some(_) => super::waiting(&mut own, today, Paging::from_text("1")).await?,
        None => Vec::new(),
    };
    let quiet = if waiting.is_empty() { None } else { notices::quiet_until(&mut own).await? };
    if let Some(end) = quiet {
        mail::enqueue_at(&mut own, WANTED, member, end).await?;
        own.end().await?;
        return Ok(None);
    }
    own.end().await?;
    let (Some(neutral), false) = (neutral, waiting.is_empty()) else { return Ok(None) };
    let agency_side = to.standing.hat.is_agency_side();
    // What a line opens is read as its bearer will: under the least hat and without the body.
    let mut least = db.begin_system().await?.become_member(Standing { hat: Hat::Partner, body: None, ..to.standing }).await?;
    let taken = take_turn(&mut least, letter).await?;
    let ways = if taken && !agency_side { ways(&mut least).await? } else { Vec::new() };
    let until = least.day(least.now() + LINES);
    least.end().await?;
    if !taken {
        return Ok(None);
    }
    let more = waiting.len() > Line::MOST;
    let lines = Line::named(waiting.into_iter().map(|one| Line::of(one, &ways)).collect());
    let To { email, language, agency_name, slug, contact, .. } = to;
    Ok(Some(Open { email, language, agency_name, slug, contact, until, neutral, agency_side, lines, more }))
}

async fn receiver(db: &Db, agency: AgencyId, member: uuid::Uuid) -> Result<Option<To>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        r#"select m.id as "member: MembershipId", a.id as "account: AccountId", m.role, m.steward, m.partner_id as "body: PartnerId", m.lived_experience,
                  a.email, a.language, g.name, g.slug, g.zone, g.contact
           from membership m
           join account a on a.id = m.account_id and a.closed_at is null and not a.is_demo
           join agency g on g.id = m.agency_id
           where m.agency_id = $1 and m.id = $2 and m.state = 'active' and m.role <> 'administrator'"#,
        agency.0,
        member,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.and_then(|row| {
        let hat = Hat::parse(&row.role)?;
        let hat = if hat == Hat::Partner && row.steward { Hat::Steward } else { hat };
        let (zone, landscape) = (row.zone.parse().unwrap_or(chrono_tz::Tz::UTC), false);
        let (account, membership) = (Some(row.account), Some(row.member));
        let standing = Standing { agency, account, membership, hat, body: row.body, landscape, link: None, zone };
        let language = Language::known(row.language.as_deref());
        let (email, agency_name, slug, contact, lived_experience) = (row.email, row.name, row.slug, row.contact, row.lived_experience);
        Some(To { email, language, agency_name, slug, contact, lived_experience, standing })
    }))
}

/// Whether a letter to somebody with lived experience may name nothing; none where they chose another way than letters. It is theirs
/// to say, and asked as them.
async fn reached(own: &mut AgencyTx) -> Result<Option<bool>, Error> {
    let (agency, me) = (own.agency(), own.standing().membership.map(|id| id.0));
    let reach = sqlx::query!(
        r#"select may_name_agency, reach_channel in ('', 'email') as "by_letter!" from member_identity where agency_id = $1 and membership_id = $2"#,
        agency.0,
        me,
    )
    .fetch_optional(own.conn())
    .await?;
    Ok(match reach {
        Some(reach) if !reach.by_letter => None,
        Some(reach) => Some(!reach.may_name_agency),
        None => Some(true),
    })
}

/// Takes the turn: one row and one statement, so that of two letters one goes. The same letter may take its own turn again.
async fn take_turn(tx: &mut AgencyTx, letter: uuid::Uuid) -> Result<bool, Error> {
    let (agency, now, me) = (tx.agency(), tx.now(), tx.standing().membership.map(|id| id.0));
    let taken = sqlx::query!(
        "insert into word_letter as w (agency_id, membership_id, last_at, letter_id) values ($1, $2, $3, $4)
         on conflict (agency_id, membership_id) do update set last_at = excluded.last_at, letter_id = excluded.letter_id
         where w.pace <> 'never' and (w.last_at is null or w.last_at <= $3 - word_pace(w.pace) or w.letter_id = $4)",
        agency.0,
        me,
        now,
        letter,
    )
    .execute(tx.conn())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// A link for each thing that its person may answer without signing in. What binds a body is not among them,
/// such as the word of a forum’s co-host. Each branch says the same as the one of its name in `waiting`, for one person alone.
async fn ways(tx: &mut AgencyTx) -> Result<Vec<Way>, Error> {
    let (agency, today, now, me) = (tx.agency(), tx.today(), tx.now(), tx.standing().membership.map(|id| id.0));
    let found = sqlx::query!(
        r#"select w.what as "what!", w.id as "id!",
                  exists (select 1 from subject s where s.agency_id = $1 and s.id = w.id and s.protocols is null
                          and s.audience in ('agency', 'partnership', 'public')) as "is_read_by_staff!" from (
               select 'confirm' as what, r.id from statement r
               join speaker k on k.agency_id = r.agency_id and k.id = r.speaker_id and k.membership_id = $2
               where r.agency_id = $1 and r.state = 'with_speaker'
               union all
               select 'answer', r.id from loop r where r.agency_id = $1 and r.state = 'answered' and coalesce(r.heir_id, r.raised_by) = $2
               union all
               select 'done', r.id from commitment r where r.agency_id = $1 and r.promised_to = $2 and wants_my_word(r, $3)
               union all
               select 'trust', r.id from trust_round r
               join trust_asked q on q.agency_id = r.agency_id and q.round_id = r.id and q.membership_id = $2 and not q.answered
               where r.agency_id = $1 and r.state = 'open' and r.closes_on > $3
               union all
               select 'renewal', r.id from consent_renewal r
               where r.agency_id = $1 and r.membership_id = $2 and r.way = 'page' and r.answer is null and r.asked_up_to > $4
               union all
               select 'promise', r.id from commitment r
               where r.agency_id = $1 and r.promiser_partner_id is null and r.promised_by = $2 and wants_my_promise(r, $3)
               union all
               select 'reply', r.id from listening_session r
               join session_invitee i on i.agency_id = r.agency_id and i.session_id = r.id and i.membership_id = $2
               where r.agency_id = $1 and r.state = 'announced' and i.answered_about is distinct from r.sequence
                 and r.starts_at + r.minutes * interval '1 minute' > $4
               union all
               select 'influence', r.id from influence_promise r
               join influence_word q on q.agency_id = r.agency_id and q.promise_id = r.id and q.membership_id = $2 and q.word is null
               where r.agency_id = $1 and (r.outcome_at is not null or r.decide_on < $3)
               union all
               select 'minutes', r.id from meeting r
               where r.agency_id = $1 and r.state = 'sent' and r.group_id is not null and confirms_minutes(r)) w
           order by w.what, w.id limit 200"#,
        agency.0,
        me,
        today,
        now,
    )
    .fetch_all(tx.conn())
    .await?;
    let tokens: Vec<Token> = found.iter().map(|_| Token::fresh()).collect();
    let codes: Vec<Option<Code>> = found.iter().map(|one| (has_code(&one.what) && one.is_read_by_staff).then(Code::fresh)).collect();
    let made = sqlx::query_as!(
        Made,
        r#"insert into word_link as l (agency_id, id, token_hash, membership_id, what, record_id, expires_at, code_hash)
           select $1, t.id, t.hash, $2, t.what, t.record, $7, t.code
           from unnest($3::uuid[], $4::bytea[], $5::text[], $6::uuid[], $8::bytea[]) as t (id, hash, what, record, code)
           on conflict (agency_id, membership_id, what, record_id)
           do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at, spent = false, code_hash = excluded.code_hash
           returning l.id, l.what, l.record_id, l.token_hash"#,
        agency.0,
        me,
        &found.iter().map(|_| ids::fresh()).collect::<Vec<_>>(),
        &tokens.iter().map(Token::hash).collect::<Vec<_>>(),
        &found.iter().map(|one| one.what.clone()).collect::<Vec<_>>(),
        &found.iter().map(|one| one.id).collect::<Vec<_>>(),
        tx.now() + LINES,
        &codes.iter().map(|one| one.as_ref().map(|code| hash_of(agency, code))).collect::<Vec<_>>() as &[Option<Vec<u8>>],
    )
    .fetch_all(tx.conn())
    .await?;
    let made_for = |hash: &[u8]| tokens.iter().zip(&codes).find(|(token, _)| token.hash() == hash);
    let way = |row: Made| {
        let (token, code) = made_for(&row.token_hash)?;
        Some(Way { what: row.what, record: row.record_id, link: row.id, token: token.clone(), code: code.as_ref().map(Code::spoken) })
    };
    Ok(made.into_iter().filter_map(way).collect())
}

/// A line as it was put down.
struct Made {
    id: uuid::Uuid,
    what: String,
    record_id: uuid::Uuid,
    token_hash: Vec<u8>,
}

/// How often the reader wants it at most, and when it came last.
pub(in super::super) async fn pace(tx: &mut AgencyTx) -> Result<(Pace, Option<DateTime<Utc>>), Error> {
    let (agency, me) = (tx.agency(), tx.standing().membership.map(|id| id.0));
    let row =
        sqlx::query!(r#"select pace as "pace: Pace", last_at from word_letter where agency_id = $1 and membership_id = $2"#, agency.0, me,)
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.map_or((Pace::Week, None), |row| (row.pace, row.last_at)))
}

/// Keeps how often the reader wants it at most.
pub(in super::super) async fn keep_pace(tx: &mut AgencyTx, can: &Can<KeepOwnPage>, pace: Pace) -> Result<(), Error> {
    let agency = tx.agency();
    sqlx::query!(
        "insert into word_letter (agency_id, membership_id, pace) values ($1, $2, $3)
         on conflict (agency_id, membership_id) do update set pace = excluded.pace",
        agency.0,
        can.me().0,
        pace as Pace,
    )
    .execute(tx.conn())
    .await?;
    audit::record(tx, Change::about("set how often it comes", "letter").field("pace", pace.as_str()).for_oneself()).await
}
