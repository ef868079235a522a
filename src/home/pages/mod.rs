//! One page for each hat.

mod kept;
mod open;

use crate::{
    home::{
        model::{Ahead, Decided, ORDER, Queue, Together, Told, Waiting, Year, first, heading, together, told_heading},
        paths, store,
    },
    members, notices,
    partners::landscape::{self, Pair, Picture},
    platform::{
        ids::PartnerId,
        paging::PAGE_SIZE,
        policy::{Hat, SeeHome},
        prelude::*,
        subject::Kind,
        words,
    },
    wanted,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;
use chrono::Duration;
use kept::{administrator, analyst};
use open::asks;

/// Entries of a list on a first page.
const FEW: i64 = 5;
/// Words of one's own on the first page of somebody without a body, who reads it on a phone.
const FEWER: i64 = 3;
/// Sessions on the first page of those who run them.
const MANY: i64 = 12;

/// The routes of this slice.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get(paths::Home::PATH, home).join(open::routes())
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
    news: notices::Unread,
    heading: String,
    answers: Queue,
    promises: Queue,
    words: Queue,
    kept: Queue,
    sent: Queue,
    came: Queue,
    tasks: Queue,
    begun: Queue,
    picture: Picture,
    apart: Vec<Pair>,
    sessions: Vec<Ahead>,
    year: Year,
}

impl Director {
    fn lede(&self) -> String {
        let parts = [
            (self.answers.sums.pressing, "answer", "answers"),
            (self.promises.sums.pressing, "promise of yours", "promises of yours"),
            (self.words.sums.all, "report that waits for your word", "reports that wait for your word"),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| part.0 > 0).map(|(n, one, many)| words::count(n, one, many)).collect();
        if parts.is_empty() {
            return "No answer and no promise of yours is late or due within seven days.".to_owned();
        }
        let late = match self.answers.sums.late + self.promises.sums.late {
            0 => "Nothing is late.".to_owned(),
            1 => "One is late already.".to_owned(),
            late => format!("{late} are late already."),
        };
        format!("For your review, late or due within seven days: {}. {late}", words::listed(&parts))
    }

    /// Where the two sides differ, as many as the first page names.
    fn named(&self) -> &[Pair] {
        self.apart.get(..NAMED).unwrap_or(&self.apart)
    }
}

/// So many relationships that the sides see differently are named on the first page.
const NAMED: usize = 5;

async fn director(can: &Can<SeeHome>) -> Result<Director, Error> {
    let (here, today, me, asks) = (can.here(), can.today(), can.me(), asks(can));
    can.read(async |tx| {
        let news = notices::unread(tx).await?;
        let answers = store::agency::answers(tx, true, today, FEW).await?;
        let promises = store::promises::own(tx, (me, None), today, FEW).await?;
        let words = store::promises::words(tx, today, FEW).await?;
        let kept = store::agency::kept(tx, me, can.slug(), FEW).await?;
        let sent = store::agency::sent(tx, FEW).await?;
        let came = store::agency::came(tx, can.slug(), FEW).await?;
        let (tasks, begun) = store::tasks::tasks(tx, asks, 0, FEW).await?;
        let pairs = landscape::pairs(tx, 200).await?;
        let sessions = store::sessions::sessions(tx, None, today, FEW).await?;
        let year = store::agency::year(tx, today).await?;
        let heading = heading(answers.sums.pressing + promises.sums.pressing + words.sums.all);
        let picture = Picture::of(&pairs, &year.scale);
        let apart = pairs.into_iter().filter(|pair| pair.gap().is_some_and(|gap| gap > 0)).collect();
        Ok(Director { here, news, heading, answers, promises, words, kept, sent, came, tasks, begun, picture, apart, sessions, year })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/staff.html")]
struct Staff {
    here: Here,
    news: notices::Unread,
    sessions: Vec<Ahead>,
    with_speakers: Queue,
    answers: Queue,
    promises: Queue,
    words: Queue,
    lent: Vec<Waiting>,
    kept: Queue,
    tasks: Queue,
    begun: Queue,
}

async fn staff(can: &Can<SeeHome>) -> Result<Staff, Error> {
    let (here, today, me, asks) = (can.here(), can.today(), can.me(), asks(can));
    can.read(async |tx| {
        // Up to and with the same day of next week.
        let week = tx.first_moment(today + Duration::days(8));
        let (tasks, begun) = store::tasks::tasks(tx, asks, 0, FEW).await?;
        let answers = store::agency::answers(tx, false, today, FEW).await?;
        let promises = store::promises::own(tx, (me, None), today, FEW).await?;
        let (words, kept) = (store::promises::words(tx, today, FEW).await?, store::agency::kept(tx, me, can.slug(), FEW).await?);
        let news = notices::unread(tx).await?;
        let sessions = store::sessions::sessions(tx, Some(week), today, MANY).await?;
        let with_speakers = store::staff::with_speakers(tx, me, can.slug(), FEW).await?;
        let lent = store::staff::lent(tx, me, can.slug(), today).await?;
        Ok(Staff { here, news, sessions, with_speakers, answers, promises, words, lent, kept, tasks, begun })
    })
    .await
}

#[derive(Template)]
#[template(path = "home/partner.html")]
struct Partner {
    here: Here,
    news: notices::Unread,
    heading: String,
    wanted: Vec<wanted::Waiting>,
    /// Statements of the reader that wait for them.
    to_confirm: i64,
    /// What somebody else decided last about the reader’s own words.
    decided: Vec<Decided>,
    /// Of a steward: who of the body is suspended.
    suspended: Vec<members::Suspended>,
    told: Vec<Told>,
    /// The reader is one of a body’s people.
    has_body: bool,
    raised: Queue,
    promised: Queue,
    ours: Queue,
    begun: Queue,
    sessions: Vec<Ahead>,
}

impl Partner {
    /// The most wanted, for the page.
    fn most_wanted(&self) -> &[wanted::Waiting] {
        self.wanted.get(..FEW as usize).unwrap_or(&self.wanted)
    }

    /// What the page leaves out, where a page of the list holds it all.
    fn all_wanted(&self) -> String {
        match self.wanted.len() as i64 {
            many if many > FEW && many <= PAGE_SIZE => format!("{} more, and all of it", many - FEW),
            _ => "All of it".to_owned(),
        }
    }

    fn together(&self) -> Vec<Together<'_>> {
        together(&self.told)
    }

    fn told_heading(&self) -> &'static str {
        told_heading(&self.told, self.has_body)
    }

    /// The one statement that waits, or the list of those that do.
    fn to_confirm_at(&self) -> String {
        let one = self.wanted.iter().find(|one| one.what == wanted::What::Confirm).filter(|_| self.to_confirm == 1);
        one.map_or_else(|| self.link("/statements?whose=wanted"), |one| one.path.clone())
    }
}

fn wanted_heading(wanted: usize, told: &'static str) -> String {
    match wanted {
        0 => told.to_owned(),
        1 => "One thing waits for your word".to_owned(),
        many if many as i64 > PAGE_SIZE => format!("More than {PAGE_SIZE} things wait for your word"),
        many => format!("{many} things wait for your word"),
    }
}

async fn partner(can: &Can<SeeHome>) -> Result<Partner, Error> {
    let (here, today, us) = (can.here(), can.today(), (can.me(), can.body()));
    can.read(async |tx| {
        let wanted = wanted::waiting(tx, today, Paging::from_text("1")).await?;
        let told = store::partner::told(tx, us.0, us.1, if us.1.is_some() { FEW } else { FEWER }).await?;
        Ok(Partner {
            here,
            news: notices::unread(tx).await?,
            heading: wanted_heading(wanted.len(), told_heading(&told, us.1.is_some())),
            to_confirm: wanted.iter().filter(|one| one.what == wanted::What::Confirm).count() as i64,
            wanted,
            decided: store::partner::decided(tx, us.0, FEW).await?,
            suspended: suspended(tx, us.1.filter(|_| can.hat() == Hat::Steward)).await?,
            told,
            has_body: us.1.is_some(),
            raised: store::partner::raised(tx, us.0, us.1, FEW).await?,
            promised: store::promises::to_us(tx, us, today, FEW).await?,
            ours: store::promises::own(tx, us, today, FEW).await?,
            begun: store::tasks::tasks(tx, asks(can), 0, FEW).await?.1,
            sessions: store::sessions::sessions(tx, None, today, FEW).await?,
        })
    })
    .await
}

/// The people of a steward's body who may not come in for now.
async fn suspended(tx: &mut AgencyTx, body: Option<PartnerId>) -> Result<Vec<members::Suspended>, Error> {
    match body {
        Some(body) => members::suspended_of(tx, body, FEW).await,
        None => Ok(Vec::new()),
    }
}

/// What presses most on the pages of those who answer for the agency.
macro_rules! pressing {
    ($($page:ident),+) => {
        $(impl $page {
            /// The three that press most.
            fn first(&self) -> Queue {
                let queues = [
                    ("An answer", &self.answers),
                    ("A promise of yours", &self.promises),
                    ("A promise to you", &self.words),
                    ("A date with them, or a next step", &self.kept),
                ];
                first(self.here.today(), &queues)
            }
        })+
    };
}
pressing!(Director, Staff);

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
links!(Director, Staff, Partner);
