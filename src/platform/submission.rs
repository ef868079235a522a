//! One form, sent: its key makes a second sending harmless, its version finds another person's edit, and after a session
//! has ended it may be shown again but never acted on.

use super::{
    db::{AgencyTx, Db, Standing},
    drafts::Wish,
    errand::Errand,
    error::Error,
    extract,
    flash::Done,
    ids::{AccountId, MembershipId},
    said,
    sought::Sought,
};
use chrono::Duration;
use http::{Method, request::Parts};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What the outer layer read from a form before any handler saw it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    key: Option<Arc<str>>,
    version: Option<i32>,
    /// The membership under which the form was opened, as it says.
    hat: Arc<str>,
    hash: Vec<u8>,
    draft: Arc<Wish>,
    sought: Arc<Sought>,
    brought_back: Option<BroughtBack>,
    /// What its fields say, where that is long enough to be told from what others say.
    said: Arc<Vec<String>>,
}

/// Why a form is shown again, and may not act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BroughtBack {
    /// Its sign-in had ended when it was sent.
    Parked,
    /// It is a draft.
    Draft,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Marks {
    key: String,
    version: String,
    hat: String,
    draft: String,
    draft_page: String,
}

/// Forms whose answer is kept apart from who gave it.
fn says_no_name(path: &str) -> bool {
    path.contains("/trust/") && (path.ends_with("/answer") || path.ends_with("/link"))
        || path.contains("/word/") && path.ends_with("/trust")
}

impl Sent {
    /// Reads the marks of a form's body.
    #[must_use]
    pub fn read(path: &str, body: &[u8], brought_back: Option<BroughtBack>) -> Self {
        let text = std::str::from_utf8(body).unwrap_or_default();
        let marks: Marks = extract::parse(text).unwrap_or_default();
        let mut hasher = Sha256::new();
        hasher.update(path.as_bytes());
        hasher.update([0]);
        // What is said without a name leaves no mark of it beside whoever said it.
        if !says_no_name(path) {
            hasher.update(body);
        }
        let (key, version) = (usable(&marks.key), marks.version.parse().ok());
        let draft = Wish::of(marks.draft_page, &marks.draft, text).into();
        let fields: Vec<(String, String)> = extract::parse(text).unwrap_or_default();
        let (said, sought) = (said_in(&fields), extract::parse::<Sought>(text).unwrap_or_default().into());
        Self { key, version, hat: marks.hat.into(), hash: hasher.finalize().to_vec(), draft, sought, brought_back, said }
    }

    /// The marks of a form that came in parts, with its file.
    pub(super) fn of_parts(path: &str, fields: &[(String, String)], name: &str, bytes: &[u8]) -> Self {
        let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
        let mut hasher = Sha256::new();
        for text in fields.iter().flat_map(|(name, value)| [name, value]).map(String::as_str).chain([path, name]) {
            hasher.update(text.as_bytes());
            hasher.update([0]);
        }
        hasher.update(bytes);
        let (key, version) = (usable(field("key")), field("version").parse().ok());
        let said = said_in(fields);
        Self { key, version, hat: field("hat").into(), hash: hasher.finalize().to_vec(), said, ..Self::default() }
    }
}

fn said_in(fields: &[(String, String)]) -> Arc<Vec<String>> {
    Arc::new(fields.iter().map(|(_, value)| value).filter(|value| said::is_long(value)).cloned().collect())
}

fn usable(key: &str) -> Option<Arc<str>> {
    let good = (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    good.then(|| key.into())
}

/// How long it is remembered what a form was answered.
const REMEMBERED: Duration = Duration::days(30);

/// Forgets the agency's forms that were sent longer ago.
///
/// # Errors
/// When the database is away.
pub async fn sweep(errand: &Errand) -> Result<(), Error> {
    errand
        .write(async |tx| {
            tx.as_keeper("forget what was sent long ago", async |tx| {
                let (agency, before) = (tx.agency(), tx.now() - REMEMBERED);
                sqlx::query!("delete from idempotency where agency_id = $1 and created_at < $2", agency.0, before)
                    .execute(tx.conn())
                    .await?;
                Ok(())
            })
            .await
        })
        .await
}

/// The membership of an account that ended last.
async fn last_of(db: &Db, standing: Standing, account: AccountId) -> Result<Option<MembershipId>, Error> {
    let mut tx = db.begin_read(standing).await?;
    let agency = tx.agency();
    let last = sqlx::query_scalar!(
        r#"select id as "id: MembershipId" from membership
           where agency_id = $1 and account_id = $2 and state = 'ended' order by ended_at desc nulls last, id limit 1"#,
        agency.0,
        account.0,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(last)
}

/// The form behind a request, if it is one.
#[derive(Debug, Clone)]
pub struct Submission {
    unsafe_method: bool,
    sent: Sent,
}

impl Submission {
    pub(super) fn of(parts: &Parts) -> Self {
        Self {
            unsafe_method: !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS),
            sent: parts.extensions.get::<Sent>().cloned().unwrap_or_default(),
        }
    }

    /// The same request with the marks that its parts carried.
    pub(super) fn marked(&self, sent: Option<&Sent>) -> Self {
        Self { unsafe_method: self.unsafe_method, sent: sent.unwrap_or(&self.sent).clone() }
    }

    pub(super) fn is_unsafe(&self) -> bool {
        self.unsafe_method
    }

    pub(super) fn brought_back(&self) -> Option<BroughtBack> {
        self.sent.brought_back
    }

    /// Whether it is a form that acts: what is brought back is only shown.
    pub(super) fn acts(&self) -> bool {
        self.unsafe_method && self.sent.brought_back.is_none()
    }

    pub(super) fn draft(&self) -> &Wish {
        &self.sent.draft
    }

    pub(super) fn sought(&self) -> &Sought {
        &self.sent.sought
    }

    pub(super) fn version(&self) -> Option<i32> {
        self.sent.version
    }

    pub(super) fn key(&self) -> Option<&str> {
        self.sent.key.as_deref()
    }

    /// Whether the form was opened under another hat than the one worn now. A form that does not say is taken as it comes.
    pub(super) fn is_of_another_hat(&self, worn: Option<MembershipId>) -> bool {
        !self.sent.hat.is_empty() && worn.is_some_and(|worn| worn.to_string() != *self.sent.hat)
    }

    /// What this very form was answered before, to the same person or the same link, whatever has become of the record since:
    /// asked by the guards, before any handler looks at the record.
    pub(super) async fn answered(&self, db: &Db, standing: Standing) -> Result<Option<Done>, Error> {
        let Some(key) = self.sent.key.as_deref().filter(|_| self.unsafe_method && self.sent.brought_back.is_none()) else {
            return Ok(None);
        };
        // What a form was answered is read by whoever sent it: also by a membership that this very form has ended.
        let membership = match standing.account.filter(|_| standing.membership.is_none()) {
            Some(account) => last_of(db, standing, account).await?,
            None => standing.membership,
        };
        let mut tx = db.begin_read(Standing { membership, ..standing }).await?;
        let agency = tx.agency();
        let before = sqlx::query!(
            "select redirect, flash from idempotency where agency_id = $1 and key = $2 and body_hash = $3 and actor = $4",
            agency.0,
            key,
            &self.sent.hash,
            membership.map(|id| id.0).or(standing.link),
        )
        .fetch_optional(tx.conn())
        .await?;
        tx.commit().await?;
        Ok(before.map(|before| Done::again(before.redirect, before.flash)))
    }

    /// Takes the key for this transaction; when it was used before, what was answered then.
    pub(super) async fn claim(&self, tx: &mut AgencyTx, actor: uuid::Uuid) -> Result<Option<Done>, Error> {
        let Some(key) = self.sent.key.as_deref() else { return Ok(None) };
        let (agency, now) = (tx.agency(), tx.now());
        let taken = sqlx::query!(
            "insert into idempotency (agency_id, actor, key, body_hash, redirect, flash, created_at)
             values ($1, $2, $3, $4, '', '', $5) on conflict (agency_id, actor, key) do nothing",
            agency.0,
            actor,
            key,
            &self.sent.hash,
            now,
        )
        .execute(tx.conn())
        .await?;
        if taken.rows_affected() == 1 {
            return Ok(None);
        }
        let before = sqlx::query!(
            "select body_hash, redirect, flash from idempotency where agency_id = $1 and actor = $2 and key = $3",
            agency.0,
            actor,
            key,
        )
        .fetch_one(tx.conn())
        .await?;
        if before.body_hash == self.sent.hash {
            Ok(Some(Done::again(before.redirect, before.flash)))
        } else {
            Err(Error::refused("", "This form was already sent with other words. Open the page anew to send it again"))
        }
    }

    /// Keeps what was answered, and what was said first in this form.
    pub(super) async fn settle(&self, tx: &mut AgencyTx, actor: uuid::Uuid, done: &Done) -> Result<(), Error> {
        said::note(tx, &self.sent.said, None).await?;
        let Some(key) = self.sent.key.as_deref() else { return Ok(()) };
        let agency = tx.agency();
        sqlx::query!(
            "update idempotency set redirect = $4, flash = $5 where agency_id = $1 and actor = $2 and key = $3",
            agency.0,
            actor,
            key,
            done.path(),
            done.flash(),
        )
        .execute(tx.conn())
        .await?;
        Ok(())
    }
}
