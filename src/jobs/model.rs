//! What a job is, and when it is tried again.

use crate::platform::{
    db::Standing,
    errand::Errand,
    error::Error,
    ids::AgencyId,
    policy::{Grant, Hat},
};
use chrono::Duration;
use chrono_tz::Tz;
use serde_json::Value;
use std::pin::Pin;

/// After so many tries a job is given up.
pub const MOST_TRIES: i16 = 5;

/// The future of one run.
pub type Running = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// How one kind of job is done.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// Its name in the queue.
    pub kind: &'static str,
    /// The permission that whoever caused it must still have when it runs.
    pub needs: Grant,
    /// Does it; may be called again after a failure, so doing it twice does it once.
    pub run: fn(Errand, Value) -> Running,
    /// Makes it visible that it was given up, with the reason in plain words.
    pub gave_up: fn(Errand, Value, String) -> Running,
}

/// A claimed job.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its id.
    pub id: uuid::Uuid,
    /// Which work it is.
    pub kind: String,
    /// What it is about.
    pub payload: Value,
    /// Tries so far, this one counted.
    pub attempts: i16,
    /// The tenant, with its time zone.
    pub agency: (AgencyId, Tz),
    /// The membership that caused it as it is now; none when it is no longer active.
    pub standing: Option<Standing>,
}

/// What a queue holds, over all agencies.
#[derive(Debug, Clone, Copy)]
pub struct Queue {
    /// How many wait.
    pub waiting: i64,
    /// How many were given up in the last 24 hours.
    pub failed: i64,
    /// For how many seconds the oldest one that is due has waited; 0 where none is.
    pub oldest: i64,
}

/// What becomes of a job after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Tried again later; the text is for the log.
    Retry(String),
    /// Never again, and why, in plain words.
    GiveUp(String),
}

impl Due {
    /// The membership that caused it, where it may still do this.
    #[must_use]
    pub fn allowed(&self, work: &Work) -> Option<Standing> {
        self.standing.filter(|standing| work.needs.hats.contains(&standing.hat))
    }

    /// The pause before the next try.
    #[must_use]
    pub fn pause(&self) -> Duration {
        Duration::seconds(15 << self.attempts.clamp(0, 10))
    }

    /// What a run's answer means for this job.
    #[must_use]
    pub fn outcome(&self, answer: Result<(), Error>) -> Outcome {
        match answer {
            Ok(()) => Outcome::Done,
            Err(Error::Refused(problems)) => {
                Outcome::GiveUp(problems.list().first().map_or_else(|| "It was refused".to_owned(), |problem| problem.message.clone()))
            }
            Err(_) if self.attempts >= MOST_TRIES => Outcome::GiveUp(format!("It did not work after {MOST_TRIES} tries")),
            Err(error) => Outcome::Retry(said(&error)),
        }
    }
}

/// The fault for the log of the queue: its kind and the database's code, never its text, which may hold words.
fn said(error: &Error) -> String {
    match error {
        Error::Internal(source) => match source.downcast_ref::<sqlx::Error>() {
            Some(sqlx::Error::Database(db)) => format!("database {}", db.code().unwrap_or_default()),
            Some(_) => "database".to_owned(),
            None => "internal".to_owned(),
        },
        other => other.to_string(),
    }
}

/// The hat that a membership's role and stewardship make.
#[must_use]
pub(super) fn hat(role: &str, steward: bool) -> Option<Hat> {
    use crate::platform::labels::Label as _;
    let hat = Hat::parse(role)?;
    Some(if hat == Hat::Partner && steward { Hat::Steward } else { hat })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(attempts: i16) -> Due {
        let nil = uuid::Uuid::nil();
        Due { id: nil, kind: String::new(), payload: Value::Null, attempts, agency: (AgencyId(nil), Tz::UTC), standing: None }
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = (1..=4).map(|tries| due(tries).pause().num_seconds()).collect();
        assert_eq!(pauses, [30, 60, 120, 240]);
        assert_eq!(due(1).outcome(Err(Error::Away)), Outcome::Retry("database away".to_owned()));
        assert!(matches!(due(MOST_TRIES).outcome(Err(Error::Away)), Outcome::GiveUp(_)));
    }

    #[test]
    fn a_refusal_is_final_and_says_why() {
        let refusal = Err(Error::refused("", "Narrow the filters"));
        assert_eq!(due(1).outcome(refusal), Outcome::GiveUp("Narrow the filters".to_owned()));
        assert_eq!(due(1).outcome(Ok(())), Outcome::Done);
    }
}
