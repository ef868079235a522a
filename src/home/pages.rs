//! One page for each hat.

use super::{
    model::{Ahead, Queue, Told, Waiting, Year, heading},
    paths, store,
};
use crate::{
    partners::landscape::{self, Pair, Picture},
    platform::{
        policy::{Hat, SeeHome},
        prelude::*,
    },
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::Duration;

/// Entries of a list on a first page.
const FEW: i64 = 5;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Home::PATH, home)
}

async fn home(can: Can<SeeHome>, _: paths::Home) -> Result<Response, Error> {
    Ok(match can.hat() {
        Hat::Director => Page(director(&can).await?).into_response(),
        Hat::Staff => Page(staff(&can).await?).into_response(),
        Hat::Analyst => Page(analyst(&can).await?).into_response(),
        Hat::Administrator => Page(administrator(&can).await?).into_response(),
        Hat::Partner | Hat::Steward | Hat::Link => Page(partner(&can).await?).into_response(),
    })
}

#[derive(Template)]
#[template(path = "home/director.html")]
struct Director {
    here: Here,
    heading: String,
    answers: Queue,
    promises: Queue,
    kept: Queue,
    picture: Picture,
    apart: Vec<Pair>,
    scale: Vec<String>,
    sessions: Vec<Ahead>,
    year: Year,
}

impl Director {
    fn lede(&self) -> String {
        let late = self.answers.late(self.here.today()) + self.promises.late(self.here.today());
        match (self.answers.all, late) {
            (0, 0) => "Nobody waits for an answer, and no promise of yours is late.".to_owned(),
            (waiting, 0) => format!("{}, and nothing is late.", words(waiting)),
            (waiting, late) => format!("{}. {late} of what you see here should have been done already.", words(waiting)),
        }
    }
}

fn words(waiting: i64) -> String {
    if waiting == 1 { "One question waits for an answer".to_owned() } else { format!("{waiting} questions wait for an answer") }
}

async fn director(can: &Can<SeeHome>) -> Result<Director, Error> {
    let (here, today) = (can.here(), can.today());
    can.read(async |tx| {
        let answers = store::agency::answers(tx, FEW).await?;
        let promises = store::agency::promises(tx, can.me(), FEW).await?;
        let kept = store::agency::kept(tx, can.me(), can.slug(), FEW).await?;
        let pairs = landscape::pairs(tx, 200).await?;
        let scale = landscape::scale(tx).await?;
        let sessions = store::agency::sessions(tx, None, 3).await?;
        let year = store::agency::year(tx, today).await?;
        let due =
            |queue: &Queue| queue.first.iter().filter(|one| one.due.is_some_and(|due| due <= today + Duration::days(7))).count() as i64;
        let heading = heading(due(&answers) + due(&promises));
        let picture = Picture::of(&pairs, &scale);
        let apart = pairs.into_iter().filter(|pair| pair.gap().is_some_and(|gap| gap > 0)).take(4).collect();
        Ok(Director { here, heading, answers, promises, kept, picture, apart, scale, sessions, year })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/staff.html")]
struct Staff {
    here: Here,
    sessions: Vec<Ahead>,
    with_speakers: Queue,
    answers: Queue,
    promises: Queue,
    lent: Vec<Waiting>,
    kept: Queue,
}

async fn staff(can: &Can<SeeHome>) -> Result<Staff, Error> {
    let here = can.here();
    can.read(async |tx| {
        let until = can.now() + Duration::days(14);
        Ok(Staff {
            here,
            sessions: store::agency::sessions(tx, Some(until), FEW).await?,
            with_speakers: store::staff::with_speakers(tx, can.me(), FEW).await?,
            answers: store::agency::answers(tx, FEW).await?,
            promises: store::agency::promises(tx, can.me(), FEW).await?,
            lent: store::staff::lent(tx, can.me(), can.today()).await?,
            kept: store::agency::kept(tx, can.me(), can.slug(), FEW).await?,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/analyst.html")]
struct Analyst {
    here: Here,
    ready: Queue,
    void: Queue,
    year: Year,
}

async fn analyst(can: &Can<SeeHome>) -> Result<Analyst, Error> {
    let here = can.here();
    can.read(async |tx| {
        Ok(Analyst {
            here,
            ready: store::staff::exports(tx, "ready", FEW).await?,
            void: store::staff::exports(tx, "void", FEW).await?,
            year: store::agency::year(tx, can.today()).await?,
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/administrator.html")]
struct Administrator {
    here: Here,
    unset: Vec<&'static str>,
    waiting: i64,
}

async fn administrator(can: &Can<SeeHome>) -> Result<Administrator, Error> {
    let (unset, waiting) = can.read(async |tx| store::staff::unset(tx).await).await?;
    Ok(Administrator { here: can.here(), unset, waiting })
}

#[derive(Template)]
#[template(path = "home/partner.html")]
struct Partner {
    here: Here,
    heading: String,
    to_confirm: i64,
    told: Vec<Told>,
    raised: Queue,
    promised: Queue,
    sessions: Vec<Ahead>,
}

async fn partner(can: &Can<SeeHome>) -> Result<Partner, Error> {
    let here = can.here();
    can.read(async |tx| {
        let to_confirm = store::partner::to_confirm(tx, can.me()).await?;
        let told = store::partner::told(tx, can.me(), can.body(), FEW).await?;
        let raised = store::partner::raised(tx, can.me(), can.body(), FEW).await?;
        let promised = store::partner::promised(tx, can.me(), can.body(), FEW).await?;
        let sessions = store::agency::sessions(tx, None, 3).await?;
        let words = |queue: &Queue| queue.first.iter().filter(|one| one.state.contains("your word")).count() as i64;
        let waits = to_confirm + words(&raised) + words(&promised);
        let heading = match waits {
            0 => "What you told us, and what came of it".to_owned(),
            1 => "One thing waits for your word".to_owned(),
            many => format!("{many} things wait for your word"),
        };
        Ok(Partner { here, heading, to_confirm, told, raised, promised, sessions })
    })
    .await
}

/// An address below the agency, for the pages of this slice.
macro_rules! links {
    ($($page:ident),+) => {
        $(impl $page {
            fn link(&self, below: &str) -> String {
                format!("/{}{below}", self.here.slug())
            }
        })+
    };
}
links!(Director, Staff, Analyst, Administrator, Partner);
