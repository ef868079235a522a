//! What the site answered, and what a test may say about it. Each assertion answers itself, so that they can be chained.

use super::Ground;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use common_table::platform::flash::FLASH_COOKIE;
use http::{HeaderMap, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use std::{cell::OnceCell, sync::Arc};

/// See the module.
pub struct Answer {
    /// Method and address, for messages.
    pub asked: String,
    pub status: StatusCode,
    /// Where it leads, or an empty text.
    pub location: String,
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
    page: OnceCell<Html>,
    ground: Arc<Ground>,
}

impl Answer {
    pub(super) fn new(asked: String, status: StatusCode, headers: HeaderMap, bytes: &[u8], ground: Arc<Ground>) -> Self {
        let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Self { asked, status, location, headers, text: String::from_utf8_lossy(bytes).into_owned(), page: OnceCell::new(), ground }
    }

    /// A page as it should be, with this heading.
    #[track_caller]
    pub fn assert_page(&self, heading: &str) -> &Self {
        self.assert_status(StatusCode::OK);
        assert_eq!(self.heading(), heading, "the heading of {}", self.asked);
        self
    }

    /// Done: on to this address. `@name` stands for an id of the demonstration, `*` for any one part.
    #[track_caller]
    pub fn assert_goes_to(&self, path: &str) -> &Self {
        self.assert_status(StatusCode::SEE_OTHER);
        let wanted = self.ground.path(path);
        let same = wanted.split('/').count() == self.location.split('/').count()
            && wanted.split('/').zip(self.location.split('/')).all(|(a, b)| a == b || (a == "*" && !b.is_empty()));
        assert!(same, "{} led to {} instead of {wanted}", self.asked, self.location);
        self
    }

    /// Done, and says so in these words on the next page.
    #[track_caller]
    pub fn assert_flash(&self, words: &str) -> &Self {
        let sent = self.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let flash = sent.filter_map(|value| value.strip_prefix(FLASH_COOKIE)?.strip_prefix('=')?.split(';').next()).next();
        let said = flash.and_then(|value| URL_SAFE_NO_PAD.decode(value).ok()).unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&said), words, "what {} says", self.asked);
        self
    }

    /// The form is shown again, with a message at this field that begins so. An empty field means one about the whole form.
    #[track_caller]
    pub fn assert_problem(&self, field: &str, begins: &str) -> &Self {
        let slowed_down = self.status == StatusCode::TOO_MANY_REQUESTS && begins.starts_with("Wait ");
        if !slowed_down {
            self.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let told: Vec<String> = if field.is_empty() {
            self.select(".problems li, .problem-page li")
        } else {
            self.select(&format!("[id='{field}-error']")).iter().map(|said| said.trim_start_matches("Error: ").to_owned()).collect()
        };
        let all = self.select(".problems li");
        assert!(
            told.iter().any(|said| said.starts_with(begins)),
            "{}: {told:?} at {field:?} instead of {begins:?}; all: {all:?}",
            self.asked
        );
        self
    }

    /// There is no such thing for this visitor.
    #[track_caller]
    pub fn assert_not_found(&self) -> &Self {
        self.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(self.heading(), "There is nothing at this address", "{}", self.asked);
        self
    }

    /// The visitor's own membership is suspended: nothing else is said.
    #[track_caller]
    pub fn assert_suspended(&self) -> &Self {
        self.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(self.heading(), "Your membership here is suspended", "{}", self.asked);
        self
    }

    /// The visitor's own membership has ended: nothing else is said.
    #[track_caller]
    pub fn assert_ended(&self) -> &Self {
        self.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(self.heading(), "Your membership here has ended", "{}", self.asked);
        self
    }

    /// There is no such page for this visitor, and these words stand nowhere in the answer.
    #[track_caller]
    pub fn assert_gone(&self, words: &str) -> &Self {
        if self.status == StatusCode::FORBIDDEN {
            self.assert_not_allowed()
        } else {
            self.assert_not_found()
        };
        assert!(!self.text.contains(words), "{}: {words:?} must not be there", self.asked);
        self
    }

    /// A link that opens nothing, whatever became of it.
    #[track_caller]
    pub fn assert_link_over(&self) -> &Self {
        self.assert_status(StatusCode::NOT_FOUND);
        assert_eq!(self.heading(), "This link opens nothing now", "{}", self.asked);
        self
    }

    /// An invitation's link that is over, and says how it came to that.
    #[track_caller]
    pub fn assert_invitation_over(&self) -> &Self {
        self.assert_status(StatusCode::GONE);
        assert_eq!(self.heading(), "This invitation is over", "{}", self.asked);
        self
    }

    /// The visitor's hat does not have the permission.
    #[track_caller]
    pub fn assert_not_allowed(&self) -> &Self {
        self.assert_status(StatusCode::FORBIDDEN);
        assert_eq!(self.heading(), "This page is not part of your role", "{}", self.asked);
        self
    }

    /// The visitor is sent to sign in.
    #[track_caller]
    pub fn assert_sent_to_sign_in(&self) -> &Self {
        self.assert_status(StatusCode::SEE_OTHER);
        assert!(self.location.starts_with("/sign-in"), "{} led to {}", self.asked, self.location);
        self
    }

    /// These words stand on the page.
    #[track_caller]
    pub fn assert_sees(&self, words: &str) -> &Self {
        assert!(self.words().contains(words), "{}: {words:?} is not in: {}", self.asked, self.words());
        self
    }

    /// A page that is shown, and these words stand nowhere in it, neither on it nor behind it. What is not there at all is
    /// [`Self::assert_gone`].
    #[track_caller]
    pub fn assert_never_sees(&self, words: &str) -> &Self {
        let shown = matches!(self.status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::TOO_MANY_REQUESTS);
        assert!(shown, "{}: {} (leads to {:?}), which shows nothing at all", self.asked, self.status, self.location);
        assert!(!self.words().contains(words) && !self.text.contains(words), "{}: {words:?} must not be there", self.asked);
        self
    }

    #[track_caller]
    pub fn assert_status(&self, status: StatusCode) -> &Self {
        let told = self.select(".problems li, .problem-page p");
        assert_eq!(self.status, status, "{} (leads to {:?}; says {told:?})", self.asked, self.location);
        self
    }

    /// The last part of the address it leads to: the id of what was just made.
    #[track_caller]
    pub fn made(&self) -> String {
        self.assert_status(StatusCode::SEE_OTHER);
        self.location.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// The texts of all elements that a selector finds.
    #[track_caller]
    pub fn select(&self, css: &str) -> Vec<String> {
        let css = self.ground.path(css);
        let selector = Selector::parse(&css).unwrap_or_else(|error| panic!("{css}: {error}"));
        self.page().select(&selector).map(text_of).collect()
    }

    /// An attribute of all elements that a selector finds.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let css = self.ground.path(css);
        let selector = Selector::parse(&css).unwrap_or_else(|error| panic!("{css}: {error}"));
        self.page().select(&selector).filter_map(|one| one.attr(name)).map(str::to_owned).collect()
    }

    /// What a field of the form shown holds.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let (_, fields) = self.form("");
        fields.into_iter().find(|(other, _)| other == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// The fields of the form that is sent to an address with this end, some of them changed: ready to be sent.
    #[track_caller]
    pub fn filled(&self, action: &str, changes: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let (to, mut fields) = self.form(&self.ground.path(action));
        fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        (to, fields)
    }

    /// The whole answer but for the keys and seeds of its forms, which are new each time, and the address that was asked for.
    pub fn without_keys(&self) -> String {
        let address = format!("http://localhost{}", self.asked.split_once(' ').map_or("", |(_, path)| path));
        ["name=\"key\" value=\"", "name=\"seed\" value=\""].into_iter().fold(self.text.replace(&address, ""), |text, chance| {
            let mut parts = text.split(chance);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |whole, part| whole + chance + part.split_once('"').map_or(part, |(_, rest)| rest))
        })
    }

    /// A header, or an empty text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The page's heading.
    #[track_caller]
    pub fn heading(&self) -> String {
        self.select("h1").join(" | ")
    }

    /// What a visitor reads, with single spaces; of what is no page, all of it.
    pub fn words(&self) -> String {
        if self.is_page() { self.select("body").join(" ") } else { self.text.clone() }
    }

    /// The page as a tree, read once.
    pub fn page(&self) -> &Html {
        self.page.get_or_init(|| Html::parse_document(&self.text))
    }

    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// The form inside `main` that is sent to an address with this end: its address and its fields, as a browser would send
    /// them (without its buttons).
    #[track_caller]
    pub fn form(&self, action: &str) -> (String, Vec<(String, String)>) {
        let page = self.page();
        let forms = Selector::parse("main form[method=post]:not(.exit-quickly)").unwrap();
        let ends = |form: &ElementRef<'_>| form.attr("action").is_some_and(|address| address.ends_with(action));
        let Some(form) = page.select(&forms).find(ends) else {
            panic!("{} shows no form to {action:?}: {} {}", self.asked, self.status, self.heading())
        };
        let controls = Selector::parse("input, select, textarea").unwrap();
        let fields = form.select(&controls).flat_map(|control| sent_by(&control)).collect();
        (form.attr("action").unwrap_or_default().to_owned(), fields)
    }
}

fn sent_by(control: &ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = control.attr("name") else { return Vec::new() };
    let value = |one: &ElementRef<'_>| one.attr("value").unwrap_or_default().to_owned();
    let values: Vec<String> = match (control.value().name(), control.attr("type").unwrap_or("text")) {
        ("textarea", _) => {
            // The reader of pages has dropped the first line end already, as a browser does.
            vec![control.text().collect()]
        }
        ("select", _) => {
            let options = Selector::parse("option").unwrap();
            let chosen: Vec<_> = control.select(&options).filter(|one| one.attr("selected").is_some()).collect();
            let all = if chosen.is_empty() { control.select(&options).take(1).collect() } else { chosen };
            all.iter().map(value).collect()
        }
        (_, "checkbox" | "radio") if control.attr("checked").is_none() => Vec::new(),
        (_, "submit" | "button" | "file") => Vec::new(),
        _ => vec![value(control)],
    };
    values.into_iter().map(|value| (name.to_owned(), value)).collect()
}

const INLINE: &[&str] = &["a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"];

/// The text of an element as it is read: words of different blocks never run together, inline marks never part a word.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    gather(element, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: ElementRef<'_>, text: &mut String) {
    for child in element.children() {
        if let Some(words) = child.value().as_text() {
            text.push_str(words);
        } else if let Some(inner) = ElementRef::wrap(child) {
            let parts = if INLINE.contains(&inner.value().name()) { "" } else { " " };
            text.push_str(parts);
            gather(inner, text);
            text.push_str(parts);
        }
    }
}
