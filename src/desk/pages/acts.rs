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
use crate::{
    platform::{policy::KeepDesk, prelude::*, subject::Audience},
    protocols,
};
use askama::Template;
use axum_extra::routing::TypedPath as _;

pub(super) fn routes() -> Routes {
    let example = |form| Example { who: "tribe", path: "", form };
    Routes::new()
        .get(paths::Narrowing::PATH, ask_narrowing)
        .post(paths::Narrowing::PATH, narrow, example("record=@tribe_statement&audience=leadership"))
        .get(paths::Protection::PATH, ask_protection)
        .post(paths::Protection::PATH, protect, example("record=@tribe_statement&protocol=@protocol_second"))
        .get(paths::Unprotection::PATH, ask_unprotection)
        .post(paths::Unprotection::PATH, unprotect, example("record=@protected&protocol=@protocol&sure=yes"))
        .get(paths::Withdrawal::PATH, ask_withdrawal)
        .post(paths::Withdrawal::PATH, withdraw, example("record=@tribe_comment&sure=yes"))
        .get(paths::Deletion::PATH, ask_deletion)
        .post(paths::Deletion::PATH, ask_back, example("record=@tribe_statement&sure=yes"))
}

/// What is to be done with the things chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Narrow,
    Protect,
    Unprotect,
    Withdraw,
    AskBack,
}

impl Act {
    /// Whether it can be done with this one.
    fn fits(self, one: &Held) -> bool {
        match self {
            Self::Narrow => one.can_be_acted_on() && one.audience > Audience::Author,
            Self::Protect | Self::Unprotect | Self::Withdraw => one.can_be_acted_on(),
            Self::AskBack => one.can_be_asked_back(),
        }
    }

    /// What is said when it is done with so many.
    fn done(self, back: String, number: usize) -> Done {
        let (one, many) = match self {
            Self::Narrow if number == 0 => return Done::at(back, "No more people read them than that already"),
            Self::AskBack if number == 0 => return Done::at(back, "Every copy had been asked back before: nobody was asked anew"),
            Self::Narrow | Self::Protect | Self::Unprotect => {
                ("thing is read by fewer people from now on", "things are read by fewer people from now on")
            }
            Self::Withdraw => ("thing: its words are gone from here", "things: their words are gone from here"),
            Self::AskBack => {
                ("thing: each copy of it is a task of the agency now", "things: each copy of them is a task of the agency now")
            }
        };
        Done::numbered(back, number, one, many)
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
    /// What was chosen that it cannot be done with.
    left_out: Vec<Held>,
    /// The body’s protocols, where one is to be put on or taken off.
    protocols: Vec<Choice>,
    form: ChosenForm,
    problems: Problems,
}

impl Ask {
    fn of(here: Here, act: Act, (held, protocols): (Vec<Held>, Vec<Choice>), form: ChosenForm) -> Self {
        let asked = form.records();
        let (these, left_out): (Vec<Held>, Vec<Held>) = held.into_iter().partition(|one| asked.contains(&one.id) && act.fits(one));
        let taken = these.iter().map(|one| one.taken).sum();
        Self { here, act, these, taken, left_out, protocols, form, problems: Problems::default() }
    }

    fn heading(&self) -> &'static str {
        match self.act {
            Act::Narrow => "Let fewer people read these?",
            Act::Protect => "Put a protocol on these?",
            Act::Unprotect => "Take a protocol off these?",
            Act::Withdraw => "Take these words back?",
            Act::AskBack => "Ask for the copies to be deleted?",
        }
    }

    fn number(&self) -> i64 {
        self.these.len() as i64
    }

    /// Where they were chosen.
    fn back(&self) -> String {
        paths::back(self.here.slug(), &self.form.from)
    }

    /// The same once no more than these read it: what its author alone reads is not on the desk, and has no page there.
    fn back_from(&self, most: Audience) -> String {
        Some(self.back())
            .filter(|back| most > Audience::Author || !back.contains("/records/"))
            .unwrap_or_else(|| paths::desk(self.here.slug()))
    }

    /// Why it cannot be done with this one.
    fn why(&self, one: &Held) -> &'static str {
        match self.act {
            _ if one.gone => "its words are gone",
            _ if !one.sort.is_contributed() => "none of your people wrote it",
            Act::AskBack => "no file left with it",
            Act::Narrow => "only its author reads it already",
            Act::Protect | Act::Unprotect | Act::Withdraw => "it is not yours to decide about",
        }
    }

    fn is(&self, act: Act) -> bool {
        self.act == act
    }

    fn action(&self) -> String {
        match self.act {
            Act::Narrow => paths::narrowing(self.here.slug()),
            Act::Protect => paths::protection(self.here.slug()),
            Act::Unprotect => paths::unprotection(self.here.slug()),
            Act::Withdraw => paths::withdrawal(self.here.slug()),
            Act::AskBack => paths::deletion(self.here.slug()),
        }
    }

    /// What holds once fewer read them: of a question and of a comment it is not always what was chosen.
    fn stops_at(&self, most: Audience) -> Option<&'static str> {
        let stops = |sort: Sort, least: Audience| most < least && self.these.iter().any(|one| one.sort == sort && Act::Narrow.fits(one));
        match (stops(Sort::Questions, Audience::Leadership), stops(Sort::Comments, Audience::Body)) {
            (false, false) => None,
            (true, false) => {
                Some("Done. The questions are still read by your people and the agency’s directors, for somebody has to answer")
            }
            (false, true) => Some("Done. The comments are still read by your people"),
            (true, true) => Some("Done. The comments are still read by your people, and the questions by the agency’s directors as well"),
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

/// What is said when a protocol was put on several things.
fn carried(back: String, put: protocols::PutOn) -> Done {
    match put.told() {
        Some((number, one, many)) => Done::numbered(back, number, one, many),
        None => Done::at(back, "They carry it already"),
    }
}

/// What is said when one was taken off several things.
fn let_go(back: String, taken: protocols::TakenOff) -> Done {
    match taken.told() {
        Some((number, one, many)) => Done::numbered(back, number, one, many),
        None if taken.waits() => Done::at(back, "None of them carries it, or a second steward was asked already"),
        None => Done::at(back, "None of them carries it"),
    }
}

async fn ask(can: &Can<KeepDesk>, act: Act, form: ChosenForm) -> Result<Page<Ask>, Error> {
    let body = body(can)?;
    let found = can
        .read(async |tx| {
            let protocols = if matches!(act, Act::Protect | Act::Unprotect) { protocols::choices(tx, can).await? } else { Vec::new() };
            Ok((list::these(tx, body, &[form.records(), form.left()].concat()).await?, protocols))
        })
        .await?;
    Ok(Page(Ask::of(can.here(), act, found, form)))
}

async fn ask_narrowing(can: Can<KeepDesk>, _: paths::Narrowing, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::Narrow, form).await
}

async fn ask_protection(can: Can<KeepDesk>, _: paths::Protection, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::Protect, form).await
}

async fn ask_unprotection(can: Can<KeepDesk>, _: paths::Unprotection, Query(form): Query<ChosenForm>) -> Result<Page<Ask>, Error> {
    ask(&can, Act::Unprotect, form).await
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
                let back = page.back_from(most);
                Ok(match page.stops_at(most).filter(|_| narrowed > 0) {
                    Some(said) => Done::at(back, said),
                    None => Act::Narrow.done(back, narrowed),
                })
            };
            can.write(narrow).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}

async fn protect(can: Can<KeepDesk>, _: paths::Protection, Form(form): Form<ChosenForm>) -> Result<Response, Error> {
    let page = chosen(&can, Act::Protect, form).await?;
    let written = match page.form.parse_protocol() {
        Ok(protocol) => {
            let protect = async |tx: &mut AgencyTx| Ok(carried(page.back(), acts::protect(tx, &can, &page.these, protocol).await?));
            can.write(protect).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}

async fn unprotect(can: Can<KeepDesk>, _: paths::Unprotection, Form(form): Form<ChosenForm>) -> Result<Response, Error> {
    let page = chosen(&can, Act::Unprotect, form).await?;
    let written = match page.form.parse_taking_off() {
        Ok(protocol) => {
            let unprotect = async |tx: &mut AgencyTx| Ok(let_go(page.back(), acts::unprotect(tx, &can, &page.these, protocol).await?));
            can.write(unprotect).await
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
            let withdraw = async |tx: &mut AgencyTx| Ok(Act::Withdraw.done(page.back(), acts::withdraw(tx, &can, &page.these).await?));
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
            let ask = async |tx: &mut AgencyTx| Ok(Act::AskBack.done(page.back(), acts::ask_back(tx, &can, &page.these).await?));
            can.write(ask).await
        }
        Err(problems) => Err(Error::Refused(problems)),
    };
    written.or_again(|problems| Ask { problems, ..page })
}
