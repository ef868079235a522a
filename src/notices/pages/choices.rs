//! Which letters about news somebody wants, chosen by themselves.

use super::super::{
    forms::{self, WishForm},
    model::{Pace, Topic},
    paths, store,
};
use crate::platform::{policy::KeepOwnPage, prelude::*, zones::Zone};
use askama::Template;
use axum_extra::routing::TypedPath as _;

/// The routes of this page.
pub(super) fn routes() -> Routes {
    let form = "answers=at_once&promises=daily&words=at_once&people=weekly&meetings=daily&keeping=never&other=daily\
                &zone=America/Chicago&quiet_from=21&quiet_until=7";
    Routes::new().get(paths::Choices::PATH, ask).post(paths::Choices::PATH, keep, Example { who: "tribe", path: "", form })
}

#[derive(Template)]
#[template(path = "notices/choices.html")]
struct Choices {
    here: Here,
    form: WishForm,
    problems: Problems,
}

impl Choices {
    fn hours(&self) -> Vec<Choice> {
        forms::hours()
    }

    /// What stands at a topic.
    fn stands(&self, topic: &Topic) -> &str {
        self.form.at(*topic)
    }
}

async fn ask(can: Can<KeepOwnPage>, _: paths::Choices) -> Result<Page<Choices>, Error> {
    let wishes = can.read(async |tx| store::wishes(tx, can.me(), can.here().zone().name()).await).await?;
    Ok(Page(Choices { here: can.here(), form: WishForm::of(&wishes), problems: Problems::default() }))
}

async fn keep(can: Can<KeepOwnPage>, at: paths::Choices, Form(form): Form<WishForm>) -> Result<Response, Error> {
    let written = match form.parse() {
        Ok(wishes) => {
            let keep = async |tx: &mut AgencyTx| {
                store::keep_wishes(tx, can.me(), &wishes).await?;
                Ok(Done::at(at, "Your choice was kept"))
            };
            can.write(keep).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Choices { here: can.here(), form, problems })
}
