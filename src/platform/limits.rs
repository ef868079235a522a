//! How often something costly may be done: by one person, and from one network, counted in the database, so that several servers
//! agree. A route says where it is declared under which limit it stands; the guards count. Reasons for the figures: docs/security.md.

use super::{app::App, db::Db, error::Error, form::Problems, ids::AccountId, network::Network};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use http::{HeaderValue, StatusCode, header, request::Parts};
use sha2::{Digest as _, Sha256};

/// So many within so long.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How many are taken.
    pub most: i32,
    /// Within how many minutes; then it begins at nothing.
    pub minutes: i64,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Each request.
    Each,
    /// Only a list that is narrowed or searched: one with something behind the question mark.
    Searches,
    /// Only what fails, which the handler alone knows.
    Failures,
}

/// One limit. What a person does beyond theirs does not count for their network, so that nobody shuts others out.
#[derive(Debug)]
pub struct Limit {
    /// As the table of routes and the log say it.
    pub name: &'static str,
    /// What is counted.
    pub counted: Counted,
    /// For one person: an account, a link, or an address that was typed.
    pub person: Rate,
    /// For everybody in one network together.
    pub network: Rate,
}

const fn rate(most: i32, minutes: i64) -> Rate {
    Rate { most, minutes }
}

const fn limit(name: &'static str, counted: Counted, person: Rate, network: Rate) -> Limit {
    Limit { name, counted, person, network }
}

/// Passwords that were wrong, from browsers that have not signed in before. A person here is an address that was typed, wherever
/// from: under it stands the wait between tries (`accounts/store/tries.rs`).
pub static SIGN_INS: Limit = limit("sign-ins", Counted::Failures, rate(100, 60), rate(100, 15));
/// Asking for the way to a new password, and going it. Letters to one address have a limit of their own (`accounts/store/reset.rs`).
pub static RESETS: Limit = limit("resets", Counted::Each, rate(30, 60), rate(60, 60));
/// Coming in by an invitation.
pub static COMING_IN: Limit = limit("coming in", Counted::Each, rate(30, 60), rate(120, 60));
/// Going to an agency's provider of single sign-on.
pub static SIGN_ONS: Limit = limit("single sign-on", Counted::Each, rate(60, 60), rate(1200, 60));
/// What a provider says by itself and does not hold. What holds is never counted: a county signs out when it goes home.
pub static UNSOUND_WORDS: Limit = limit("unsound words", Counted::Failures, rate(300, 15), rate(300, 15));
/// Answers by a link without a sign-in.
pub static ANSWERS: Limit = limit("answers by link", Counted::Each, rate(60, 60), rate(600, 60));
/// Codes that somebody says on the telephone, typed by whoever writes down what they say.
pub static CODES: Limit = limit("codes by telephone", Counted::Each, rate(30, 60), rate(120, 60));
/// Links that open nothing. One that opens something is never counted: its 256 bits are what keeps it.
pub static DEAD_LINKS: Limit = limit("dead links", Counted::Failures, rate(30, 15), rate(30, 15));
/// Asking an agency something without an account. How many it takes a day from everybody together stands in `loops/asking`.
pub static ASKING: Limit = limit("asking without an account", Counted::Each, rate(30, 60), rate(30, 60));
/// Return codes, right and wrong ones alike: 100 bits are not guessed, and it is still not tried for long.
pub static RETURN_CODES: Limit = limit("return codes", Counted::Each, rate(60, 60), rate(60, 60));
/// Asking somebody in.
pub static INVITATIONS: Limit = limit("invitations", Counted::Each, rate(60, 60), rate(600, 60));
/// Searching and narrowing lists.
pub static SEARCHES: Limit = limit("searches", Counted::Searches, rate(120, 1), rate(1200, 1));
/// Asking for exports, and taking them: every table once is 36 of these.
pub static EXPORTS: Limit = limit("exports", Counted::Each, rate(60, 60), rate(600, 60));
/// Writing comments, and changing them; and words that a speaker who is signed in adds on their own card.
pub static COMMENTS: Limit = limit("comments", Counted::Each, rate(60, 60), rate(600, 60));
/// Sending files.
pub static UPLOADS: Limit = limit("uploads", Counted::Each, rate(30, 60), rate(300, 60));

/// Who does it, besides their network.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// Nobody that is known.
    Nobody,
    /// An account.
    Account(AccountId),
    /// A link.
    Link(uuid::Uuid),
    /// An address that was typed.
    Typed(&'a str),
}

impl Whom<'_> {
    fn key(self, limit: &Limit) -> Option<Vec<u8>> {
        match self {
            Self::Nobody => None,
            Self::Account(id) => Some(key(limit, &format!("account {id}"))),
            Self::Link(id) => Some(key(limit, &format!("link {id}"))),
            Self::Typed(text) => Some(key(limit, &format!("typed {}", text.to_lowercase()))),
        }
    }

    /// For the log: never what somebody typed.
    fn logged(self) -> String {
        match self {
            Self::Nobody => "nobody".to_owned(),
            Self::Account(id) => format!("account {id}"),
            Self::Link(id) => format!("link {id}"),
            Self::Typed(_) => "an address that was typed".to_owned(),
        }
    }
}

fn key(limit: &Limit, whom: &str) -> Vec<u8> {
    Sha256::digest(format!("{} by {whom}", limit.name)).to_vec()
}

/// How long to wait until the next try.
#[derive(Debug, Clone, Copy)]
pub struct Wait {
    seconds: i64,
}

impl Wait {
    /// So long.
    #[must_use]
    pub fn of(time: Duration) -> Self {
        Self { seconds: (time.num_milliseconds() + 999) / 1000 }
    }

    /// For `Retry-After`, in seconds.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::from(self.seconds.max(1))
    }

    /// "a minute", "12 minutes", "an hour".
    #[must_use]
    pub fn words(self) -> String {
        match (self.seconds + 59) / 60 {
            ..=1 => "a minute".to_owned(),
            minutes @ 2..=59 => format!("{minutes} minutes"),
            60 => "an hour".to_owned(),
            more => format!("{} hours", (more + 59) / 60),
        }
    }

    /// The same as a problem with a field, for a form that is shown again.
    #[must_use]
    pub fn at(self, field: &'static str) -> Problems {
        let mut problems = Problems::default();
        problems.add(field, format!("Wait {} before you try again: too many passwords were tried", self.words()));
        problems
    }

    /// The form, shown again, as an answer that says how long to wait.
    #[must_use]
    pub fn told(self, form: impl IntoResponse) -> Response {
        let mut response = form.into_response();
        *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        response.headers_mut().insert(header::RETRY_AFTER, self.header());
        response
    }
}

/// What was counted under a key.
struct Tally {
    count: i32,
    ends: DateTime<Utc>,
}

impl Limit {
    /// Counts one more. One round trip. What comes by no socket is not counted.
    ///
    /// # Errors
    /// [`Error::TooMany`] beyond the limit, said once in the log for each time it is reached; or the database's absence.
    pub async fn count(&self, db: &Db, whom: Whom<'_>, network: Option<Network>) -> Result<(), Error> {
        let Some(network) = network else { return Ok(()) };
        let (shared, now) = (key(self, &network.to_string()), db.now());
        let (own, shared) = whom.key(self).map_or((shared.clone(), None), |own| (own, Some(shared)));
        let first = if shared.is_some() { self.person } else { self.network };
        let (one, both) = tallied(db, (&own, first), (shared.as_deref(), self.network), now).await?;
        let person_over = one.count > first.most;
        let over = if person_over { Some(one) } else { both.filter(|tally| tally.count > self.network.most) };
        let Some(over) = over else { return Ok(()) };
        let most = if person_over { first.most } else { self.network.most };
        if over.count == most + 1 {
            let by = if person_over && shared.is_some() { "person" } else { "network" };
            tracing::warn!(limit = self.name, by, who = whom.logged(), %network, "a limit was reached");
        }
        Err(Error::TooMany(Wait::of(over.ends - now)))
    }

    /// What was counted turned out to be fine: it counts no more.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn give_back(&self, db: &Db, whom: Whom<'_>, network: Option<Network>) -> Result<(), Error> {
        let Some(network) = network else { return Ok(()) };
        let keys: Vec<Vec<u8>> = whom.key(self).into_iter().chain([key(self, &network.to_string())]).collect();
        let mut connection = db.lend().await?;
        sqlx::query!("update tally set count = greatest(count - 1, 0) where key = any($1)", &keys).execute(&mut *connection).await?;
        Ok(())
    }
}

/// The one statement: the person first, and only while they are within their limit the network.
async fn tallied(
    db: &Db,
    (own, first): (&[u8], Rate),
    (shared, second): (Option<&[u8]>, Rate),
    now: DateTime<Utc>,
) -> Result<(Tally, Option<Tally>), Error> {
    let mut connection = db.lend().await?;
    let row = sqlx::query!(
        r#"with one as (
               insert into tally as t (key, count, ends_at) values ($1, 1, $5)
               on conflict (key) do update set
                   count = case when t.ends_at <= $7 then 1 else least(t.count + 1, $3 + 2) end,
                   ends_at = case when t.ends_at <= $7 then excluded.ends_at else t.ends_at end
               returning count, ends_at),
           every as (
               insert into tally as t (key, count, ends_at) select $2, 1, $6 from one where one.count <= $3 and $2::bytea is not null
               on conflict (key) do update set
                   count = case when t.ends_at <= $7 then 1 else least(t.count + 1, $4 + 2) end,
                   ends_at = case when t.ends_at <= $7 then excluded.ends_at else t.ends_at end
               returning count, ends_at)
           select one.count as "count!", one.ends_at as "ends!", every.count as "all_count?", every.ends_at as "all_end?"
           from one left join every on true"#,
        own,
        shared,
        first.most,
        second.most,
        now + Duration::minutes(first.minutes),
        now + Duration::minutes(second.minutes),
        now,
    )
    .fetch_one(&mut *connection)
    .await?;
    let every = row.all_count.zip(row.all_end).map(|(count, ends)| Tally { count, ends });
    Ok((Tally { count: row.count, ends: row.ends }, every))
}

/// Counts a request under the limit of its route, if it has one that the guard counts.
///
/// # Errors
/// As [`Limit::count`].
pub(super) async fn keep(db: &Db, app: &App, parts: &Parts, whom: Whom<'_>) -> Result<(), Error> {
    let Some(limit) = parts.extensions.get::<&'static Limit>() else { return Ok(()) };
    let counts = match limit.counted {
        Counted::Each => true,
        Counted::Searches => parts.uri.query().is_some_and(|query| !query.is_empty()),
        Counted::Failures => false,
    };
    if counts { limit.count(db, whom, Network::of(parts, &app.settings)).await } else { Ok(()) }
}

/// A link opens nothing: that is `otherwise`, until too many from one network opened nothing.
///
/// # Errors
/// Always.
pub async fn missed<T>(app: &App, network: Option<Network>, otherwise: Error) -> Result<T, Error> {
    DEAD_LINKS.count(&app.db, Whom::Nobody, network).await?;
    Err(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait_is_said_in_words_and_never_too_short() {
        for (milliseconds, seconds, words) in [
            (1, "1", "a minute"),
            (60_000, "60", "a minute"),
            (60_001, "61", "2 minutes"),
            (3_600_000, "3600", "an hour"),
            (7_200_000, "7200", "2 hours"),
        ] {
            let wait = Wait::of(Duration::milliseconds(milliseconds));
            assert_eq!((wait.header().to_str().unwrap(), wait.words().as_str()), (seconds, words));
        }
    }

    #[test]
    fn one_person_is_never_a_whole_network() {
        for limit in [&INVITATIONS, &SEARCHES, &EXPORTS, &COMMENTS, &UPLOADS, &ANSWERS] {
            assert!(limit.network.most >= 10 * limit.person.most && limit.network.minutes == limit.person.minutes, "{}", limit.name);
        }
    }
}
