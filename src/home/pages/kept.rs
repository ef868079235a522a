//! The first pages of those who work on no partnership record: an analyst's, about what leaves and what is withheld, and an administrator's,
//! about who comes in and what is kept. Neither holds anybody's words.

use super::FEW;
use crate::{
    home::{
        model::{LookedAfter, Numbers, Queue, Upkeep, Year, heading},
        store,
    },
    notices,
    platform::{policy::SeeHome, prelude::*, words},
};
use askama::Template;

#[derive(Template)]
#[template(path = "home/analyst.html")]
pub(super) struct Analyst {
    here: Here,
    news: notices::Unread,
    copies: Queue,
    ready: Queue,
    under_way: Queue,
    withdrawn: Queue,
    void: Queue,
    uncoded: Queue,
    questions: Queue,
    numbers: Numbers,
    year: Year,
}

impl Analyst {
    /// Where all of a list are, if there are any.
    fn all(&self, queue: &Queue, narrowed: &str) -> String {
        if queue.sums.all == 0 { String::new() } else { crate::reports::paths::exports_that(self.here.slug(), narrowed) }
    }

    /// What there is to do, in a sentence.
    fn lede(&self) -> String {
        let parts = [
            (self.copies.sums.all, "export to delete your copies of", "exports to delete your copies of"),
            (self.under_way.sums.all, "export under way", "exports under way"),
            (self.uncoded.sums.all, "statement under no theme yet", "statements under no theme yet"),
            (self.questions.sums.all, "question about a goal or a theme", "questions about goals or themes"),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| part.0 > 0).map(|(n, one, many)| words::count(n, one, many)).collect();
        if parts.is_empty() { "Nothing waits for you.".to_owned() } else { format!("There is: {}.", words::listed(&parts)) }
    }

    fn link(&self, below: &str) -> String {
        format!("/{}{below}", self.here.slug())
    }
}

pub(super) async fn analyst(can: &Can<SeeHome>) -> Result<Analyst, Error> {
    let (here, me, slug, today) = (can.here(), can.me(), can.slug(), can.today());
    can.read(async |tx| {
        let (ready, under_way) = store::analyst::own(tx, me, slug, FEW).await?;
        Ok(Analyst {
            here,
            news: notices::unread(tx).await?,
            copies: store::analyst::copies(tx, me, slug, FEW).await?,
            ready,
            under_way,
            withdrawn: store::analyst::void(tx, true, slug, FEW).await?,
            void: store::analyst::void(tx, false, slug, FEW).await?,
            uncoded: store::analyst::uncoded(tx, slug, FEW).await?,
            questions: store::analyst::questions(tx, today, FEW).await?,
            numbers: store::analyst::numbers(tx).await?,
            year: store::agency::year(tx, today).await?,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/administrator.html")]
pub(super) struct Administrator {
    here: Here,
    news: notices::Unread,
    upkeep: Upkeep,
    kept: LookedAfter,
}

impl Administrator {
    /// How many things wait for the reader's own word, or what the page is for.
    fn heading(&self) -> String {
        match self.kept.asks.sums.all {
            0 => "Looking after the agency’s place here".to_owned(),
            many => heading(many),
        }
    }

    fn link(&self, below: &str) -> String {
        format!("/{}{below}", self.here.slug())
    }
}

pub(super) async fn administrator(can: &Can<SeeHome>) -> Result<Administrator, Error> {
    let here = can.here();
    can.read(async |tx| {
        let (news, upkeep) = (notices::unread(tx).await?, store::upkeep::upkeep(tx).await?);
        Ok(Administrator { here, news, upkeep, kept: store::upkeep::looked_after(tx, can.slug(), FEW).await? })
    })
    .await
}
