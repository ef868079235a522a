//! What is good once, and by whom it was used: of what it is only its hash is kept.

use crate::platform::{
    db::{Db, SystemTx},
    error::Error,
    ids::AccountId,
};
use chrono::{DateTime, Duration, Utc};

/// For how long a second press of the same button is answered as the first.
const PRESSED_AGAIN: Duration = Duration::minutes(1);

/// How something was found that is good once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Spent {
    /// Good: it is spent now.
    Now,
    /// The same form spent it a moment ago.
    BySame,
    /// It is good no more.
    Before,
}

impl Spent {
    /// Whether it was good.
    pub(in super::super) fn is_first(self) -> bool {
        self == Self::Now
    }
}

/// Spends it, by a form that is known by `by`; it is remembered until `until`.
pub(in super::super) async fn spend(db: &Db, what: &[u8], (by, until): (&[u8], DateTime<Utc>)) -> Result<Spent, Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let now = tx.now();
    let first = sqlx::query!(
        "insert into spent (what_hash, spent_by, spent_at, expires_at) values ($1, $2, $3, $4) on conflict (what_hash) do nothing",
        what,
        by,
        now,
        until,
    )
    .execute(tx.conn())
    .await?;
    let before = found_in(&mut tx, what, by).await?;
    tx.commit().await?;
    Ok(if first.rows_affected() == 1 { Spent::Now } else { before.unwrap_or(Spent::Before) })
}

/// How it was spent, if it was.
pub(in super::super) async fn spent(db: &Db, what: &[u8], by: &[u8]) -> Result<Option<Spent>, Error> {
    let mut tx = db.begin_account(AccountId::fresh()).await?;
    let found = found_in(&mut tx, what, by).await?;
    tx.commit().await?;
    Ok(found)
}

async fn found_in(tx: &mut SystemTx, what: &[u8], by: &[u8]) -> Result<Option<Spent>, Error> {
    let since = tx.now() - PRESSED_AGAIN;
    let same =
        sqlx::query_scalar!(r#"select spent_by = $2 and spent_at > $3 as "same!" from spent where what_hash = $1"#, what, by, since,)
            .fetch_optional(tx.conn())
            .await?;
    Ok(same.map(|same| if same { Spent::BySame } else { Spent::Before }))
}
