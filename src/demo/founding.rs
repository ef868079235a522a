//! Before the first day: the two counties, their bodies that have members, and the people who can sign in. The only part
//! that is written straight into the database, because it stands before anybody could have done it.

use super::{
    DemoError, Life, PASSWORD,
    life::{first_day, moment},
};
use crate::{
    accounts,
    agencies::{self, Founder},
    platform::{
        app::App,
        clock::Clock,
        db::Db,
        fold::fold,
        ids::{AccountId, AgencyId, MembershipId, PartnerId},
        settings::Settings,
    },
};
use chrono::{DateTime, Duration, Utc};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// A body that has members from the start: name used in the demonstration, its name, its kind.
const BODIES: &[(&str, &str, &str)] = &[("kinship", "Cedar Valley Kinship Circle", "community"), ("tallpine", "Tall Pine Tribe", "tribe")];

type Person = (&'static str, &'static str, &'static str, Option<&'static str>, bool, bool);

/// Who can sign in at Cedar River: the part before `@`, name, role, body, steward, lived experience.
const PEOPLE: &[Person] = &[
    ("director", "Rosalind Achterberg", "director", None, false, false),
    ("staff", "Marcus Tellwell", "staff", None, false, false),
    ("analyst", "Priya Natarajan", "analyst", None, false, false),
    ("partner", "Joanna Littlefield", "partner", Some("kinship"), true, false),
    ("tribe", "Thomas Greywater", "partner", Some("tallpine"), true, false),
    ("parent", "Dana Whitlock", "partner", None, false, true),
    ("facilitator", "Elena Brandt", "staff", None, false, false),
];

/// Founds both counties; answers the life that goes on from there.
pub(super) async fn found(owner_url: &str, login_url: &str, settings: Settings, ends: DateTime<Utc>) -> Result<Life, DemoError> {
    let first = first_day(ends);
    let start = moment(first, 0, 8);
    let clock = Clock::held(start);
    let app = App::new(Db::open(login_url, clock.clone(), 4)?, settings);
    let hash = accounts::hash_password(&app, PASSWORD.to_owned()).await.map_err(|error| DemoError::Stopped(error.to_string()))?;
    let mut owner = PgConnection::connect(owner_url).await?;
    sqlx::query!("insert into demonstration (begun_at) values ($1)", ends).execute(&mut owner).await?;
    let mut life = Life::begin(app, clock, first);
    let founder = |name, email| Founder { name, email, language: None, password_hash: Some(&hash) };
    let (cedar, admin) =
        agencies::found(&mut owner, "cedar-river", "Cedar River County", true, founder("Agnes Lindqvist", "admin@demo.example"), start)
            .await?;
    let (harbor, _) =
        agencies::found(&mut owner, "harbor", "Harbor County", true, founder("Lucille Ferrante", "harbor-admin@demo.example"), start)
            .await?;
    life.note("admin", &admin.to_string());
    people(&mut owner, &mut life, cedar, &hash, start).await?;
    face(&mut owner, cedar, "the partnership coordinator, 555 0142", "555 0100").await?;
    face(&mut owner, harbor, "the family voice office, 555 0177", "555 0100").await?;
    shared(&mut owner, harbor, &hash, start).await?;
    life.app.look().await.map_err(|error| DemoError::Stopped(error.to_string()))?;
    for who in ["admin", "harbor"].into_iter().chain(PEOPLE.iter().map(|person| person.0)) {
        let token = accounts::begin_session_of(&life.app.db, &format!("{who}@demo.example"), Duration::days(400))
            .await
            .map_err(|error| DemoError::Stopped(error.to_string()))?;
        life.person(who, &token);
    }
    owner.close().await?;
    Ok(life)
}

/// Notes that the year was lived to its end.
pub(super) async fn whole(owner_url: &str, ends: DateTime<Utc>) -> Result<(), DemoError> {
    let mut owner = PgConnection::connect(owner_url).await?;
    sqlx::raw_sql(BEFORE_THE_WORDS).execute(&mut owner).await?;
    sqlx::query!("update demonstration set whole_at = $1", ends).execute(&mut owner).await?;
    owner.close().await?;
    Ok(())
}

/// The year is told story by story, so that a page opened in a story of June may show words of October. Nobody read words
/// before they were spoken: such notes are dropped. One statement, so one transaction.
const BEFORE_THE_WORDS: &str = "
    alter table reading no force row level security;
    alter table subject no force row level security;
    delete from reading r using subject s where s.agency_id = r.agency_id and s.id = r.subject_id and r.at < s.created_at;
    alter table reading force row level security;
    alter table subject force row level security;";

async fn within(owner: &mut PgConnection, agency: AgencyId) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(format!("set app.agency = '{agency}'"))).execute(owner).await?;
    Ok(())
}

async fn people(owner: &mut PgConnection, life: &mut Life, agency: AgencyId, hash: &str, now: DateTime<Utc>) -> Result<(), DemoError> {
    within(owner, agency).await?;
    for (known, name, kind) in BODIES {
        let id = body(owner, agency, name, kind, now).await?;
        life.note(known, &id.to_string());
    }
    for (who, name, role, of, steward, lived) in PEOPLE {
        let (account, membership, email) = (AccountId::fresh(), MembershipId::fresh(), format!("{who}@demo.example"));
        let body = of.map(|known| life.id(known)).transpose()?.and_then(|id| id.parse::<PartnerId>().ok());
        sqlx::query!(
            "insert into account (id, email, name, password_hash, is_demo, created_at) values ($1, $2, $3, $4, true, $5)",
            account.0,
            email,
            name,
            hash,
            now,
        )
        .execute(&mut *owner)
        .await?;
        let shown = if *lived { "Community member" } else { name };
        sqlx::query!(
            "insert into membership (agency_id, id, account_id, name, role, partner_id, lived_experience, state, steward, speaks, binds, sees_landscape, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $8, $8, $5 = 'staff', $9)",
            agency.0, membership.0, account.0, shown, role, body.map(|id| id.0), lived, steward, now,
        )
        .execute(&mut *owner)
        .await?;
        if *lived {
            sqlx::query!(
                "insert into member_identity (agency_id, membership_id, name, email) values ($1, $2, $3, $4)",
                agency.0,
                membership.0,
                name,
                email,
            )
            .execute(&mut *owner)
            .await?;
        }
        life.note(who, &membership.to_string());
    }
    Ok(())
}

async fn body(owner: &mut PgConnection, agency: AgencyId, name: &str, kind: &str, now: DateTime<Utc>) -> Result<PartnerId, DemoError> {
    let id = PartnerId::fresh();
    sqlx::query!(
        "insert into partner (agency_id, id, name, sort_name, folded, is_tribe, kind, stage, created_at, updated_at)
         values ($1, $2, $3, $4, $4, $5 = 'tribe', $5, 'working', $6, $6)",
        agency.0,
        id.0,
        name,
        fold(name),
        kind,
        now,
    )
    .execute(&mut *owner)
    .await?;
    let slug = sqlx::query_scalar!("select slug from agency where id = $1", agency.0).fetch_one(&mut *owner).await?;
    sqlx::query!(
        "insert into subject (agency_id, id, kind, title, path, audience, body_id, created_at) values ($1, $2, 'partner', $3, $4, 'partnership', $2, $5)",
        agency.0, id.0, name, crate::partners::paths::partner(&slug, id), now,
    )
    .execute(&mut *owner)
    .await?;
    Ok(id)
}

async fn face(owner: &mut PgConnection, agency: AgencyId, contact: &str, hotline: &str) -> Result<(), DemoError> {
    within(owner, agency).await?;
    sqlx::query!("update agency set contact = $2, hotline = $3 where id = $1", agency.0, contact, hotline).execute(owner).await?;
    Ok(())
}

/// One person works in both counties: Cedar River's partner is a resource parent in Harbor. And Harbor has a director.
async fn shared(owner: &mut PgConnection, harbor: AgencyId, hash: &str, now: DateTime<Utc>) -> Result<(), DemoError> {
    within(owner, harbor).await?;
    let families = body(owner, harbor, "Harbor Resource Families", "resource_families", now).await?;
    sqlx::query!(
        "insert into account (id, email, name, password_hash, is_demo, created_at) values ($1, 'harbor@demo.example', 'Samuel Okafor', $2, true, $3)",
        AccountId::fresh().0,
        hash,
        now,
    )
    .execute(&mut *owner)
    .await?;
    for (email, name, role, body) in [
        ("partner@demo.example", "Joanna Littlefield", "partner", Some(families.0)),
        ("harbor@demo.example", "Samuel Okafor", "director", None),
    ] {
        sqlx::query!(
            "insert into membership (agency_id, id, account_id, name, role, partner_id, state, created_at)
             select $1, $2, a.id, $3, $4, $5, 'active', $6 from account a where a.email = $7",
            harbor.0,
            MembershipId::fresh().0,
            name,
            role,
            body,
            now - Duration::seconds(1),
            email,
        )
        .execute(&mut *owner)
        .await?;
    }
    Ok(())
}
