//! Another address for a sign-in. It is done when the address so far and the new one have both said yes; either may stop it.

use super::{
    super::model::{ADDRESS, ADDRESS_DONE, AddressChange, AddressWord, Came},
    closing::places,
    tries::{MOST_LETTERS, counted},
};
use crate::{
    audit::{self, Change},
    mail::{self, Language},
    platform::{
        db::{Db, Standing, SystemTx},
        error::Error,
        ids::AccountId,
        session::Token,
    },
};
use chrono::Duration;

/// How long both sides have to answer.
const OPEN: Duration = Duration::days(2);

/// The change that waits for an answer, if there is one.
pub(in super::super) async fn address_change(db: &Db, account: AccountId) -> Result<Option<AddressChange>, Error> {
    let mut tx = db.begin_account(account).await?;
    let now = tx.now();
    let found = sqlx::query_as!(
        AddressChange,
        r#"select c.wanted, c.expires_at,
                  exists (select from address_word w where w.change_id = c.id and not w.is_new and w.said_at is not null) as "old_said!",
                  exists (select from address_word w where w.change_id = c.id and w.is_new and w.said_at is not null) as "new_said!"
           from address_change c where c.account_id = $1 and c.ended_at is null and c.expires_at > $2"#,
        account.0,
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// Asks both addresses; whatever was asked before ends. The new one is asked in the same way whether or not somebody signs in with it.
/// Beyond a few an hour for one account it is refused; beyond a few for one address, whoever asks, no letter goes there, and nobody is told.
pub(in super::super) async fn ask_for_address(db: &Db, account: AccountId, wanted: &str) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    let (now, id) = (tx.now(), crate::platform::ids::fresh());
    if counted(&mut tx, &format!("address by {account}")).await? > MOST_LETTERS {
        return Err(Error::refused("address", "Wait an hour before you ask again: letters went to three addresses already"));
    }
    let is_asked = counted(&mut tx, &format!("address {}", wanted.to_lowercase())).await? <= MOST_LETTERS;
    end(&mut tx, account, "replaced").await?;
    sqlx::query!(
        "insert into address_change (id, account_id, was, wanted, made_at, expires_at)
         select $1, id, email, $3, $4, $5 from account where id = $2",
        id,
        account.0,
        wanted,
        now,
        now + OPEN,
    )
    .execute(tx.conn())
    .await?;
    for is_new in [false, true] {
        let word = crate::platform::ids::fresh();
        sqlx::query!("insert into address_word (id, change_id, account_id, is_new) values ($1, $2, $3, $4)", word, id, account.0, is_new)
            .execute(tx.conn())
            .await?;
        if is_asked || !is_new {
            mail::enqueue_outside(&mut tx, ADDRESS, word).await?;
        }
    }
    tx.commit().await
}

/// Takes back what was asked.
pub(in super::super) async fn keep_address(db: &Db, account: AccountId) -> Result<(), Error> {
    let mut tx = db.begin_account(account).await?;
    end(&mut tx, account, "stopped").await?;
    tx.commit().await
}

async fn end(tx: &mut SystemTx, account: AccountId, how: &str) -> Result<u64, Error> {
    let now = tx.now();
    let ended =
        sqlx::query!("update address_change set ended_at = $2, ended = $3 where account_id = $1 and ended_at is null", account.0, now, how)
            .execute(tx.conn())
            .await?;
    Ok(ended.rows_affected())
}

/// What a letter says of a change.
#[derive(Debug)]
pub(in super::super) struct ToSend {
    pub(in super::super) to: String,
    /// Of whoever reads that address.
    pub(in super::super) language: Language,
    pub(in super::super) is_new: bool,
    pub(in super::super) wanted: String,
    /// Somebody signs in with the wanted address already: it cannot be done, and only that address is told.
    pub(in super::super) taken: bool,
}

/// A letter that is still wanted; its link works from now on, and none that was made for it before.
pub(in super::super) async fn address_to_send(db: &Db, word: uuid::Uuid, token: &Token) -> Result<Option<ToSend>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"update address_word w set token_hash = $2 from address_change c, account own
           where w.id = $1 and w.said_at is null and c.id = w.change_id and c.ended_at is null and c.expires_at > $3 and own.id = c.account_id
           returning case when w.is_new then c.wanted else c.was end as "to!", w.is_new, c.wanted,
                     exists (select from account a where a.email = c.wanted) as "taken!",
                     case when w.is_new then coalesce((select a.language from account a where a.email = c.wanted), own.language)
                          else own.language end as language"#,
        word,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| ToSend {
        to: row.to,
        language: Language::known(row.language.as_deref()),
        is_new: row.is_new,
        wanted: row.wanted,
        taken: row.taken,
    }))
}

/// The address that was left, for the letter that says so.
pub(in super::super) async fn address_left(db: &Db, change: uuid::Uuid) -> Result<Option<(String, String, Language)>, Error> {
    let mut tx = db.begin_system().await?;
    let row = sqlx::query!(
        "select c.was, c.wanted, a.language from address_change c join account a on a.id = c.account_id where c.id = $1 and c.ended = 'done'",
        change,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(row.map(|row| (row.was, row.wanted, Language::known(row.language.as_deref()))))
}

/// The word that a link asks for, while it asks.
pub(in super::super) async fn address_word(db: &Db, token: &Token) -> Result<Option<AddressWord>, Error> {
    let mut tx = db.begin_system().await?;
    let now = tx.now();
    let found = sqlx::query_as!(
        AddressWord,
        r#"select w.account_id as "account: AccountId", c.id as change, w.is_new, c.was, c.wanted, w.said_at is not null as "said!"
           from address_word w join address_change c on c.id = w.change_id
           join account a on a.id = c.account_id and a.closed_at is null
           where w.token_hash = $1 and c.expires_at > $2 and (c.ended_at is null or (c.ended = 'done' and w.said_at is not null))"#,
        &token.hash(),
        now,
    )
    .fetch_optional(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(found)
}

/// One address says yes. With the second one the address is changed: first where agencies keep it, each in a transaction of its own, at
/// last for the sign-in; so whoever is interrupted presses again. Every way to a new password that went to the old one ends.
pub(in super::super) async fn say_yes(db: &Db, word: &AddressWord) -> Result<Came, Error> {
    if let Some(came) = said(db, word).await? {
        return Ok(came);
    }
    if signs_in(db, &word.wanted).await? {
        return taken(db, word).await;
    }
    in_agencies(db, word, &word.wanted).await?;
    let mut tx = db.begin_account(word.account).await?;
    let now = tx.now();
    let changed = sqlx::query!("update account set email = $2 where id = $1", word.account.0, word.wanted).execute(tx.conn()).await;
    match changed {
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            drop(tx);
            in_agencies(db, word, &word.was).await?;
            return taken(db, word).await;
        }
        changed => changed?,
    };
    end(&mut tx, word.account, "done").await?;
    sqlx::query!("update password_reset set used_at = $2 where account_id = $1 and used_at is null", word.account.0, now)
        .execute(tx.conn())
        .await?;
    mail::enqueue_outside(&mut tx, ADDRESS_DONE, word.change).await?;
    tx.commit().await?;
    Ok(Came::Done)
}

/// Notes the yes. Answers what came of it where that is all; nothing where both have said yes now. The change is locked: of two that say
/// yes at once one is the second.
async fn said(db: &Db, word: &AddressWord) -> Result<Option<Came>, Error> {
    let mut tx = db.begin_account(word.account).await?;
    let now = tx.now();
    let open = sqlx::query_scalar!("select ended from address_change where id = $1 for update", word.change).fetch_one(tx.conn()).await?;
    if let Some(ended) = open {
        return if ended == "done" { Ok(Some(Came::Done)) } else { Err(Error::LinkOver) };
    }
    sqlx::query!(
        "update address_word set said_at = coalesce(said_at, $3) where change_id = $1 and is_new = $2",
        word.change,
        word.is_new,
        now
    )
    .execute(tx.conn())
    .await?;
    let both = sqlx::query_scalar!(
        r#"select count(*) filter (where said_at is null) = 0 as "both!" from address_word where change_id = $1"#,
        word.change,
    )
    .fetch_one(tx.conn())
    .await?;
    tx.commit().await?;
    Ok(if both { None } else { Some(Came::Waits) })
}

async fn signs_in(db: &Db, address: &str) -> Result<bool, Error> {
    let mut tx = db.begin_system().await?;
    let found =
        sqlx::query_scalar!(r#"select exists (select from account where email = $1) as "found!""#, address).fetch_one(tx.conn()).await?;
    tx.commit().await?;
    Ok(found)
}

async fn taken(db: &Db, word: &AddressWord) -> Result<Came, Error> {
    let mut tx = db.begin_account(word.account).await?;
    end(&mut tx, word.account, "taken").await?;
    tx.commit().await?;
    Ok(Came::Taken)
}

/// How the person is reached, in every agency of theirs.
async fn in_agencies(db: &Db, word: &AddressWord, address: &str) -> Result<(), Error> {
    for place in places(db, word.account).await? {
        let mut tx =
            db.begin_account(word.account).await?.become_member(Standing::plain(place.agency, word.account, place.membership)).await?;
        sqlx::query!(
            "update member_identity set email = $3 where agency_id = $1 and membership_id = $2 and email <> $3",
            place.agency.0,
            place.membership.0,
            address,
        )
        .execute(tx.conn())
        .await?;
        if place.serves {
            let change = Change::of_member("changed the address they sign in with", place.membership, None).for_oneself();
            audit::record(&mut tx, change).await?;
        }
        tx.end().await?;
    }
    Ok(())
}

/// One address says no: this change ends, and no other.
pub(in super::super) async fn stop_address(db: &Db, word: &AddressWord) -> Result<Came, Error> {
    let mut tx = db.begin_account(word.account).await?;
    let now = tx.now();
    let stopped =
        sqlx::query!("update address_change set ended_at = $2, ended = 'stopped' where id = $1 and ended_at is null", word.change, now)
            .execute(tx.conn())
            .await?;
    tx.commit().await?;
    if stopped.rows_affected() == 1 { Ok(Came::Stopped) } else { Err(Error::LinkOver) }
}
