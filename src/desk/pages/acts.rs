//! Narrowing, taking back, asking copies back: from the list for several at once. Each is a page that asks first.

use super::{
    super::{
        forms::ChosenForm,
        model::{Held, Sort},
        paths,
        store::{acts, list},
    },
    body,
};
use crate::platform::{policy::KeepDesk, prelude::*, subject::Audience};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |form| Example { who: "tribe", path: "", form };
    Routes::new()
        .get(paths::Narrowing::PATH, ask_narrowing)
        .post(paths::Narrowing::PATH, narrow, example("record=@tribe_statement&audience=leadership"))
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, example("record=@tribe_comment&sure=yes"))
        .get(paths::Deletion::PATH, ask_deletion)
        .post(paths::Deletion::PATH, ask_back, example("record=@tribe_statement&sure=yes"))
}

/// What is to be done with the things chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Narrow,
    Withdraw,
    AskBack,
}

impl Act {
    /// Whether it can be done with this one.
    fn fits(self, one: &Held) -> bool {
        match self {
            Self::Narrow => one.can_be_acted_on() && one.audience > Audience::Author,
            Self::Withdraw => one.can_be_acted_on(),
            Self::AskBack => one.sort.is_contributed() && one.sort != Sort::Comments && one.taken > 0,
        }
    }
}

#[derive(Template)]
#[template(path = "desk/act.html")]
struct Ask {
    here: Here,
    act: Act,
    /// What it will be done with.
    these: Vec<Held>,
    /// Files with these that somebody took.
    taken: i64,
    /// How many were chosen that it cannot be done with.
    left_out: i64,
    form: ChosenForm,
    problems: Problems,
}

impl Ask {
    fn of(here: Here, act: Act, held: Vec<Held>, form: ChosenForm) -> Self {
        let chosen = held.len();
        let these: Vec<Held> = held.into_iter().filter(|one| act.fits(one)).collect();
        let (taken, left_out) = (these.iter().map(|one| one.taken).sum(), (chosen - these.len()) as i64);
        Self { here, act, these, taken, left_out, form, problems: Problems::default() }
    }

    fn heading(&self) -> &'static str {
        match self.act {
            Act::Narrow => "Let fewer people read these?",
            Act::Withdraw => "Take these words back?",
            Act::AskBack => "Ask for the copies to be deleted?",
        }
    }

    fn is(&self, act: Act) -> bool {
        self.act == act
    }

    fn action(&self) -> String {
        match self.act {
            Act::Narrow => paths::narrowing(self.here.slug()),
            Act::Withdraw => paths::withdrawal(self.here.slug()),
            Act::AskBack => paths::deletion(self.here.slug()),
        }
    }

    fn audiences() -> Vec<Choice> {
        use Audience::{Agency, Author, Body, Leadership, Partnership};
        let hint = |one: Audience| match one {
            Author => "You will not read them yourself any more. A question is read by the directors at least, a comment by your people.",
            Body => "Your people alone; a question also by the agency’s directors, for somebody has to answer.",
            _ => "",
        };
        [Author, Body, Leadership, Agency, Partnership].map(|one| Choice::new(one.as_str(), one.label()).hint(hint(one))).into()
    }
}

async fn ask(can: &Can<KeepDesk>, act: Act, form: ChosenForm) -> Result<Page<Ask>, Error> {
    let body = body(can)?;
    let held = can.read(async |tx| list::these(tx, body, &form.records()).await).await?;
    Ok(Page(Ask::of(can.here(), act, held, form)))
}

async fn ask_narrowing(can: Can<KeepDesk>, _: paths::Narrowing, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::Narrow, form).await
}

async fn ask_withdrawal(can: Can<KeepDesk>, _: paths::Withdrawal, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::Withdraw, form).await
}

async fn ask_deletion(can: Can<KeepDesk>, _: paths::Deletion, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::AskBack, form).await
}

/// What is chosen; where nothing of it is on this desk, there is nothing to be done, as if it never was.
async fn chosen(can: &Can<KeepDesk>, act: Act, form: ChosenForm) -> Result<Ask, Error> {
    let Page(page) = ask(can, act, form).await?;
    if page.these.is_empty() { Err(Error::NotFound) } else { Ok(page) }
}

async fn narrow(can: Can<KeepDesk>, _: paths::Narrowing, Form(form): Form<ChosenForm>) -> Result<Response, Error> {
    let page = chosen(&can, Act::Narrow, form).await?;
    let written = match page.form.parse_audience() {
        Ok(most) => {
            let narrow = async |tx: &mut AgencyTx| {
                let narrowed = acts::narrow(tx, &can, &page.these, most).await?;
                let said = if narrowed == 0 { "No more people read them than that already" } else { "Done. It holds from now on" };
                Ok(Done::at(paths::desk(can.slug()), said))
            };
            can.write(narrow).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}

async fn withdraw(can: Can<KeepDesk>, _: paths::Withdrawal, Form(form): Form<ChosenForm>) -> Result<Response, Error> {
    let page = chosen(&can, Act::Withdraw, form).await?;
    let sure = page.form.parse_sure("Tick that the words are to be erased");
    let written = match sure {
        Ok(()) => {
            let withdraw = async |tx: &mut AgencyTx| {
                acts::withdraw(tx, &can, &page.these).await?;
                Ok(Done::at(paths::desk(can.slug()), "The words are gone from here"))
            };
            can.write(withdraw).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}

async fn ask_back(can: Can<KeepDesk>, _: paths::Deletion, Form(form): Form<ChosenForm>) -> Result<Response, Error> {
    let page = chosen(&can, Act::AskBack, form).await?;
    let sure = page.form.parse_sure("Tick that the copies are to be deleted");
    let written = match sure {
        Ok(()) => {
            let ask = async |tx: &mut AgencyTx| {
                acts::ask_back(tx, &can, &page.these).await?;
                Ok(Done::at(paths::desk(can.slug()), "Asked. Each copy is a task of the agency now"))
            };
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}
