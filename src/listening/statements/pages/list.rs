//! Everything one may read, as quotations.

use crate::{
    listening::statements::{
        forms,
        model::{State, Statement},
        paths,
        store::list::{self, Listed, Narrowed},
    },
    platform::{ids::MembershipId, paging::with_filters, policy::ViewStatements, prelude::*},
};
use askama::Template;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    q: String,
    session: String,
    theme: String,
    language: String,
    whose: String,
    page: String,
}

impl Filters {
    fn address(&self, at: &paths::Statements) -> String {
        let set = [
            ("q", self.q.as_str()),
            ("session", &self.session),
            ("theme", &self.theme),
            ("language", &self.language),
            ("whose", &self.whose),
        ];
        with_filters(&at.to_string(), &set)
    }

    fn narrowed(&self) -> Narrowed<'_> {
        Narrowed {
            words: &self.q,
            session: self.session.parse().ok(),
            theme: self.theme.parse().ok(),
            language: &self.language,
            whose: &self.whose,
            filters: true,
        }
    }

    fn are_set(&self) -> bool {
        [&self.q, &self.session, &self.theme, &self.language, &self.whose].iter().any(|one| !one.is_empty())
    }
}

#[derive(Template)]
#[template(path = "listening/statements/index.html")]
pub(super) struct Index {
    here: Here,
    at: paths::Statements,
    statements: Paged<Statement>,
    filters: Filters,
    sessions: Vec<Choice>,
    themes: Vec<Choice>,
    languages: Vec<Choice>,
    whose: Vec<Choice>,
    waiting: i64,
    /// The reader facilitates or takes notes somewhere, and may have somebody to ask again.
    on_duty: bool,
    me: MembershipId,
}

impl Index {
    /// The words are the reader's own, and their word on them is wanted.
    fn waits_for_reader(&self, statement: &Statement) -> bool {
        statement.state == State::WithSpeaker && statement.author == Some(self.me)
    }
}

pub(super) async fn index(can: Can<ViewStatements>, at: paths::Statements, Query(filters): Query<Filters>) -> Result<Page<Index>, Error> {
    let paging = Paging::from_text(&filters.page);
    let found = can.read(async |tx| list::list(tx, &filters.narrowed(), paging).await).await?;
    let known = forms::languages("");
    let name = |code: String| known.iter().find(|one| one.value == code).cloned().unwrap_or_else(|| Choice::new(code.clone(), code));
    let languages = found.languages.into_iter().map(name).collect();
    let statements = paging.of(found.statements, &filters.address(&at));
    let whose = whose(can.body().is_some(), can.hat().is_agency_side());
    let Listed { sessions, themes, waiting, on_duty, .. } = found;
    Ok(Page(Index { here: can.here(), at, statements, filters, sessions, themes, languages, whose, waiting, on_duty, me: can.me() }))
}

fn whose(has_body: bool, is_agency_side: bool) -> Vec<Choice> {
    let mut all = vec![Choice::new("wanted", "Waiting for my word"), Choice::new("mine", "My own words")];
    if has_body {
        all.push(Choice::new("body", "My organization’s or Tribe’s"));
    }
    if is_agency_side {
        all.push(Choice::new("held", "Waiting for their speakers, brought back by me"));
    }
    all.push(Choice::new("back", "Struck or taken back"));
    all
}
