//! One route with its example on a copy of the year: what its form asks, whether it can be sent again, and the example sent with
//! one field changed.

use super::{is_id, site};
use crate::support::{
    Answer, Site, Visitor,
    atlas::{self, Way},
    sending::{self, Fields},
};
use http::StatusCode;
use scraper::Selector;
use std::collections::BTreeMap;

/// See the module.
pub struct Trial {
    number: usize,
    pub site: Site,
    ways: Vec<Way>,
    pub way: Way,
    pub visitor: Visitor,
    /// Something was taken on this copy: what is answered strangely is asked once more on a fresh one.
    pub touched: bool,
    /// What this route takes was used up on this copy.
    spent: bool,
    /// The same form can be sent again and again.
    repeats: bool,
}

/// A control of a form that is shown.
pub struct Control {
    pub name: String,
    pub kind: String,
    pub value: String,
}

async fn posts(site: &Site) -> Vec<Way> {
    atlas::ways(site).await.0.into_iter().filter(|way| !way.is_get()).collect()
}

impl Trial {
    /// The route with this number.
    pub async fn begin(number: usize) -> Option<Self> {
        let site = site().await;
        let ways = posts(&site).await;
        let way = ways.get(number)?.clone();
        let visitor = sending::sender(&site, &way).await;
        Some(Self { number, site, ways, way, visitor, touched: false, spent: false, repeats: false })
    }

    /// The same on a copy that nobody has touched.
    pub async fn afresh(&mut self) {
        let (repeats, number) = (self.repeats, self.number);
        *self = Self::begin(number).await.unwrap();
        self.repeats = repeats;
    }

    /// The patterns of all routes that take forms.
    pub fn forms(&self) -> Vec<&'static str> {
        self.ways.iter().map(|way| way.line.path).collect()
    }

    /// On to another route, on the same copy.
    pub async fn go_to(&mut self, number: usize) -> bool {
        let Some(way) = self.ways.get(number).cloned() else { return false };
        (self.number, self.way, self.spent, self.repeats) = (number, way, false, false);
        self.visitor = sending::sender(&self.site, &self.way).await;
        true
    }

    /// On to the next route.
    pub async fn step(&mut self) -> bool {
        self.go_to(self.number + 1).await
    }

    /// Sends the example as it is: it must be taken, if not on a copy on which other routes were tried, then on a fresh one.
    /// Whether it is taken a second time decides how the trial goes on.
    pub async fn unharmed(&mut self) -> Result<(), String> {
        let (mut first, mut faults) = self.whole().await;
        if self.touched && (!taken(&first) || !faults.is_empty()) {
            self.afresh().await;
            (first, faults) = self.whole().await;
        }
        if !taken(&first) || !faults.is_empty() {
            return Err(format!("{}: the unharmed example is answered {} {faults:?}", self.way.name(), first.status));
        }
        let (second, _) = self.whole().await;
        (self.touched, self.repeats) = (true, taken(&second));
        self.spent = !self.repeats;
        Ok(())
    }

    async fn whole(&self) -> (Answer, Vec<String>) {
        let (fields, file) = atlas::form(&self.site, &self.way).await;
        sending::send(&self.visitor, &self.way.path, &fields, &file).await
    }

    /// Sends the example with one field changed; and says whether that field held an id. What can be taken once only is used up
    /// when it is taken; then the next goes to a fresh copy.
    pub async fn harmed(&mut self, field: &str, typed: &str) -> ((Answer, Vec<String>), bool) {
        if self.spent {
            self.afresh().await;
        }
        let (mut fields, file) = atlas::form(&self.site, &self.way).await;
        let was_id = fields.iter().any(|(name, value)| name == field && (is_id(value) || value.starts_with('@')) && field != "version");
        fields.retain(|(name, _)| name != field);
        fields.push((field.to_owned(), typed.to_owned()));
        let answered = sending::send(&self.visitor, &self.way.path, &fields, &file).await;
        if answered.0.status == StatusCode::SEE_OTHER {
            (self.touched, self.spent) = (true, !self.repeats);
        }
        (answered, was_id)
    }

    /// The controls of this route's form on a page.
    pub fn shown(&self, answer: &Answer) -> Vec<Control> {
        let select = |css: &str| Selector::parse(css).unwrap();
        let (forms, controls) = (select("main form[method=post]"), select("input, select, textarea"));
        let own = answer.page().select(&forms).filter(|form| form.attr("action") == Some(self.way.path.as_str()));
        own.flat_map(|form| form.select(&controls).collect::<Vec<_>>())
            .filter_map(|one| {
                let kind = if one.value().name() == "input" { one.attr("type").unwrap_or("text") } else { one.value().name() };
                let value = if kind == "textarea" { one.text().collect() } else { one.attr("value").unwrap_or_default().to_owned() };
                Some(Control { name: one.attr("name")?.to_owned(), kind: kind.to_owned(), value })
            })
            .collect()
    }
}

fn taken(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && !answer.location.starts_with("/sign-in?")
}

/// The names of the fields and their kinds: of the example, of the page that shows the form, and of the form that comes back when
/// nothing is filled in (which may be taken).
pub async fn names(trial: &mut Trial) -> BTreeMap<String, String> {
    let (example, _) = atlas::form(&trial.site, &trial.way).await;
    let mut all: BTreeMap<String, String> = example.into_iter().map(|(name, _)| (name, String::new())).collect();
    let mut shown = Vec::new();
    for page in pages(&trial.way.path) {
        let (answer, _) = trial.visitor.try_send("GET", &page, "", Vec::new()).await;
        shown.extend(trial.shown(&answer));
    }
    let (empty, _) = sending::send(&trial.visitor, &trial.way.path, &Fields::new(), &None).await;
    shown.extend(trial.shown(&empty));
    trial.touched |= !matches!(empty.status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND);
    all.extend(shown.into_iter().filter(|one| one.kind != "file").map(|one| (one.name, one.kind)));
    all.remove("key");
    all
}

/// Where the form of an address may stand: there, on the page that makes or changes, or one step up.
fn pages(path: &str) -> Vec<String> {
    let up = path.rsplit_once('/').map_or("", |(up, _)| up);
    [path, &format!("{path}/new"), &format!("{path}/edit"), up].map(str::to_owned).into_iter().filter(|page| page.len() > 1).collect()
}
