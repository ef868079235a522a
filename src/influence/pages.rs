//! The pages of what partners’ answers can change: all promises with the agency's headline, one of them, and the form that makes one.

mod letter;

use super::{
    forms::{OutcomeForm, PromiseForm, WordForm},
    model::{InfluenceId, Promise, Said, Sums, Word},
    paths, store,
};
use crate::platform::{
    ids::SubjectId,
    paging::with_filters,
    policy::{KeepInfluence, SayInfluence, ViewLoops},
    prelude::*,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    let example = |who, path, form| Example { who, path, form };
    let promise = "about=@session_5&question=Which+day+suits+you?&may_change=The+day+and+the+place&cannot_change=The+length,+it+is+in+the+law\
        &decided_by=The+director&decide_on=2099-01-15&bodies=@kinship";
    Routes::new()
        .get(paths::Promises::PATH, index)
        .post(paths::Promises::PATH, make, example("staff", "", promise))
        .get(paths::NewPromise::PATH, new)
        .get_such_as(paths::PromisePage::PATH, show, "influence=@influence_decided")
        .post(paths::Outcome::PATH, decide, example("director", "influence=@influence_open", "outcome=Saturdays+it+is&version=1"))
        .post(
            paths::WordOn::PATH,
            say,
            example("partner", "influence=@influence_decided", "word=partly&note=The+day+changed,+the+place+did+not"),
        )
        .join(letter::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    about: String,
    page: String,
}

#[derive(Template)]
#[template(path = "influence/index.html")]
struct Index {
    here: Here,
    list: Paged<Promise>,
    sums: Sums,
    /// Only those about one record are shown.
    about: Option<SubjectId>,
}

impl Index {
    fn heading(&self) -> &'static str {
        if self.here.can("KeepInfluence") { "What answers can change" } else { "What your answers can change" }
    }
}

#[derive(Template)]
#[template(path = "influence/new.html")]
struct New {
    here: Here,
    records: Vec<Choice>,
    bodies: Vec<Choice>,
    form: PromiseForm,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "influence/show.html")]
struct Show {
    here: Here,
    found: Promise,
    said: Vec<Said>,
    /// The reader’s own.
    body: Option<String>,
    outcome: OutcomeForm,
    word: WordForm,
    problems: Problems,
}

impl Show {
    /// To whoever was asked it is said what their own answer can change.
    fn heading(&self) -> &'static str {
        if self.found.asked_me { "What your answer can change" } else { "What the answers can change" }
    }

    /// Who reads what a body writes beside its word; a person gives the word alone, which nobody reads.
    fn note_readers(&self) -> Option<String> {
        let body = self.body.as_ref()?;
        Some(format!(
            "The people of {body}, and the agency’s directors, staff and analysts. The word counts in the sum that everybody sees."
        ))
    }
}

async fn index(can: Can<ViewLoops>, at: paths::Promises, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let (about, paging) = (filters.about.parse().ok(), Paging::from_text(&filters.page));
    let (rows, sums) = can.read(async |tx| store::list(tx, about, paging).await).await?;
    let list = paging.of(rows, &with_filters(&at.to_string(), &[("about", &filters.about)]));
    Ok(Page(Index { here: can.here(), list, sums, about }))
}

async fn new(can: Can<KeepInfluence>, _: paths::NewPromise, Query(filters): Query<Filters>) -> Result<Page<New>, Error> {
    let (records, bodies) = can.read(async |tx| store::offered(tx, filters.about.parse().ok()).await).await?;
    let form = PromiseForm { about: filters.about, ..PromiseForm::default() };
    Ok(Page(New { here: can.here(), records, bodies, form, problems: Problems::default() }))
}

async fn make(can: Can<KeepInfluence>, _: paths::Promises, Form(form): Form<PromiseForm>) -> Result<Response, Error> {
    let (records, bodies) = can.read(async |tx| store::offered(tx, form.about.parse().ok()).await).await?;
    let written = match form.parse(can.today()) {
        Ok(new) => {
            let make = async |tx: &mut AgencyTx| {
                let id = store::add(tx, &can, &new).await?;
                Ok(Done::at(paths::promise(can.slug(), id), "Written down, and told to those whom you ask"))
            };
            can.write(make).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| New { here: can.here(), records, bodies, form, problems })
}

async fn one(tx: &mut AgencyTx, id: InfluenceId) -> Result<Promise, Error> {
    store::find(tx, id).await?.ok_or(Error::NotFound)
}

async fn shown(can: &Asker, id: InfluenceId) -> Result<Show, Error> {
    let (found, said) = can.read(async |tx| Ok((one(tx, id).await?, store::said(tx, id).await?))).await?;
    let word = WordForm { word: found.my_word.map(|word| word.as_str().to_owned()).unwrap_or_default(), note: found.my_note.clone() };
    let body = can.member().and_then(|member| member.body_name.clone());
    Ok(Show { here: can.here(), found, said, body, outcome: OutcomeForm::default(), word, problems: Problems::default() })
}

async fn show(can: Can<ViewLoops>, at: paths::PromisePage) -> Result<Page<Show>, Error> {
    Ok(Page(shown(&can, at.influence).await?))
}

async fn decide(can: Can<KeepInfluence>, at: paths::Outcome, Form(outcome): Form<OutcomeForm>) -> Result<Response, Error> {
    let page = shown(&can, at.influence).await?;
    let written = match outcome.parse() {
        Ok(words) => {
            let decide = async |tx: &mut AgencyTx| {
                let found = one(tx, at.influence).await?;
                store::decide(tx, &can, &found, &words).await?;
                Ok(Done::at(paths::promise(can.slug(), at.influence), found.told_words()))
            };
            can.write(decide).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { outcome, problems, ..page })
}

async fn say(can: Can<SayInfluence>, at: paths::WordOn, Form(word): Form<WordForm>) -> Result<Response, Error> {
    let page = shown(&can, at.influence).await?;
    let written = match word.parse() {
        Ok((said, note)) => {
            let say = async |tx: &mut AgencyTx| {
                let found = one(tx, at.influence).await?;
                let asked = found.may_say(can.today()).ok_or(Error::NotFound)?;
                let note = if can.body().is_some() { note.as_str() } else { "" };
                store::say(tx, &can, (asked, &found), said, note).await?;
                Ok(Done::at(paths::promise(can.slug(), at.influence), "Your word counts. You can change it at any time"))
            };
            can.write(say).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Show { word, problems, ..page })
}
