//! “You said, we did”: what was raised beside what was answered, to be read aloud, printed and held against the agency.

use super::super::{
    model::Answer,
    paths,
    store::{self, Given, Narrowing, Sums},
};
use crate::platform::{paging::with_filters, policy::ViewLoops, prelude::*, words};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::new().get(paths::Answers::PATH, answers)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Filters {
    partner: String,
    community: String,
    answer: String,
    page: String,
}

#[derive(Template)]
#[template(path = "loops/answers.html")]
struct Answers {
    here: Here,
    at: paths::Answers,
    given: Paged<Given>,
    sums: Sums,
    partners: Vec<Choice>,
    communities: Vec<Choice>,
    filters: Filters,
}

impl Answers {
    fn today(&self) -> String {
        words::day(self.here.today())
    }

    /// Whose page it is: of one body, of one community, or of all.
    fn whose(&self) -> String {
        let named = |choices: &[Choice], value: &str| choices.iter().find(|one| one.value == value).map(|one| one.label.to_string());
        named(&self.partners, &self.filters.partner)
            .or_else(|| named(&self.communities, &self.filters.community))
            .unwrap_or_else(|| "Everybody who raised something".to_owned())
    }
}

async fn answers(can: Can<ViewLoops>, at: paths::Answers, Query(filters): Query<Filters>) -> Result<Page<Answers>, Error> {
    let paging = Paging::from_text(&filters.page);
    let only = Narrowing { partner: filters.partner.parse().ok(), community: &filters.community, answer: &filters.answer };
    let found = can.read(async |tx| store::answers(tx, &only, paging).await).await?;
    let set = [("partner", filters.partner.as_str()), ("community", &filters.community), ("answer", &filters.answer)];
    let given = paging.of(found.given, &with_filters(&at.to_string(), &set));
    let (sums, partners, communities) = (found.sums, found.bodies, found.communities);
    Ok(Page(Answers { here: can.here(), at, given, sums, partners, communities, filters }))
}
