//! One error, by meaning. Another agency's record, a hidden record and one that never was are all `NotFound`.
//! A visitor sees what happened, what to do and a way back, never an internal text.

use super::{drafts::Draft, events, flash::Done, form::Problems, here::Here, limits::Wait, page, policy::Hat, proof::Lack, telemetry};
use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// What went wrong, as far as anybody outside needs to know.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the sign-in has ended.
    #[error("sign-in required")]
    SignInRequired,
    /// Signed in, with hats to wear in this agency, and none chosen.
    #[error("a hat must be chosen")]
    HatRequired,
    /// This was answered before: the form that was taken answers what it answered then, and the page that asked leads to what came of it.
    #[error("answered before")]
    Answered(Done),
    /// At this page the person's own draft waits: it is shown in place of the empty form.
    #[error("a draft waits")]
    DraftWaits(Draft),
    /// A link that opens nothing: spent, lapsed, or never made. They look alike.
    #[error("a link that opens nothing")]
    LinkOver,
    /// The hat worn does not have the permission.
    #[error("not allowed")]
    NotAllowed,
    /// The hat worn does not have the permission; these have.
    #[error("not part of the role")]
    NotOfRole(&'static [Hat]),
    /// There is no such thing for this reader.
    #[error("not found")]
    NotFound,
    /// The reader's own membership in the agency is suspended. They are told so; of anything inside they learn nothing.
    #[error("suspended")]
    Suspended,
    /// The agency asks more of its own side's sign-ins than this one has shown.
    #[error("the sign-in is not enough for this agency")]
    Lacks(Lack),
    /// What was asked for is delicate, and it is a while since the person showed that it is them.
    #[error("to be confirmed first")]
    ConfirmationRequired,
    /// The reader's own membership in the agency has ended. They are told so and whom to ask, and nothing else.
    #[error("ended")]
    Ended,
    /// The form came from another site.
    #[error("cross-site request")]
    CrossSite,
    /// The request is larger than the site takes.
    #[error("too large")]
    TooLarge,
    /// The request could not be read.
    #[error("unreadable request")]
    Unreadable,
    /// Somebody sends more than is reasonable, and may go on after a while.
    #[error("too many requests")]
    TooMany(Wait),
    /// The database cannot be reached just now.
    #[error("database away")]
    Away,
    /// What was typed cannot be taken as it is; the form is shown again.
    #[error("the form has problems")]
    Refused(Problems),
    /// A fault of ours.
    #[error("internal")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A fault of ours, in words for the log.
    pub fn internal(what: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(what.into())
    }

    /// One problem on one field.
    #[must_use]
    pub fn refused(field: &'static str, message: impl Into<String>) -> Self {
        let mut problems = Problems::default();
        problems.add(field, message);
        Self::Refused(problems)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignInRequired | Self::HatRequired | Self::ConfirmationRequired => StatusCode::UNAUTHORIZED,
            Self::Answered(_) => StatusCode::SEE_OTHER,
            Self::DraftWaits(_) => StatusCode::OK,
            Self::NotAllowed | Self::NotOfRole(_) | Self::Lacks(_) | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound | Self::LinkOver | Self::Suspended | Self::Ended => StatusCode::NOT_FOUND,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Away => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the log learns of it; who asked, and for what, it has from the request.
    fn tell(&self) {
        match self {
            Self::Internal(source) => tracing::error!(cause = telemetry::told(&**source), "fault"),
            Self::NotAllowed | Self::NotOfRole(_) => events::denied("not part of the role"),
            Self::Suspended => events::denied("membership suspended"),
            Self::Ended => events::denied("membership ended"),
            Self::Lacks(_) => events::denied("sign-in not enough"),
            Self::CrossSite => events::denied("form from another site"),
            Self::TooMany(_) => events::limited(),
            _ => {}
        }
    }

    /// Heading, what happened, what to do.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::SignInRequired => {
                ("Sign in to go on", "This page is for people who have signed in.", "Sign in, and you will come back here.")
            }
            Self::HatRequired => {
                ("Choose the role you speak in", "You have more than one here.", "Choose one, and you will come back here.")
            }
            Self::ConfirmationRequired => {
                ("Confirm it is you", "It is a while since you signed in.", "Confirm it, and you will come back here.")
            }
            Self::Answered(_) => ("This was sent already", "It was taken once.", "Go on from the home page."),
            Self::DraftWaits(_) => ("Your draft", "What you wrote is kept.", "Load the page again."),
            Self::LinkOver => (
                "This link opens nothing now",
                "A link works for a limited time, and an answer uses it up. If you answered, your word is kept.",
                "To see, change or take back your words, ask the person who gave you the link for a new one.",
            ),
            Self::NotAllowed | Self::NotOfRole(_) => (
                "This page is not part of your role",
                "You are signed in, but this page is for people with other duties.",
                "What your role may do here depends on the record, and on whom it is about. Ask a director or an administrator of the agency, or change the role you speak in.",
            ),
            Self::NotFound => (
                "There is nothing at this address",
                "The page may have moved, or it may not be shared with you.",
                "Check the address, or go on from the home page.",
            ),
            Self::Suspended => (
                "Your membership here is suspended",
                "Until it is taken up again you cannot come in here. What you said stays as you shared it.",
                "See who suspended it, why, and whom you can talk to.",
            ),
            Self::Lacks(Lack::SecondFactor) => (
                "Sign in with a second step",
                "This agency asks it of everybody who works there: a password alone is not enough.",
                "On your account page you set up a passkey, or codes from your phone. If you have one, sign in again with it.",
            ),
            Self::Lacks(Lack::Sso) => (
                "Sign in through your agency",
                "This agency’s own people sign in with its single sign-on.",
                "Go on to it from here. The first time you join it to your account, on your account page.",
            ),
            Self::Lacks(Lack::Own) => (
                "Sign in as yourself",
                "You signed in through an agency. It vouches for those who work there, and for nobody in another role.",
                "Sign in with your own password or passkey. If you have none yet, choose “I do not know my password” there.",
            ),
            Self::CrossSite => (
                "This form came from another site",
                "To protect you, a form is only taken from Common Table itself.",
                "Open the page here and send the form again.",
            ),
            Self::Ended => (
                "Your membership here has ended",
                "You cannot come in here any more. What you said stays as you shared it.",
                "See whom you can ask.",
            ),
            Self::TooLarge => (
                "That is more than this page can take",
                "A form may hold up to 1 MB of text, a file up to 25 MB.",
                "Go back, make it shorter, and send it again.",
            ),
            Self::Unreadable => (
                "This request could not be read",
                "What arrived was not a form of this site.",
                "Go back, load the page anew and try again.",
            ),
            Self::TooMany(_) => (
                "Too many tries in a short time",
                "To protect people’s accounts, and the site for everybody, this can be done only so often.",
                "Wait a while, and try again.",
            ),
            Self::Away => {
                ("The records cannot be reached just now", "Nothing that was confirmed to you is lost.", "Wait a minute and try again.")
            }
            Self::Refused(_) => ("There is a problem", "What was sent cannot be taken as it is.", "Go back, change it, and send it again."),
            Self::Internal(_) => (
                "Something went wrong on our side",
                "The page could not be made. What you had saved before is safe.",
                "Try again. If it happens again, tell the person named at the foot of the page this number.",
            ),
        }
    }
}

/// "directors and staff": whose work something is.
fn those(hats: &[Hat]) -> String {
    let one = |hat: &Hat| match hat {
        Hat::Director => "directors",
        Hat::Staff => "staff",
        Hat::Analyst => "analysts",
        Hat::Administrator => "administrators",
        Hat::Partner => "the people of partners and Tribes",
        Hat::Steward => "stewards",
        Hat::Link => "whoever holds a link",
    };
    let all: Vec<&str> = hats.iter().map(one).collect();
    match all.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => "nobody".to_owned(),
    }
}

/// Left in a response's extensions so that the outer layer can send the visitor to sign in.
#[derive(Debug, Clone, Copy)]
pub struct NeedsSignIn;

/// Left in a response's extensions so that the outer layer can let the visitor choose a hat.
#[derive(Debug, Clone, Copy)]
pub struct NeedsHat;

/// Left in a response's extensions so that the outer layer can ask the visitor to show once more that it is them.
#[derive(Debug, Clone, Copy)]
pub struct NeedsConfirmation;

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Answered(before) = self {
            return before.into_response();
        }
        self.tell();
        let (heading, happened, todo) = self.words();
        let todo = match &self {
            Self::TooMany(wait) => format!("Wait {}, and try again.", wait.words()),
            Self::NotOfRole(hats) => {
                format!("It is part of the work of {}. Ask one of them, or change the role you speak in.", those(hats))
            }
            _ => todo.to_owned(),
        };
        let problems = if let Self::Refused(problems) = &self { problems.clone() } else { Problems::default() };
        let page = page::Problem {
            here: Here::bare(),
            heading,
            happened,
            todo,
            problems,
            // The outermost layer knows the request's number.
            reference: matches!(self, Self::Internal(_) | Self::Away | Self::TooMany(_)).then(String::new),
            to_hats: matches!(self, Self::NotAllowed | Self::NotOfRole(_)),
            suspended: matches!(self, Self::Suspended),
            lacks: if let Self::Lacks(lack) = &self { Some(*lack) } else { None },
            ended: matches!(self, Self::Ended),
            again: None,
            unsent: None,
        };
        let mut response = page::render(self.status(), &page);
        response.extensions_mut().insert(page);
        match &self {
            Self::SignInRequired => {
                response.extensions_mut().insert(NeedsSignIn);
            }
            Self::DraftWaits(draft) => {
                response.extensions_mut().insert(draft.clone());
            }
            Self::HatRequired => {
                response.extensions_mut().insert(NeedsHat);
            }
            Self::ConfirmationRequired => {
                response.extensions_mut().insert(NeedsConfirmation);
            }
            _ => {}
        }
        let later = match &self {
            Self::Away => Some(http::HeaderValue::from_static("30")),
            Self::TooMany(wait) => Some(wait.header()),
            _ => None,
        };
        if let Some(later) = later {
            response.headers_mut().insert(http::header::RETRY_AFTER, later);
        }
        response
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => Self::Away,
            // Shutting down, starting, full, or held up by others: the same form may be sent again in a moment.
            sqlx::Error::Database(ref db)
                if matches!(db.code().as_deref(), Some("57P01" | "57P02" | "57P03" | "53300" | "55P03" | "40001" | "40P01")) =>
            {
                Self::Away
            }
            // A record that a form names is gone, or never was this agency's: the form is shown again, its words kept.
            sqlx::Error::Database(ref db) if db.is_foreign_key_violation() => {
                tracing::warn!(constraint = db.constraint(), "a form named a record that is not there");
                Self::refused("", "Choose again: something that was chosen here is no longer there")
            }
            other => Self::Internal(Box::new(other)),
        }
    }
}

/// An address that cannot be read leads nowhere, like one that never was.
impl From<axum::extract::rejection::PathRejection> for Error {
    fn from(_: axum::extract::rejection::PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// Turns the database's refusal of one constraint into a problem on a field.
pub trait OnConstraint<T> {
    /// When the write broke `constraint`, the person is told `message` at `field`.
    ///
    /// # Errors
    /// The problem, or whatever else went wrong.
    fn on_constraint(self, constraint: &str, field: &'static str, message: &str) -> Result<T, Error>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, constraint: &str, field: &'static str, message: &str) -> Result<T, Error> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(db) if db.constraint() == Some(constraint) => Error::refused(field, message),
            _ => Error::from(error),
        })
    }
}
