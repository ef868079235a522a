//! Pages: a struct with a template becomes a response. Rendering happens outside any transaction.

use super::{form::Problems, here::Here, ids::MembershipId, labels::Label as _, proof::Lack, subject::Audience, submission::BroughtBack};
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// A page as it should be.
#[derive(Debug)]
pub struct Page<T>(pub T);

/// A page that shows a form again with what keeps it from being taken.
#[derive(Debug)]
pub struct Again<T>(pub T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        render(StatusCode::OK, &self.0)
    }
}

impl<T: Template> IntoResponse for Again<T> {
    fn into_response(self) -> Response {
        render(StatusCode::UNPROCESSABLE_ENTITY, &self.0)
    }
}

pub(super) fn render(status: StatusCode, page: &impl Template) -> Response {
    // Room for most pages: a text that grows is copied again and again.
    let mut html = String::with_capacity(32 * 1024);
    match page.render_into(&mut html) {
        Ok(()) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made. Try again.").into_response()
        }
    }
}

/// A page with one question, before something that cannot be undone.
#[derive(Debug, Template)]
#[template(path = "components/question.html")]
pub struct Question {
    /// What every page needs.
    pub here: Here,
    /// The question.
    pub heading: &'static str,
    /// What it is about.
    pub about: String,
    /// What will happen.
    pub note: &'static str,
    /// Where a yes goes.
    pub action: String,
    /// The yes.
    pub button: &'static str,
    /// Where a no goes.
    pub back: String,
}

/// A form that could not be taken just now, to be sent again with the same key: nothing typed is lost, nothing is done twice.
#[derive(Debug, Clone)]
pub struct SendAgain {
    /// Where it goes.
    pub action: String,
    /// What it says, with its key.
    pub fields: Vec<(String, String)>,
}

impl SendAgain {
    /// What the person wrote or chose, in words, without what the page put into the form.
    fn written(&self) -> impl Iterator<Item = &str> {
        let ours = |name: &str| matches!(name, "key" | "version" | "hat" | "draft" | "draft_page");
        let is_id = |value: &str| value.parse::<uuid::Uuid>().is_ok();
        self.fields.iter().filter(move |(name, value)| !ours(name) && !value.is_empty() && !is_id(value)).map(|(name, value)| {
            let audience = name.ends_with("audience").then(|| Audience::parse(value)).flatten();
            audience.map_or(value.as_str(), |audience| audience.label())
        })
    }

    /// Whether the person wrote or chose anything in it.
    #[must_use]
    pub fn says_anything(&self) -> bool {
        self.written().next().is_some()
    }
}

/// A form that the hat worn could not send: what it says, to be copied, and the hats of the same person that may send it.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// The form.
    pub form: SendAgain,
    /// Memberships, each as it is read.
    pub hats: Vec<(MembershipId, String)>,
}

/// The page of every error.
#[derive(Debug, Clone, Template)]
#[template(path = "errors/problem.html")]
pub struct Problem {
    /// What every page needs.
    pub here: Here,
    /// What happened, short.
    pub heading: &'static str,
    /// What happened.
    pub happened: &'static str,
    /// What to do.
    pub todo: String,
    /// What keeps a form from being taken, where that is the fault.
    pub problems: Problems,
    /// The number under which the log has it, where telling it helps.
    pub reference: Option<String>,
    /// Whether another hat could help.
    pub to_hats: bool,
    /// Whether the reader's membership is suspended, and the page of their hats says why.
    pub suspended: bool,
    /// What the sign-in lacks for this agency.
    pub lacks: Option<Lack>,
    /// Whether the reader's membership has ended, and the page of their hats says whom to ask.
    pub ended: bool,
    /// The form to send again, where that is the way on.
    pub again: Option<SendAgain>,
    /// The form that was not taken under this hat.
    pub unsent: Option<Unsent>,
}

impl Problem {
    /// An agency's provider vouches for this sign-in: it opens no account page.
    fn is_vouched_for(&self) -> bool {
        self.lacks == Some(Lack::Own)
    }

    /// Where a sign-in is to be had that is enough here, and what its button says.
    fn way_in(&self) -> Option<(String, &'static str)> {
        match self.lacks? {
            Lack::Sso => Some((format!("/sign-in?next={}", self.here.agency()?.home), "Go on to the agency’s sign-in")),
            Lack::Own => Some(("/sign-in".to_owned(), "Sign in as yourself")),
            Lack::SecondFactor => None,
        }
    }

    /// Whether the person is shown the way to all their hats: not where those that help stand on the page already.
    fn leads_to_hats(&self) -> bool {
        self.to_hats && self.here.has_other_hats() && self.unsent.as_ref().is_none_or(|unsent| unsent.hats.is_empty())
    }

    /// The same page where the visitor is: with the agency, the hat and a person to talk to. The answer's status and headers stay.
    #[must_use]
    pub fn put(mut self, here: Here, number: &str, mut answer: Response) -> Response {
        self.here = here;
        self.reference = self.reference.map(|_| number.to_owned());
        *answer.body_mut() = render(answer.status(), &self).into_body();
        // The length of the body that it had: with it, the rest of this one would be read as the next answer.
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        answer
    }
}

tokio::task_local! {
    static WHY: BroughtBack;
}

/// Makes an answer in which a form is brought back: it is shown without complaints, for nothing was sent.
pub async fn brought_back(why: BroughtBack, answer: impl Future<Output = Response>) -> Response {
    WHY.scope(why, answer).await
}

/// Shows a form again when a write was refused for what was typed.
pub trait OrAgain {
    /// `again` makes the page from the problems.
    ///
    /// # Errors
    /// Everything that is not the person's business.
    fn or_again<T: Template>(self, again: impl FnOnce(Problems) -> T) -> Result<Response, super::error::Error>;
}

impl OrAgain for Result<Response, super::error::Error> {
    fn or_again<T: Template>(self, again: impl FnOnce(Problems) -> T) -> Self {
        match self {
            Err(super::error::Error::Refused(problems)) => {
                let why = WHY.try_with(|why| *why).ok();
                let page = again(why.map_or(problems, Problems::brought_back));
                Ok(if why == Some(BroughtBack::Draft) { Page(page).into_response() } else { Again(page).into_response() })
            }
            other => other,
        }
    }
}
