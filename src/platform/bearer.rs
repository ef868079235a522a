//! The bearer of a link about one record, or about all that one speaker said in one session: no account, nothing else. The
//! token stands in the address once, is swapped for a cookie at once, and is spent by the answer, not by opening it.

use super::{
    access::{Guard, Need},
    app::App,
    asker::Asker,
    db::Standing,
    error::Error,
    here::Here,
    ids::{AgencyId, SubjectId},
    policy::Hat,
    session::{self, Agency, LINK_COOKIE, Token},
    submission::Submission,
};
use axum::extract::FromRequestParts;
use http::request::Parts;
use std::ops::Deref;

/// The proof that the asker holds a live, unspent link. Derefs to the [`Asker`].
#[derive(Debug)]
pub struct Bearer {
    asker: Asker,
    /// The link.
    pub link: uuid::Uuid,
    /// The record it is about.
    pub subject: SubjectId,
    /// What it is for.
    pub purpose: String,
}

impl Deref for Bearer {
    type Target = Asker;
    fn deref(&self) -> &Asker {
        &self.asker
    }
}

impl Guard for Bearer {
    fn need() -> Need {
        Need::Link
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = session::cookie(&parts.headers, LINK_COOKIE).and_then(Token::from_text).ok_or(Error::NotFound)?;
        let slug = parts.uri.path().split('/').nth(1).unwrap_or_default();
        let mut tx = app.db.begin_system().await?;
        let (hash, now) = (token.hash(), tx.now());
        let row = sqlx::query!(
            r#"select l.id, l.subject_id as "subject_id: SubjectId", coalesce(l.speaker_id, l.subject_id) as "about!", l.purpose,
                      g.id as "agency_id: AgencyId", g.name, g.is_demo, g.zone, g.accent, g.contact, g.hotline, g.public_records
               from return_link l join agency g on g.id = l.agency_id
               where l.token_hash = $1 and g.slug = $2 and l.spent_at is null and l.expires_at > $3"#,
            &hash,
            slug,
            now,
        )
        .fetch_optional(tx.conn())
        .await?
        .ok_or(Error::NotFound)?;
        tx.commit().await?;
        let agency = Agency {
            id: row.agency_id,
            name: row.name,
            is_demo: row.is_demo,
            zone: row.zone.parse().unwrap_or(chrono_tz::Tz::UTC),
            accent: row.accent,
            logo: None,
            contact: row.contact,
            hotline: row.hotline,
            public_records: row.public_records,
        };
        let standing = Standing {
            agency: agency.id,
            account: None,
            membership: None,
            hat: Hat::Link,
            body: None,
            landscape: false,
            link: Some(row.about),
        };
        let here = Here::by_link(parts, app, slug, &agency);
        let asker = Asker::new(app.db.clone(), standing, here, None, Submission::of(parts));
        Ok(Self { asker, link: row.id, subject: row.subject_id, purpose: row.purpose })
    }
}
