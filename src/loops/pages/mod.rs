//! Questions and answers: the list, one of them, and the form that raises one.

mod agency_side;
mod answers;
mod entered;
mod letter;
mod raiser_side;
mod together;

use super::{
    forms::{LoopForm, ReviewForm},
    listed::{Counts, Listed},
    model::{Happened, Kind, Loop, Neighbour, State, audiences},
    paths,
    store::{self, Narrowed, Source},
};
use crate::{
    comments, commitments,
    consent::{self, Recall, RecallState, Remains},
    platform::{
        ids::SubjectId,
        paging::with_filters,
        policy::{RaiseLoops, ViewLoops},
        prelude::*,
        subject::{Audience, Kind as RecordKind, trace_path},
    },
    protocols::{self, Marked},
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let raised = "kind=question&words=When+is+the+next+session%3F&audience=agency";
    Routes::new()
        .get(paths::Loops::PATH, index)
        .post(paths::Loops::PATH, raise, Example { who: "parent", path: "", form: raised })
        .get(paths::NewLoop::PATH, new)
        .get(paths::LoopPage::PATH, show)
        .join(together::routes())
        .join(agency_side::routes())
        .join(raiser_side::routes())
        .join(answers::routes())
        .join(letter::routes())
        .join(super::asking::routes())
        .join(entered::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    state: String,
    kind: String,
    partner: String,
    whose: String,
    sort: String,
    more: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Loops, more: &str) -> String {
        let set = [
            ("state", self.state.as_str()),
            ("kind", &self.kind),
            ("partner", &self.partner),
            ("whose", &self.whose),
            ("more", more),
            ("sort", &self.sort),
        ];
        with_filters(&at.to_string(), &set)
    }

    /// The list of those who raised something is long: it is read when asked for or in use.
    fn wants_more(&self) -> bool {
        !self.more.is_empty() || !self.partner.is_empty()
    }

    /// The same list, with that filter.
    fn with_more(&self, at: &paths::Loops) -> String {
        self.address(at, "yes")
    }

    /// In which order, besides what is open first.
    fn orders() -> Vec<Choice> {
        vec![Choice::new("new", "Newest first"), Choice::new("old", "Oldest first"), Choice::new("who", "By who raised it")]
    }

    /// How far, as choices: the states and what they add up to.
    fn states(is_agency_side: bool) -> Vec<Choice> {
        let handed = is_agency_side.then(|| Choice::new("escalated", "handed to the director"));
        let sums = [Choice::new("open", "no answer yet"), Choice::new("late", "late")].into_iter().chain(handed);
        let states = State::ALL.iter().filter(|state| is_agency_side || **state != State::Review);
        sums.chain(states.map(|state| Choice::new(state.as_str(), state.label()))).collect()
    }
}

#[derive(Template)]
#[template(path = "loops/index.html")]
struct Index {
    here: Here,
    at: paths::Loops,
    loops: Paged<Listed>,
    counts: Counts,
    filters: Filters,
    /// Who raised something, when asked for.
    partners: Option<Vec<Choice>>,
}

impl Index {
    fn ours_label(&self) -> String {
        format!("Mine, or my {}’s", self.here.body_word())
    }
}

#[derive(Template)]
#[template(path = "loops/show.html")]
struct Show {
    here: Here,
    found: Loop,
    happened: Vec<Happened>,
    neighbours: Vec<Neighbour>,
    /// Where the words had gone before they were taken back or fewer were to read them, for those whose they are.
    recalls: Vec<Recall>,
    /// What remains of it once its words are gone.
    remains: Remains,
    comments: comments::Thread,
    marked: Marked,
    form: ReviewForm,
    problems: Problems,
}

impl Show {
    /// The last time that this happened to it.
    fn last(&self, what: &str) -> Option<&Happened> {
        self.happened.iter().rev().find(|one| one.what == what)
    }

    /// When it was reopened last.
    fn reopened_at(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        self.last("reopened").map(|one| one.at)
    }

    /// The reader's own answer waits for the director.
    fn waits_by_me(&self) -> bool {
        self.found.state == State::Review && self.here.membership().is_some_and(|me| self.found.may_answer(me))
    }

    /// The page of the promise that the answer made.
    fn promise_page(&self) -> String {
        self.found.promise.map(|id| commitments::paths::commitment(self.here.slug(), id)).unwrap_or_default()
    }

    /// The way to the whole chain.
    fn trace(&self) -> String {
        trace_path(self.here.slug(), RecordKind::Loop, self.found.id)
    }
}

#[derive(Template)]
#[template(path = "loops/new.html")]
struct New {
    here: Here,
    body: Option<String>,
    source: Option<Source>,
    form: LoopForm,
    problems: Problems,
}

impl New {
    fn audiences(&self) -> Vec<Choice> {
        audiences(self.body.as_deref())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct From {
    from: String,
    comment: String,
}

impl From {
    fn record(&self) -> Result<(Option<SubjectId>, Option<uuid::Uuid>), Error> {
        Ok((given(&self.from)?, given(&self.comment)?))
    }
}

/// What an address names; nonsense names nothing that is there.
fn given<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Error> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::NotFound) }
}

async fn one(tx: &mut AgencyTx, id: SubjectId) -> Result<Loop, Error> {
    store::find(tx, id).await?.ok_or(Error::NotFound)
}

async fn index(can: Can<ViewLoops>, at: paths::Loops, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let narrowed = Narrowed {
        state: &filters.state,
        kind: &filters.kind,
        partner: filters.partner.parse().ok(),
        ours: filters.whose == "ours",
        sort: &filters.sort,
        today: can.today(),
        partners: filters.wants_more(),
    };
    let found = can.read(async |tx| store::list(tx, &narrowed, paging).await).await?;
    let loops = paging.of(found.loops, &filters.address(&at, &filters.more));
    let partners = filters.wants_more().then_some(found.partners);
    Ok(Page(Index { here: can.here(), at, loops, counts: found.counts, filters, partners }))
}

async fn shown(can: &Asker, id: SubjectId) -> Result<Show, Error> {
    let here = can.here();
    can.open(id, async |tx| {
        let found = one(tx, id).await?;
        let recalls = if found.is_ours() { consent::recalls_of(tx, id).await? } else { Vec::new() };
        let remains = if found.words.is_none() { consent::remains_of(tx, id, None).await? } else { Remains::default() };
        let (happened, neighbours) = (store::happened(tx, id).await?, store::neighbours(tx, id).await?);
        let (form, problems) = (ReviewForm::default(), Problems::default());
        let comments = comments::of(tx, id).await?.while_there_are(found.words.is_some()).of_a_question().beside(found.version);
        let marked = protocols::marks_of(tx, id, found.body).await?;
        Ok(Show { here, found, happened, neighbours, recalls, remains, comments, marked, form, problems })
    })
    .await
}

async fn show(can: Can<ViewLoops>, at: paths::LoopPage) -> Result<Page<Show>, Error> {
    Ok(Page(shown(&can, at.question).await?))
}

async fn new(can: Can<RaiseLoops>, _: paths::NewLoop, Query(query): Query<From>) -> Result<Page<New>, Error> {
    let (from, comment) = query.record()?;
    let source = can.read(async |tx| store::source(tx, from, comment).await).await?;
    let form = LoopForm { from: query.from, comment: query.comment, audience: Audience::Agency.as_str().to_owned(), ..LoopForm::default() };
    Ok(Page(New { here: can.here(), body: body_of(&can), source, form, problems: Problems::default() }))
}

fn body_of(can: &Asker) -> Option<String> {
    can.member().and_then(|member| member.body_name.clone())
}

async fn raise(can: Can<RaiseLoops>, _: paths::Loops, Form(form): Form<LoopForm>) -> Result<Response, Error> {
    let (from, comment) = (form.from.parse().ok(), form.comment.parse().ok());
    let source = can.read(async |tx| store::source(tx, from, comment).await).await?;
    let written = match form.parse() {
        Ok(new) => {
            let raise = async |tx: &mut AgencyTx| {
                Ok(Done::at(paths::question(can.slug(), store::raise(tx, &can, &new).await?), "Sent to the agency"))
            };
            can.write(raise).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), body: body_of(&can), source, form, problems })
}
