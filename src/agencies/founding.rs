//! Founding an agency: the one moment when nobody is a member yet. Runs as the owner of the database, never for a page.

use crate::{
    audit::{self, Change},
    mail::Language,
    platform::{
        form::Problems,
        ids::{AccountId, AgencyId, MembershipId, SubjectId},
        session::Token,
        subject::Kind,
    },
};
use chrono::{DateTime, Duration, Utc};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// Why an agency could not be founded, for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum FoundingError {
    /// Its short name cannot be used.
    #[error("Choose a short name of 2 to 40 small letters, digits and hyphens that no page of the site uses: “{0}” is not one.")]
    Slug(String),
    /// The database holds the demonstration.
    #[error("This database holds the demonstration. Use another DATA_DIR or database for a real agency.")]
    BesideDemo,
    /// The database holds a real agency.
    #[error("This database holds a real agency. The demonstration needs a database of its own.")]
    BesideReal,
    /// The short name is taken.
    #[error("There is an agency with the short name “{0}” already.")]
    Taken(String),
    /// No such agency.
    #[error("There is no agency with the short name “{0}”.")]
    NoAgency(String),
    /// What was typed cannot be taken.
    #[error("{}", .0.join("\n"))]
    Typed(Vec<String>),
    /// Nobody needs inviting.
    #[error("{0} has that role there already and can sign in.")]
    Already(String),
    /// No such role.
    #[error("Choose one of director, staff, analyst, administrator: “{0}” is none of them.")]
    NoRole(String),
    /// The database refused.
    #[error("The database refused: {0}")]
    Database(#[from] sqlx::Error),
}

/// How long an invitation from the terminal may be taken up.
const INVITATION_DAYS: i64 = 7;

/// The first administrator.
#[derive(Debug, Clone, Copy)]
pub struct Founder<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their address.
    pub email: &'a str,
    /// In which they are written to, and come in; none: as the site writes.
    pub language: Option<Language>,
    /// Their password's hash; none: they take an invitation up.
    pub password_hash: Option<&'a str>,
}

/// A person as the operator typed them, made sure of.
struct Typed {
    name: String,
    email: String,
}

fn person(name: &str, email: &str, mut problems: Problems) -> Result<Typed, FoundingError> {
    let typed = Typed {
        name: problems.text("administrator", name, 100, "Enter the person’s name."),
        email: problems.email("email", email, "Enter the person’s email address."),
    };
    problems.or(typed).map_err(|problems| FoundingError::Typed(problems.list().iter().map(|one| one.message.clone()).collect()))
}

/// Founds an agency with its first administrator, who can sign in at once; answers both ids.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transactions, before anybody is a member")]
pub async fn found(
    owner: &mut PgConnection,
    slug: &str,
    name: &str,
    is_demo: bool,
    founder: Founder<'_>,
    now: DateTime<Utc>,
) -> Result<(AgencyId, MembershipId), FoundingError> {
    let mut tx = owner.begin().await?;
    let (agency, membership, _) = found_in(&mut tx, slug, name, is_demo, founder, now).await?;
    tx.commit().await?;
    Ok((agency, membership))
}

async fn found_in(
    tx: &mut PgConnection,
    slug: &str,
    name: &str,
    is_demo: bool,
    founder: Founder<'_>,
    now: DateTime<Utc>,
) -> Result<(AgencyId, MembershipId, Typed), FoundingError> {
    let mut problems = Problems::default();
    let name = problems.text("name", name, 200, "Enter the agency’s name.");
    let typed = person(founder.name, founder.email, problems)?;
    let plain = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain || !(2..=40).contains(&slug.len()) || crate::accounts::paths::RESERVED.contains(&slug) {
        return Err(FoundingError::Slug(slug.to_owned()));
    }
    sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
    let others = sqlx::query!("select slug, is_demo from agency").fetch_all(&mut *tx).await?;
    sqlx::raw_sql("reset role").execute(&mut *tx).await?;
    if others.iter().any(|other| other.is_demo != is_demo) {
        return Err(if is_demo { FoundingError::BesideReal } else { FoundingError::BesideDemo });
    }
    if others.iter().any(|other| other.slug == slug) {
        return Err(FoundingError::Taken(slug.to_owned()));
    }
    let (agency, membership) = (AgencyId::fresh(), MembershipId::fresh());
    sqlx::raw_sql(AssertSqlSafe(format!("set local app.agency = '{agency}'"))).execute(&mut *tx).await?;
    sqlx::query!(
        "insert into agency (id, slug, name, is_demo, created_at) values ($1, $2, $3, $4, $5)",
        agency.0,
        slug,
        name,
        is_demo,
        now
    )
    .execute(&mut *tx)
    .await?;
    audit::record_of_operator(tx, agency, now, Change::about("founded", "agency")).await?;
    let account = match founder.password_hash {
        Some(hash) => Some(account_of(tx, &typed, hash, is_demo, now).await?.0),
        None => None,
    };
    sqlx::query!(
        "insert into membership (agency_id, id, account_id, name, role, state, created_at)
         values ($1, $2, $3, $4, 'administrator', case when $3::uuid is null then 'invited' else 'active' end, $5)",
        agency.0,
        membership.0,
        account,
        typed.name,
        now,
    )
    .execute(&mut *tx)
    .await?;
    let action = if account.is_some() { "added" } else { "invited" };
    audit::record_of_operator(tx, agency, now, Change::of_member(action, membership, None)).await?;
    field_themes(tx, agency, slug, now).await?;
    Ok((agency, membership, typed))
}

/// What the field knows to stand in the way before anybody here has spoken. Each counts nothing until a source joins it.
const FIELD_THEMES: [&str; 4] = [
    "Weak engagement practices",
    "Inaccurate understanding of family strengths and needs",
    "Services not relevant, timely or coordinated",
    "Lack of family voice and of sustained permanency focus",
];

async fn field_themes(tx: &mut PgConnection, agency: AgencyId, slug: &str, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let ids: Vec<uuid::Uuid> = FIELD_THEMES.iter().map(|_| crate::platform::ids::fresh()).collect();
    let paths: Vec<String> = ids.iter().map(|id| format!("/{slug}/themes/{id}")).collect();
    let names = FIELD_THEMES.map(str::to_owned);
    sqlx::query!(
        "insert into subject (agency_id, id, kind, title, path, audience, created_at)
         select $1, one.id, 'theme', one.name, one.path, 'partnership', $5 from unnest($2::uuid[], $3::text[], $4::text[]) as one(id, name, path)",
        agency.0,
        &ids,
        &names,
        &paths,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into theme (agency_id, id, name, from_field, created_at)
         select $1, one.id, one.name, true, $4 from unnest($2::uuid[], $3::text[]) as one(id, name)",
        agency.0,
        &ids,
        &names,
        now,
    )
    .execute(&mut *tx)
    .await?;
    for id in ids {
        audit::record_of_operator(tx, agency, now, Change::of("added", Kind::Theme, SubjectId(id))).await?;
    }
    Ok(())
}

async fn account_of(tx: &mut PgConnection, typed: &Typed, hash: &str, is_demo: bool, now: DateTime<Utc>) -> Result<AccountId, sqlx::Error> {
    let there =
        sqlx::query_scalar!(r#"select id as "id: AccountId" from account where email = $1"#, typed.email).fetch_optional(&mut *tx).await?;
    if let Some(account) = there {
        return Ok(account);
    }
    let account = AccountId::fresh();
    sqlx::query!(
        "insert into account (id, email, name, password_hash, is_demo, created_at) values ($1, $2, $3, $4, $5, $6)",
        account.0,
        typed.email,
        typed.name,
        hash,
        is_demo,
        now,
    )
    .execute(&mut *tx)
    .await?;
    Ok(account)
}

/// Founds an agency whose first administrator takes an invitation up; answers the token of its link. Either both are there
/// afterwards, or neither.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transactions, before anybody is a member")]
pub async fn found_by_invitation(
    owner: &mut PgConnection,
    slug: &str,
    name: &str,
    founder: Founder<'_>,
    now: DateTime<Utc>,
) -> Result<String, FoundingError> {
    let mut tx = owner.begin().await?;
    let (agency, membership, typed) = found_in(&mut tx, slug, name, false, founder, now).await?;
    let link = make_link(&mut tx, (agency, membership), &typed.email, founder.language, now).await?;
    tx.commit().await?;
    Ok(link.reveal().to_owned())
}

/// Invites somebody of the agency's own side; answers the token of the link. Whoever was invited to that role before gets a new
/// link, and the one before ends.
///
/// # Errors
/// What cannot be done, in plain words.
#[expect(clippy::disallowed_methods, reason = "the operator’s own transactions, before anybody is a member")]
pub async fn invite_from_terminal(
    owner: &mut PgConnection,
    slug: &str,
    email: &str,
    name: &str,
    role: &str,
    now: DateTime<Utc>,
) -> Result<String, FoundingError> {
    if !["director", "staff", "analyst", "administrator"].contains(&role) {
        return Err(FoundingError::NoRole(role.to_owned()));
    }
    let typed = person(name, email, Problems::default())?;
    let mut tx = owner.begin().await?;
    sqlx::raw_sql("set local role app_system").execute(&mut *tx).await?;
    let found = sqlx::query_scalar!(r#"select id as "id: AgencyId" from agency where slug = $1"#, slug).fetch_optional(&mut *tx).await?;
    sqlx::raw_sql("reset role").execute(&mut *tx).await?;
    let agency = found.ok_or_else(|| FoundingError::NoAgency(slug.to_owned()))?;
    sqlx::raw_sql(AssertSqlSafe(format!("set local app.agency = '{agency}'"))).execute(&mut *tx).await?;
    let (action, membership) = match waiting_or_there(&mut tx, agency, &typed.email, role).await? {
        Some((_, true)) => return Err(FoundingError::Already(typed.email)),
        Some((membership, false)) => ("made the link anew for", membership),
        None => ("invited", add_invited(&mut tx, agency, &typed.name, role, now).await?),
    };
    audit::record_of_operator(&mut tx, agency, now, Change::of_member(action, membership, None)).await?;
    let link = make_link(&mut tx, (agency, membership), &typed.email, None, now).await?;
    tx.commit().await?;
    Ok(link.reveal().to_owned())
}

/// The membership that this address has in this role, or is invited to, and whether somebody has come in by it.
async fn waiting_or_there(
    tx: &mut PgConnection,
    agency: AgencyId,
    email: &str,
    role: &str,
) -> Result<Option<(MembershipId, bool)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select m.id as "id: MembershipId", m.account_id is not null as "there!"
           from membership m
           left join account a on a.id = m.account_id
           where m.agency_id = $1 and m.role = $3 and m.state <> 'ended'
             and (a.email = $2 or (m.state = 'invited' and exists (
                 select 1 from invitation i where i.agency_id = m.agency_id and i.membership_id = m.id and i.email = $2)))
           order by m.account_id is null, m.created_at, m.id
           limit 1"#,
        agency.0,
        email,
        role,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| (row.id, row.there)))
}

async fn add_invited(
    tx: &mut PgConnection,
    agency: AgencyId,
    name: &str,
    role: &str,
    now: DateTime<Utc>,
) -> Result<MembershipId, sqlx::Error> {
    let membership = MembershipId::fresh();
    sqlx::query!(
        "insert into membership (agency_id, id, name, role, state, created_at) values ($1, $2, $3, $4, 'invited', $5)",
        agency.0,
        membership.0,
        name,
        role,
        now,
    )
    .execute(tx)
    .await?;
    Ok(membership)
}

async fn make_link(
    tx: &mut PgConnection,
    (agency, membership): (AgencyId, MembershipId),
    email: &str,
    language: Option<Language>,
    now: DateTime<Utc>,
) -> Result<Token, sqlx::Error> {
    let token = Token::fresh();
    sqlx::query!(
        "update invitation set expires_at = $3 where agency_id = $1 and membership_id = $2 and accepted_at is null and expires_at > $3",
        agency.0,
        membership.0,
        now,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into invitation (agency_id, id, membership_id, token_hash, email, made_by, created_at, expires_at, language)
         values ($1, $2, $3, $4, $5, $3, $6, $7, $8)",
        agency.0,
        crate::platform::ids::fresh(),
        membership.0,
        &token.hash(),
        email,
        now,
        now + Duration::days(INVITATION_DAYS),
        language.map(Language::code),
    )
    .execute(tx)
    .await?;
    Ok(token)
}
