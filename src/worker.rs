//! The worker: each slice's jobs joined, the loop that runs them one after another, and the sweeps that go from agency to
//! agency. Runs beside the site or alone; several may run, because a job is claimed by one at a time.

mod letters;

pub use letters::{kinds, send_due};

use crate::{
    accounts, audit, commitments, desk,
    jobs::{self, Due, Outcome, Work},
    listening, loops, mail, members, openings, partners,
    platform::{app::App, errand::Errand, error::Error, submission, telemetry::told},
    quarantine, reports, trust, wanted,
};
use futures_util::FutureExt as _;
use std::{
    panic::AssertUnwindSafe,
    pin::pin,
    time::{Duration, Instant},
};
use tokio::{sync::watch, task::JoinHandle, time};

/// How often the queue is looked at while nothing waits.
const PAUSE: Duration = Duration::from_secs(1);
/// How often a long job says that it goes on.
const BEAT: Duration = Duration::from_secs(60);
/// How long a job may go on after the worker was told to stop.
const GRACE: Duration = Duration::from_secs(20);
/// How often the sweeps go round.
const ROUND: Duration = Duration::from_secs(3600);

/// Every kind of work.
fn all() -> Vec<Work> {
    reports::jobs()
}

/// A worker at work.
#[derive(Debug)]
pub struct Worker {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Worker {
    /// Begins.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one loose task of the worker; `stop` waits for it")]
    pub fn start(app: App) -> Self {
        let (stop, mut told) = watch::channel(false);
        let task = tokio::spawn(run(app, async move {
            let _ = told.wait_for(|stop| *stop).await;
        }));
        Self { stop, task }
    }

    /// Ends well: the job at hand is finished, or put back when it takes too long.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

/// Runs jobs and sweeps until `ended`.
pub async fn run(app: App, ended: impl Future<Output = ()>) {
    let mut ended = pin!(ended);
    let mut swept: Option<Instant> = None;
    loop {
        if swept.is_none_or(|last| last.elapsed() >= ROUND) {
            swept = Some(Instant::now());
            if let Err(error) = sweep(&app).await {
                tracing::error!(cause = told(&error), "not everything was swept");
            }
        }
        let due = jobs::claim(&app.db).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the queue could not be read");
            None
        });
        let Some(due) = due else {
            // A letter under way is never cut: it ends by itself, in a few minutes at most. The next one waits for the next program.
            let pause = if letters::next(&app).await { Duration::ZERO } else { PAUSE };
            tokio::select! {
                biased;
                () = &mut ended => break,
                () = time::sleep(pause) => continue,
            }
        };
        let mut work = pin!(one(&app, &due));
        let done = tokio::select! {
            () = &mut work => continue,
            () = &mut ended => time::timeout(GRACE, work).await.is_ok(),
        };
        if !done {
            let _ = jobs::put_back(&app.db, due.id).await;
        }
        break;
    }
}

/// Runs every job that is due now; answers how many there were.
///
/// # Errors
/// When the database is away.
pub async fn run_due(app: &App) -> Result<usize, Error> {
    let mut ran = 0;
    while let Some(due) = jobs::claim(&app.db).await? {
        one(app, &due).await;
        ran += 1;
    }
    Ok(ran)
}

/// One round of the sweeps, agency by agency. Where one fails, the others are swept all the same.
///
/// # Errors
/// When the database is away, or which sweeps failed; why is in the log by then.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let agencies = jobs::agencies(&app.db).await?;
    let mut failed = Vec::new();
    match mail::lost(&app.db).await {
        Ok(0) => {}
        Ok(lost) => tracing::error!(lost, "letters were under way when the program ended: nobody knows whether they arrived"),
        Err(error) => {
            tracing::warn!(cause = told(&error), "a sweep failed");
            failed.push("letters".to_owned());
        }
    }
    for agency in &agencies {
        let errand = Errand::of_agency(app.db.clone(), *agency);
        for (what, done) in [
            ("loops", loops::sweep(&errand).await),
            ("promises whose day has come", commitments::remind(&errand).await),
            ("invitations of former sessions", listening::invitees::sweep(&errand).await),
            ("consent that runs out", listening::statements::ask_again(&errand).await),
            ("exports", reports::sweep(&errand).await),
            ("notice of openings", openings::sweep(&errand).await),
            ("copies of bodies", desk::sweep(&errand).await),
            ("lists of people", members::sweep(&errand).await),
            ("lent duties that end", members::tell_of_duties(&errand).await),
            ("times to enter for somebody", members::end_times_to_enter(&errand).await),
            ("absences that begin or end", members::tell_of_absences(&errand).await),
            ("files that wait for the scanner", quarantine::sweep(&errand, app.settings.scanner.as_ref()).await),
            ("forms sent", submission::sweep(&errand).await),
            ("the question about trust", trust::sweep(&errand).await),
            ("relationships that are kept", partners::rhythm::remind(&errand).await),
            ("first contacts whose day has come", partners::handover::remind(&errand).await),
            ("the letters about what waits", wanted::sweep(&errand).await),
            ("the seal of the audit trail", audit::seal(&errand).await),
        ] {
            if let Err(error) = done {
                tracing::warn!(agency = %agency.0, what, cause = told(&error), "a sweep failed");
                failed.push(format!("{what} of {}", agency.0));
            }
        }
    }
    // What belongs to no one agency, once.
    if let Some(any) = agencies.first() {
        let errand = Errand::of_agency(app.db.clone(), *any);
        for (what, done) in [("sign-ins", accounts::sweep(&errand).await), ("letters sent", mail::sweep(&errand).await)] {
            if let Err(error) = done {
                tracing::warn!(what, cause = told(&error), "a sweep failed");
                failed.push(what.to_owned());
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::internal(format!("not swept: {}", failed.join(", ")))) }
}

/// One job, to its end; what goes wrong with noting that is the next claim's business.
async fn one(app: &App, due: &Due) {
    let works = all();
    let work = works.iter().find(|work| work.kind == due.kind);
    let outcome = match (work, work.and_then(|work| due.allowed(work))) {
        (None, _) => Outcome::GiveUp("nobody does this kind of work".to_owned()),
        (Some(_), None) => Outcome::GiveUp("Whoever asked for it may no longer do so".to_owned()),
        // A job that takes its worker down with it never comes to an answer.
        _ if due.attempts > jobs::MOST_TRIES => due.outcome(Err(Error::Away)),
        (Some(work), Some(standing)) => due.outcome(attempt(app, due, work, Errand::of_member(app.db.clone(), standing)).await),
    };
    let noted = match outcome {
        Outcome::Done => jobs::finish(&app.db, due.id).await,
        Outcome::Retry(error) => {
            tracing::warn!(kind = due.kind, job = %due.id, attempts = due.attempts, error, "a job is tried again later");
            jobs::retry(&app.db, due, &error).await
        }
        Outcome::GiveUp(reason) => {
            tracing::error!(kind = due.kind, job = %due.id, reason, "a job is given up");
            let shown = match work {
                Some(work) => (work.gave_up)(Errand::of_agency(app.db.clone(), due.agency), due.payload.clone(), reason.clone()).await,
                None => Ok(()),
            };
            shown.and(jobs::give_up(&app.db, due.id, &reason).await)
        }
    };
    if let Err(error) = noted {
        tracing::warn!(%error, job = %due.id, "the end of a job could not be noted");
    }
}

/// One try, with the claim kept alive; a panic is a failure like any other.
async fn attempt(app: &App, due: &Due, work: &Work, errand: Errand) -> Result<(), Error> {
    let mut running = pin!(AssertUnwindSafe((work.run)(errand, due.payload.clone())).catch_unwind());
    loop {
        tokio::select! {
            answer = &mut running => return answer.unwrap_or_else(|_| Err(Error::internal("a job panicked"))),
            () = time::sleep(BEAT) => {
                let _ = jobs::hold(&app.db, due.id).await;
            }
        }
    }
}
